from django.db import models


class ShareCard(models.Model):
    """The picture that KakaoTalk and others show of a page, drawn by the site.

    Its file is named after a digest of what it says: another text has another address, so no
    preview shows the old one.
    """

    page = models.OneToOneField(
        "wagtailcore.Page", on_delete=models.CASCADE, related_name="share_card"
    )
    digest = models.CharField(max_length=64)
    file = models.FileField(upload_to="share/", max_length=120)

    class Meta:
        default_permissions = ()
