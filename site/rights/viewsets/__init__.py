from .breaches import BreachViewSet
from .requests import RequestViewSet

__all__ = ["BreachViewSet", "RequestViewSet"]
