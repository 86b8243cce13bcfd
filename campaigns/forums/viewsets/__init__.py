from .orders import OrderViewSet
from .waiting import list_waiting, show_entry, show_entry_in_full, take_step

__all__ = ["OrderViewSet", "list_waiting", "show_entry", "show_entry_in_full", "take_step"]
