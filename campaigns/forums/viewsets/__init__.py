from .orders import OrderViewSet

__all__ = ["OrderViewSet"]
