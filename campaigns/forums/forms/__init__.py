from .letters import LetterForm
from .orders import CancelForm, DepositorForm, MemberAddressForm, OrderForm
from .owners import AttendeeForm, CorrectionForm
from .sheets import SheetForm
from .staff import (
    DoorForm,
    OrderFullViewForm,
    OrderSearchForm,
    ResendForm,
    StaffCancelForm,
    StaffOrderForm,
    WalkInForm,
)
from .waiting import (
    AcceptForm,
    ProlongForm,
    WaitForm,
    WaitingFullViewForm,
    WaitingStepForm,
)

__all__ = [
    "AcceptForm",
    "ProlongForm",
    "WaitForm",
    "WaitingFullViewForm",
    "WaitingStepForm",
    "LetterForm",
    "DoorForm",
    "OrderFullViewForm",
    "OrderSearchForm",
    "ResendForm",
    "StaffCancelForm",
    "SheetForm",
    "StaffOrderForm",
    "WalkInForm",
    "AttendeeForm",
    "CancelForm",
    "CorrectionForm",
    "DepositorForm",
    "MemberAddressForm",
    "OrderForm",
]
