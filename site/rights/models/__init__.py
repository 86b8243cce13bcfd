from .retention import DestructionRecord, RetentionHold

__all__ = ["DestructionRecord", "RetentionHold"]
