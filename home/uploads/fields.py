"""Wagtail's two upload fields, with our checks before its own."""

from wagtail.documents.fields import WagtailDocumentField
from wagtail.images.fields import WagtailImageField

from .documents import take_document
from .pictures import take_picture


class PictureField(WagtailImageField):
    def to_python(self, data):
        if data:
            take_picture(data)
        return super().to_python(data)


class DocumentField(WagtailDocumentField):
    def to_python(self, data):
        if data:
            take_document(data)
        return super().to_python(data)
