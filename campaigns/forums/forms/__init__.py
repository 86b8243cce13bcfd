from .orders import CancelForm, DepositorForm, MemberAddressForm, OrderForm

__all__ = ["CancelForm", "DepositorForm", "MemberAddressForm", "OrderForm"]
