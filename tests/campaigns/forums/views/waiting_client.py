"""What the tests of joining a waiting list and of its pages share."""

import re

from tests.campaigns.forums.conftest import FORUM

WAIT = f"{FORUM}wait/"
TYPED = {
    "name": "두나래",
    "phone": "010-0000-5678",
    "email": "narae@mail.example",
    "people": "1",
    "form_key": "6f1f1d62-6a3e-4f0c-9f7b-3d1c0a9f3b12",
}


def post(client, address, fields=(), **changes):
    return client.post(
        address, {**dict(fields), **changes}, headers={"sec-fetch-site": "same-origin"}
    )


def send(client, state, **changes):
    public = [str(session.pk) for session in state.sessions if session.is_public]
    return post(client, WAIT, {**TYPED, "sessions": public}, **changes)


def text_of(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", response.content.decode()))
