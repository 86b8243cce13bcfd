"""One of everything that staff look after, so that no list of theirs is empty."""

from datetime import timedelta

from django.utils import timezone
from wagtail.models import Workflow

from accounts.defaults import EDITOR, MODERATOR
from accounts.models import User
from accounts.services import invite
from exports.services import cancel_export, run_export
from home.models import ShortLink
from petitions.services.sign import address_index
from rights.services import destroy_due, place_hold

from .accounts import GrantFactory, UserFactory, limit_to
from .breaches import BreachCaseFactory
from .desk_money import fill_money
from .desk_pledges import fill_pledges
from .exports import ExportJobFactory
from .home import ContactFactory, NewsIndexPageFactory, NewsPageFactory
from .messaging import OutboxMessageFactory, SuppressionFactory
from .network import BodyFactory, MeetingFactory, OrganisationFactory
from .petitions import (
    BlockedAddressFactory,
    ContinuationFactory,
    PetitionPageFactory,
    SignatureFactory,
)
from .privacy import AccessEntryFactory
from .rights import RequestFactory

BLOCKED = "blocked@mail.example"
LONG_AGO = timedelta(days=800)


def fill_desk(petition, admin):
    """Rows in each list, in as many states as fit. Returns pages for which staff are offered more."""
    _signers(petition, admin)
    _staff(petition, admin)
    _officer(admin)
    _around(petition)
    fill_pledges(admin, User.objects.exclude(pk=admin.pk).filter(is_active=True).first())
    return fill_money(petition.get_parent().specific, admin)


def _signers(petition, admin):
    SignatureFactory(petition=petition, confirmed=True, commented=True)
    SignatureFactory(petition=petition)
    signer = SignatureFactory(petition=petition, invalidated=True)
    old = PetitionPageFactory(title="오래된 서명", parent=petition.get_parent())
    over = timezone.now() - LONG_AGO
    SignatureFactory.create_batch(2, petition=old, confirmed=True, created_at=over)
    destroy_due()
    SignatureFactory.create_batch(2, petition=old, confirmed=True, created_at=over)
    place_hold("petitions.signatures", str(old.pk), reason="소송이 끝날 때까지", user=admin)
    ContinuationFactory(old=old, new=petition, started_by=admin)
    subjects = (str(signer.public_id),)
    AccessEntryFactory(user=admin, subjects=subjects, reason="서명자의 문의에 답하려고")
    options = {"petition": petition.pk}
    run_export(ExportJobFactory(options=options, requested_by=admin).public_id)
    # One that waits would load itself again and again.
    cancel_export(ExportJobFactory(options=options, requested_by=admin))


def _staff(petition, admin):
    UserFactory(is_active=False, first_name="가람")
    moderator = UserFactory(role=EDITOR, first_name="나래")
    limit_to(moderator, MODERATOR, petition.signatures.first().region)
    GrantFactory(user=moderator, group=moderator.groups.get())
    invite(name="정새롬", email="saerom@mail.example", groups=[], administrator=True, by=admin)
    home = petition.get_ancestors().get(depth=2)
    news = NewsPageFactory(parent=NewsIndexPageFactory(parent=home, slug="notices"), live=False)
    news.save_revision()
    Workflow.objects.get().start(news, moderator)


def _officer(admin):
    RequestFactory()
    RequestFactory(done=True)
    BreachCaseFactory()
    OutboxMessageFactory(failed=True)
    SuppressionFactory(bounced=True)
    BlockedAddressFactory(email_index=address_index(BLOCKED))


def _around(petition):
    BodyFactory(name="가나다 위원회")
    MeetingFactory(body=BodyFactory())
    OrganisationFactory()
    ContactFactory()
    ShortLink.objects.create(slug="act", page=petition)
