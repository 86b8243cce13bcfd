"""What stands on a board, as tests read it."""

import re

from home.publishing import forget_everything


def words(html):
    return " ".join(re.sub(r"<[^>]+>", " ", html).split()).replace("\u00a0", " ")


def read(client, board, path=""):
    forget_everything()
    response = client.get(board.url + path)
    assert response.status_code == 200, path
    return b"".join(response).decode()


def row_of(html, name):
    """The cells of one candidate, as words."""
    row = next(part for part in html.split("<tr>") if f">{name}</a>" in part)
    return words(row.split("</tr>")[0])
