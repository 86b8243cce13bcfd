import pytest

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.mark.parametrize(("name", "status"), [("plait.webp", 200), ("gone.webp", 404)])
def test_uploaded_pictures_are_served_without_a_proxy(client, settings, tmp_path, name, status):
    settings.MEDIA_ROOT = tmp_path
    (tmp_path / "images").mkdir()
    (tmp_path / "images" / "plait.webp").write_bytes(b"RIFF")

    answer = client.get(f"/media/images/{name}")

    assert answer.status_code == status
    assert status == 404 or b"".join(answer.streaming_content) == b"RIFF"
