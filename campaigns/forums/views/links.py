"""Pages behind a secret in their address."""

from functools import partial

from home.decorators import link_page as page_behind_link

link_page = partial(page_behind_link, room="forums")
