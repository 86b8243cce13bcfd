"""Pictures drawn by code: threads that come together, linked rings, finished cloth, our mark.

Each is the same for the same seed, decorative, and made of presentation attributes only, so that
it may stand in a page with a strict content policy.
"""

from .cloth import draw_cloth
from .mark import draw_mark
from .plait import draw_plait
from .rings import draw_rings

__all__ = ["draw_cloth", "draw_mark", "draw_plait", "draw_rings"]
