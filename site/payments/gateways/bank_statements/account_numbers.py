def is_same_account(printed: str, number: str) -> bool:
    """Whether a number in a file is this account's. Some banks print asterisks for a part of it."""
    here, there = _signs(printed), _signs(number)
    pairs = zip(here, there, strict=False)
    return len(here) == len(there) and all(
        one == other or "*" in one + other for one, other in pairs
    )


def _signs(number: str) -> str:
    return "".join(sign for sign in number if sign.isdecimal() or sign == "*")
