"""``python -m benchmarks.buyers``: some of those who want a seat, each until there is none left.

Each line that is read names a way and a moment to begin; what is said is how many seats they got,
from when to when.
"""

import os
import sys
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from itertools import count

import django


def main() -> None:
    django.setup()
    threads = int(os.environ["BUYERS"])
    with ThreadPoolExecutor(threads) as crowd:
        for line in sys.stdin:
            way, begin = line.split()
            outcomes = [crowd.submit(buy, way, float(begin)) for _ in range(threads)]
            numbers, begun, ended = zip(*(one.result() for one in outcomes), strict=True)
            sys.stdout.write(f"{sum(numbers)} {min(begun)} {max(ended)}\n")
            sys.stdout.flush()


def buy(way: str, begin: float) -> tuple[int, float, float]:
    from benchmarks.contenders.locking import place_with_lock  # noqa: PLC0415 (needs the registry)
    from campaigns.forums import services  # noqa: PLC0415 (the same)
    from campaigns.forums.exceptions import SoldOutError  # noqa: PLC0415 (the same)

    state = services.forum_state("forum-sold")
    place = place_with_lock if way == "locked" else services.place_order
    time.sleep(max(0.0, begin - time.time()))
    begun = time.time()
    for number in count():
        try:
            place(state, registration(state.sessions[0].pk))
        except SoldOutError:
            return number, begun, time.time()
    raise AssertionError


def registration(session_id: int):
    from campaigns.forums.services import Person, Registration  # noqa: PLC0415 (as above)

    key = uuid.uuid4()
    return Registration(
        form_key=key,
        people=(Person(f"사람 {key.hex[:6]}"),),
        session_ids=(session_id,),
        email=f"{key.hex}@mail.example",
        phone="+821000001234",
    )


if __name__ == "__main__":
    main()
