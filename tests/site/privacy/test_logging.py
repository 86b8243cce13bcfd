import io
import json
import logging
import sys

import pytest
from django.conf import settings

from privacy.logging import (
    AddRequestId,
    JsonFormatter,
    MaskTokens,
    current_request_id,
    mask,
)

TOKEN = "q2fX0rBqJ8mC1vZ_5dT-9wKpLs7eYhUa3nRgOi6xEbM"
SECRETS = (TOKEN, "garam", "naver")


@pytest.fixture
def written():
    """What a logger with the project's own handler and filter writes."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.addFilter(MaskTokens())
    handler.setFormatter(logging.Formatter("{levelname} {message}", style="{"))
    logger = logging.getLogger("tests.masking")
    logger.addHandler(handler)
    logger.propagate = False
    yield lambda: (logger, stream)

    logger.removeHandler(handler)
    logger.propagate = True


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        (f"GET /t/c/{TOKEN}/ 200", "GET /t/c/***/ 200"),
        (f"https://yeondae.example/t/u/{TOKEN}", "https://yeondae.example/t/u/***"),
        (f"/t/s/{TOKEN}/withdraw/", "/t/s/***/withdraw/"),
        ("to garam.kim+a@naver.com.", "to ***@***."),
        ("to 가람@연대.한국 now", "to ***@*** now"),
        ("?email=garam%40naver.com&x=1", "?email=***@***&x=1"),
        ("<garam@mail.naver.co.kr>", "<***@***>"),
        ("/t/c/ and 3 @ 4", "/t/c/ and 3 @ 4"),
    ],
)
def test_tokens_and_addresses_are_struck_out(text, masked):
    assert mask(text) == masked


@pytest.mark.parametrize(
    "log",
    [
        lambda logger: logger.warning("sent to garam@naver.com /t/c/" + TOKEN),
        lambda logger: logger.warning("sent to %s /t/c/%s", "garam@naver.com", TOKEN),
        lambda logger: logger.warning("%(to)s /t/c/%(t)s", {"to": "garam@naver.com", "t": TOKEN}),
        lambda logger: logger.warning(ValueError(f"garam@naver.com /t/c/{TOKEN}")),
        lambda logger: logger.warning("%s garam@naver.com /t/c/" + TOKEN, "a", "one too many"),
        lambda logger: logger.warning("%(no)s garam@naver.com /t/c/" + TOKEN, {"a": 1}),
        lambda logger: logger.warning("%q garam@naver.com /t/c/" + TOKEN, "a"),
    ],
)
def test_no_line_holds_a_secret(written, log):
    logger, stream = written()

    log(logger)

    line = stream.getvalue()
    assert "***@***" in line
    assert "/t/c/***" in line
    assert not any(secret in line for secret in SECRETS)


def test_no_traceback_holds_a_secret(written):
    logger, stream = written()

    try:
        raise ValueError(f"garam@naver.com has /t/c/{TOKEN}")
    except ValueError:
        logger.exception("failed")

    text = stream.getvalue()
    assert "Traceback" in text
    assert "ValueError: ***@*** has /t/c/***" in text
    assert not any(secret in text for secret in SECRETS)


def test_no_chain_of_exceptions_holds_a_secret(written):
    logger, stream = written()

    try:
        try:
            raise KeyError("garam@naver.com")
        except KeyError as error:
            raise RuntimeError(f"/t/c/{TOKEN}") from error
    except RuntimeError:
        logger.error("failed", exc_info=sys.exc_info())

    assert "KeyError" in stream.getvalue()
    assert not any(secret in stream.getvalue() for secret in SECRETS)


def test_no_stack_holds_a_secret(written):
    logger, stream = written()

    logger.warning("here", stack_info=True)  # garam@naver.com

    assert "Stack (most recent call last)" in stream.getvalue()
    assert not any(secret in stream.getvalue() for secret in SECRETS)


def test_every_handler_of_the_site_masks():
    handlers = settings.LOGGING["handlers"].values()

    assert [handler["filters"][0] for handler in handlers] == ["mask_tokens"]
    assert settings.LOGGING["filters"]["mask_tokens"] == {"()": "privacy.logging.MaskTokens"}


def test_a_line_of_production_is_one_object_with_its_request_and_nobody_in_it():
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    for one in (MaskTokens(), AddRequestId()):
        handler.addFilter(one)
    options = {**settings.LOGGING["formatters"]["json"]}
    assert options.pop("()") == "privacy.logging.JsonFormatter"
    handler.setFormatter(JsonFormatter(options.pop("format"), **options))
    logger = logging.Logger("tests.structured")
    logger.addHandler(handler)
    reset = current_request_id.set("a1b2c3d4")

    logger.error("Mail to %s: 다시", "garam@naver.com")
    current_request_id.reset(reset)

    line = json.loads(stream.getvalue())
    assert line["request_id"] == "a1b2c3d4"
    assert (line["level"], line["logger"]) == ("ERROR", "tests.structured")
    assert line["message"] == "Mail to ***@***: 다시"
