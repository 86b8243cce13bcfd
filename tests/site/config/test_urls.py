from collections import defaultdict

import pytest
from django.urls import get_resolver

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.mark.parametrize(("name", "status"), [("plait.webp", 200), ("gone.webp", 404)])
def test_uploaded_pictures_are_served_without_a_proxy(client, settings, tmp_path, name, status):
    settings.MEDIA_ROOT = tmp_path
    (tmp_path / "images").mkdir()
    (tmp_path / "images" / "plait.webp").write_bytes(b"RIFF")

    answer = client.get(f"/media/images/{name}")

    assert answer.status_code == status
    assert status == 404 or b"".join(answer.streaming_content) == b"RIFF"


def test_links_of_two_rooms_never_share_a_letter():
    """The first room's page would say of the other's link that it does not work."""
    rooms = defaultdict(set)
    for room in get_resolver().url_patterns:
        for page in getattr(room, "url_patterns", ()):
            if str(page.pattern).startswith("t/"):
                rooms[str(page.pattern)[:4]].add(room.app_name)

    assert len(rooms) >= 7
    assert {letter: names for letter, names in rooms.items() if len(names) > 1} == {}
