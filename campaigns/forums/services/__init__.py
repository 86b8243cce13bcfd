from .pools import sync_pools

__all__ = ["sync_pools"]
