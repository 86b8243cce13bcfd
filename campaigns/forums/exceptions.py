class ForumError(Exception):
    """Something that a forum refuses."""


class SeatsTakenError(ForumError):
    """Fewer of something were to be offered than people have taken of it."""

    def __init__(self, name: str, taken: int) -> None:
        super().__init__(f"{taken} are taken")
        self.name = name
        self.taken = taken
