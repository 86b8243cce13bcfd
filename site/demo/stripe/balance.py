"""What the interface shows of the stand-in's own books: its lines, and what they come to."""

from .books import Books, Row


def balance(books: Books) -> Row:
    """What is owed to the organisation; what is not to be paid out yet stands apart."""
    with books.lock:
        sums = {"available": 0, "pending": 0}
        for line in books.lines:
            sums[line["status"]] += line["net"]
    amounts = {name: [{"amount": won, "currency": "krw"}] for name, won in sums.items()}
    return {"object": "balance", "livemode": False, **amounts}


def lines_for(books: Books, params: Row) -> list[Row]:
    """The lines from a moment on, the newest first."""
    since = int((params.get("created") or {}).get("gte", 0))
    with books.lock:
        lines = [line for line in books.lines[::-1] if line["created"] >= since]
        if "data.source" in params.get("expand", []):
            return [_expanded(books, line) for line in lines]
    return lines


def _expanded(books: Books, line: Row) -> Row:
    """With the charge or refund that it is about in full, where there is one."""
    for intent in books.intents.values():
        if intent["latest_charge"] == line["source"]:
            charge = {"id": line["source"], "object": "charge", "payment_intent": intent["id"]}
            return {**line, "source": charge}
    return {**line, "source": books.refunds.get(line["source"], line["source"])}
