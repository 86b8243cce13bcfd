from .filters import LABELS, FilterForm
from .pages import CopyPageForm, PageForm
from .policies import PrivacyPolicyForm

__all__ = ["LABELS", "CopyPageForm", "FilterForm", "PageForm", "PrivacyPolicyForm"]
