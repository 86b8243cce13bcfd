from .orders import CancelForm, DepositorForm, MemberAddressForm, OrderForm
from .owners import AttendeeForm, CorrectionForm

__all__ = [
    "AttendeeForm",
    "CancelForm",
    "CorrectionForm",
    "DepositorForm",
    "MemberAddressForm",
    "OrderForm",
]
