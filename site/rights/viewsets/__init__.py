from .requests import RequestViewSet

__all__ = ["RequestViewSet"]
