"""The demo's rows that are no pages: organisations, bodies, meetings, words to sort and to find by.

Each table is filled only while it is empty, so nothing that staff took out comes back.
"""

import random
from datetime import date, timedelta

from home.models import Contact, SearchSynonym, Sector, ShortLink, Theme
from home.network.models import Body, Meeting, Organisation, Seat

from .texts.about import CONTACTS
from .texts.campaign import SYNONYMS
from .texts.network import (
    AGENDAS,
    BODIES,
    MEETING_MONTHS,
    MEMBERS,
    PARTNERS,
    SEATS,
    SECTORS,
    THEMES,
)

TUESDAY = 1


def load_words():
    """What texts are sorted under, whom to ask, and which words mean the same."""
    for model, terms in ((Theme, THEMES), (Sector, SECTORS)):
        if not model.objects.exists():
            for order, (slug, name) in enumerate(terms):
                model.objects.create(slug=slug, name=name, sort_order=order)
    for name, role, phone, email in CONTACTS.values():
        Contact.objects.get_or_create(
            email=email, defaults={"name": name, "role": role, "phone": phone}
        )
    if not SearchSynonym.objects.exists():
        SearchSynonym.objects.bulk_create(SearchSynonym(words=words) for words in SYNONYMS)


def load_network(kit):
    if not Organisation.objects.exists():
        _load_organisations(kit)
    if not Body.objects.exists():
        _load_meetings(kit, _load_bodies(kit))


def _load_organisations(kit):
    for name, kind, sector, region, affiliates, years in MEMBERS:
        Organisation.objects.create(
            name=name,
            kind=kind,
            sector=kit.sectors.get(sector),
            region=kit.regions.get(region),
            affiliates=affiliates,
            joined_on=date(kit.year - years, 3, 1),
            barred_from_elections=kind == "cooperative",
        )
    for name, kind, sector, region in PARTNERS:
        Organisation.objects.create(
            name=name,
            kind=kind,
            sector=kit.sectors.get(sector),
            region=kit.regions.get(region),
            is_member=False,
        )


def _load_bodies(kit):
    made = {}
    for order, row in enumerate(BODIES):
        key, name, kind, status, summary, parent, before, began, ended = row
        made[key] = Body(
            name=name,
            kind=kind,
            status=status,
            summary=summary,
            parent=made.get(parent),
            predecessor=made.get(before),
            began_on=date(kit.year - began, 6, 1),
            ended_on=None if ended is None else date(kit.year - ended, 5, 31),
            sort_order=order,
        )
        made[key].seats = [
            Seat(name=person, affiliation=affiliation, role=role, sort_order=position)
            for position, (person, affiliation, role) in enumerate(SEATS.get(key, ()))
        ]
        made[key].save()
    return made


def _load_meetings(kit, bodies):
    chance = random.Random("meetings")  # noqa: S311 (fiction)
    for key, (months, usual) in MEETING_MONTHS.items():
        number = 0
        for year in (kit.year - 1, kit.year):
            for month in months:
                day = _second_tuesday(year, month)
                if day > kit.today or bodies[key].began_on > day:
                    continue
                number += 1
                Meeting.objects.create(
                    body=bodies[key],
                    number=number,
                    held_on=day,
                    attendance=usual + chance.randint(-3, 3),
                    agenda=AGENDAS[key],
                )


def _second_tuesday(year, month):
    first = date(year, month, 1)
    return first + timedelta(days=(TUESDAY - first.weekday()) % 7 + 7)


def load_short_link(petition):
    if not ShortLink.objects.exists():
        ShortLink.objects.create(slug="기본법", page=petition)
