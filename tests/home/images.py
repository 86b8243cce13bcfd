"""Pictures for tests, as an editor would upload them."""

import re
from io import BytesIO

from django.core.files.base import ContentFile
from PIL import Image

from home.models import SiteImage, SiteRendition
from home.services.renditions import SHAPES


def store_image(width=900, height=700, **fields):
    """A picture: its left half is red, its right half blue."""
    picture = Image.new("RGB", (width, height), "red")
    picture.paste("blue", (width // 2, 0, width, height))
    file = BytesIO()
    picture.save(file, "JPEG")
    fields = {"title": "광장", "description": "광장에 모인 사람들", **fields}
    return SiteImage.objects.create(file=ContentFile(file.getvalue(), "square.jpg"), **fields)


def note_renditions(image):
    """All that a page may ask of the picture, as rows without files: making them takes long."""
    made = []
    for shape in SHAPES.values():
        for name, specs in shape.specs(image).items():
            for spec in specs:
                width = min(image.width, int(re.search(r"\d+", spec)[0]))
                across, down = shape.ratio or (image.width, image.height)
                made.append(
                    SiteRendition(
                        image=image,
                        filter_spec=spec,
                        focal_point_key=shape.focal_key(image),
                        file=f"images/{spec.replace('|', '.')}.{name}",
                        width=width,
                        height=round(width * down / across),
                    )
                )
    SiteRendition.objects.bulk_create(made)
    return image
