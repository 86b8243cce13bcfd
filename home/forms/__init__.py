from .filters import LABELS, FilterForm
from .pages import CopyPageForm, PageForm

__all__ = ["LABELS", "CopyPageForm", "FilterForm", "PageForm"]
