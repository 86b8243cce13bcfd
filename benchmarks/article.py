"""An article of twenty blocks with three pictures, and a menu of two levels around it."""

from io import BytesIO

from django.core.files.base import ContentFile
from PIL import Image

from home.models import HomePage, SiteImage, SiteSettings, StandardPage
from home.services import make_missing

SLUG = "article"
MENU, BELOW = 5, 3
PICTURES = 3
SENTENCE = "협동조합과 사회적기업은 서로 다른 법 아래 있습니다. "


def make_article() -> None:
    home = HomePage.objects.get()
    linked = [_branch(home, number) for number in range(MENU)]
    _below(home, SLUG, body=_body(linked))
    settings = SiteSettings.objects.get()
    settings.menu_items.set([])
    for page in linked:
        links = [("link", {"page": child, "label": ""}) for child in page.get_children()]
        settings.menu_items.create(label=page.title[:20], page=page, links=links)
    settings.save()


def _branch(home, number: int):
    page = _below(home, f"menu-{number}", show_in_menus=True)
    for child in range(BELOW):
        _below(page, f"below-{child}", show_in_menus=True)
    return page


def _below(parent, slug: str, **fields):
    page = parent.add_child(instance=StandardPage(title=f"쪽 {slug}", slug=slug, **fields))
    page.save_revision().publish()
    page.refresh_from_db()
    return page


def _body(linked) -> list:
    body: list = [("picture", _picture(number)) for number in range(PICTURES)]
    for number in range(2):
        body += [
            ("heading", f"왜 지금입니까 {number}"),
            ("quote", {"text": "법이 늦어질수록 지역이 먼저 지칩니다.", "source": "김연대"}),
            ("call_to_action", {"title": "읽어 보기", "page": linked[number], "label": "읽기"}),
        ]
    while len(body) < 20:
        page = linked[len(body) % len(linked)]
        link = f'<a linktype="page" id="{page.pk}">{page.title}</a>'
        body.append(
            ("text", "<p>협동조합과 사회적기업은 서로 다른 법 아래 있습니다. " * 8 + link + "</p>")
        )
    return body


def _picture(number: int) -> dict:
    file = BytesIO()
    Image.linear_gradient("L").resize((1600, 1200)).convert("RGB").save(file, "JPEG")
    content = ContentFile(file.getvalue(), f"gradient-{number}.jpg")
    image = SiteImage.objects.create(title=f"사진 {number}", description="무늬", file=content)
    make_missing(image)
    return {"image": image, "decorative": False, "alt_text": "무늬"}
