from .orders import CancelForm, DepositorForm, MemberAddressForm, OrderForm
from .owners import AttendeeForm, CorrectionForm
from .staff import (
    DoorForm,
    OrderFullViewForm,
    OrderSearchForm,
    ResendForm,
    StaffCancelForm,
    StaffOrderForm,
    WalkInForm,
)

__all__ = [
    "DoorForm",
    "OrderFullViewForm",
    "OrderSearchForm",
    "ResendForm",
    "StaffCancelForm",
    "StaffOrderForm",
    "WalkInForm",
    "AttendeeForm",
    "CancelForm",
    "CorrectionForm",
    "DepositorForm",
    "MemberAddressForm",
    "OrderForm",
]
