"""What the demo's texts are made with: today, pictures, files, contacts."""

from datetime import datetime, time, timedelta
from functools import cached_property

from django.core.files.base import ContentFile
from django.utils import timezone

from home.models import Contact, Sector, SiteDocument, SiteImage, Theme
from home.network.models import Region

from .papers import make_hwpx, make_pdf
from .scenes import draw_scene
from .texts.about import CONTACTS
from .texts.files import PAPERS, PICTURES

CREDIT = "연대 그림"
FIRST_MONTH_OF_REPORT = 11  # From November on a report can look back on its own year.


class Kit:
    """Makes pictures and files when a text first asks for them, each once."""

    def __init__(self):
        self.now = timezone.localtime()
        self.today = self.now.date()
        self.year = self.today.year - (self.today.month < FIRST_MONTH_OF_REPORT)
        self._images, self._documents = {}, {}

    def day(self, back):
        return self.today - timedelta(days=back)

    def morning(self, back):
        """Nine o'clock on that day."""
        return timezone.make_aware(datetime.combine(self.day(back), time(9)))

    def image(self, name):
        if name not in self._images:
            title, description = PICTURES[name]
            known = SiteImage.objects.filter(title=title, credit=CREDIT).first()
            self._images[name] = known or SiteImage.objects.create(
                title=title,
                description=description,
                credit=CREDIT,
                portrait_consent=SiteImage.PortraitConsent.NO_FACES,
                file=ContentFile(draw_scene(name), name=f"demo-{name}.png"),
            )
        return self._images[name]

    def document(self, name):
        if name not in self._documents:
            title, kind, paragraphs = PAPERS[name]
            title = f"{title}.{kind}"
            known = SiteDocument.objects.filter(title=title).first()
            self._documents[name] = known or self._write(name, title, kind, paragraphs)
        return self._documents[name]

    def _write(self, name, title, kind, paragraphs):
        heading = title.removesuffix(f".{kind}")
        content = (
            make_pdf(heading, paragraphs, made_at=self.now)
            if kind == "pdf"
            else make_hwpx(heading, paragraphs)
        )
        document = SiteDocument(title=title, file=ContentFile(content, name=f"demo-{name}.{kind}"))
        document.file_size = len(content)
        document.save()
        return document

    def picture_value(self, name):
        image = self.image(name)
        return {"image": image, "decorative": False, "alt_text": image.description}

    def picture(self, name):
        return ("picture", self.picture_value(name))

    def photos(self, heading, *pictures):
        shown = [
            {"picture": self.picture_value(name), "caption": caption} for name, caption in pictures
        ]
        return ("photo_story", {"heading": heading, "pictures": shown})

    def file(self, name, title=""):
        """A file's value; an HWPX file has the PDF of the same name beside it, or says why not."""
        document = self.document(name)
        twin = name.removesuffix("-hwpx") + "-pdf" if name.endswith("-hwpx") else ""
        alone = document.file_extension == "hwpx" and not twin
        return {
            "title": title or document.title.rpartition(".")[0],
            "document": document,
            "pdf": self.document(twin) if twin else None,
            "no_pdf_reason": "내려받아 채워 쓰는 서식입니다." if alone else "",
        }

    def files(self, heading, *names):
        return ("file_list", {"heading": heading, "files": [self.file(name) for name in names]})

    def contact(self, name):
        return Contact.objects.get(email=CONTACTS[name][3])

    @cached_property
    def themes(self):
        return {theme.slug: theme for theme in Theme.objects.all()}

    @cached_property
    def sectors(self):
        return {sector.slug: sector for sector in Sector.objects.all()}

    @cached_property
    def regions(self):
        return {region.short_name: region for region in Region.objects.current().provinces()}
