from .breaches import BreachViewSet
from .requests import RequestViewSet
from .retained import RetainedViewSet

__all__ = ["BreachViewSet", "RequestViewSet", "RetainedViewSet"]
