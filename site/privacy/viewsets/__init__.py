from .access import AccessLogViewSet
from .consents import ConsentViewSet
from .reviews import ReviewViewSet

__all__ = ["AccessLogViewSet", "ConsentViewSet", "ReviewViewSet"]
