from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class WithEmbargo(models.Model):
    """A text that nobody outside reads before a time, whichever way it is published.

    The embargo is its schedule: every version says so by itself when it is published, approved,
    copied or restored, and no row is live before.
    """

    embargo_at = models.DateTimeField(
        _("embargo until"),
        null=True,
        blank=True,
        help_text=_("The page becomes public at this time, whenever it is published or approved."),
    )

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        self.keep_embargo()
        if self.is_embargoed:
            self.live = False
        return super().save(*args, **kwargs)

    @property
    def is_embargoed(self):
        return self.embargo_at is not None and self.embargo_at > timezone.now()

    def keep_embargo(self):
        if self.is_embargoed:
            self.go_live_at = self.embargo_at

    def save_revision(self, *args, **kwargs):
        self.keep_embargo()
        return super().save_revision(*args, **kwargs)

    def with_content_json(self, content):
        """What Wagtail publishes is always made by this method from a version."""
        page = super().with_content_json(content)
        page.keep_embargo()
        return page

    @property
    def status_string(self):
        if self.live or not self.is_embargoed:
            return super().status_string
        return _("embargo, approved") if self.approved_schedule else _("embargo, draft")
