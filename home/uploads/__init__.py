"""What staff may upload, told by its content and never by its name alone."""

from .documents import take_document
from .fields import DocumentField, PictureField
from .pictures import take_picture

__all__ = ["DocumentField", "PictureField", "take_document", "take_picture"]
