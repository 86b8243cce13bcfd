from wagtail import hooks

from .viewsets import ConsentViewSet

consent_texts = ConsentViewSet()


@hooks.register("register_admin_viewset")
def edit_consent_texts():
    return consent_texts
