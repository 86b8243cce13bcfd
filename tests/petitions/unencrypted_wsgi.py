"""The site as it must never be: without encryption, and telling its log what people typed.

The counter-proof of the search for readable names: here it must find them.
"""

import io
import logging

from config.wsgi import application as site
from privacy import fields
from privacy import logging as masking

fields.encrypt = lambda _purpose, text: f"plain:{text}"
fields.decrypt = lambda _purpose, sealed: sealed.removeprefix("plain:")
masking.EMAIL = masking.TOKEN
logger = logging.getLogger(__name__)


def application(environ, start_response):
    body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    environ["wsgi.input"] = io.BytesIO(body)
    logger.warning("%s", body.decode())
    return site(environ, start_response)
