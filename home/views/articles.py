"""The newsroom's pages and lists."""

from django.core.paginator import InvalidPage
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from ..context_processors import site_details
from ..models import (
    ArticleIndexPage,
    OpEdPage,
    PolicyVersion,
    PrivacyPolicyPage,
    ReportPage,
    ResourceIndexPage,
    ResourcePage,
    StatementPage,
)
from ..presenters import (
    ArticleListPresenter,
    ArticlePresenter,
    OpEdPresenter,
    PolicyPresenter,
    ReportPresenter,
    ResourceListPresenter,
    ResourcePresenter,
    StatementPresenter,
    statement_as_text,
)
from ..requests import page_map, private_q

PRESENTERS = {
    StatementPage: StatementPresenter,
    OpEdPage: OpEdPresenter,
    ReportPage: ReportPresenter,
    PrivacyPolicyPage: PolicyPresenter,
    ResourcePage: ResourcePresenter,
}
PUBLIC = "public, max-age=0, s-maxage=1"


def present_page(request, page):
    """An article or a list of articles, published or as its editor has it."""
    context = page.get_context(request)
    if isinstance(page, ArticleIndexPage):
        context["list"] = _list_presenter(page, request.GET.dict())
    else:
        presenter = PRESENTERS.get(type(page), ArticlePresenter)
        context["article"] = presenter(page, is_draft=getattr(request, "is_preview", False))
    return TemplateResponse(request, page.get_template(request), context)


def _list_presenter(index, query):
    presenter = (
        ResourceListPresenter if isinstance(index, ResourceIndexPage) else ArticleListPresenter
    )
    try:
        return presenter(index, query)
    except InvalidPage as error:
        raise Http404 from error


@require_safe
def show_plain_text(request, page_path):
    """A statement's text without any design, to copy."""
    known = page_map()
    pages = StatementPage.objects.live().exclude(private_q()).select_related("press_contact")
    page = get_object_or_404(pages, url_path=f"{known.root_path if known else '/'}{page_path}/")
    text = statement_as_text(StatementPresenter(page), site_details().organisation_name)
    response = HttpResponse(text, content_type="text/plain; charset=utf-8")
    response["Cache-Control"] = PUBLIC
    response["X-Robots-Tag"] = "noindex"
    return response


@require_safe
def show_policy_version(request, number):
    """The privacy policy as it stood once; each version stays where it is for good."""
    version = get_object_or_404(PolicyVersion, number=number)
    page = PrivacyPolicyPage.objects.live().first()
    response = TemplateResponse(
        request, "home/policy_version.html", {"version": version, "policy_page": page}
    )
    response["Cache-Control"] = PUBLIC
    return response
