"""What the block chooser shows of blocks that hold files: the newest of the library."""

from wagtail.documents import get_document_model
from wagtail.images import get_image_model


def example_picture():
    image = get_image_model().objects.order_by("-pk").first()
    return {"image": image and image.pk, "decorative": False, "alt_text": ""}


def example_document():
    document = get_document_model().objects.order_by("-pk").first()
    return document and document.pk
