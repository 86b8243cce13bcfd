"""Signers as staff see them."""

from privacy.masking import mask_email, mask_name

NOBODY = "—"


def masked_name(signature) -> str:
    return mask_name(signature.name) if signature.name else NOBODY


def masked_email(signature) -> str:
    return mask_email(signature.email) if signature.email else NOBODY
