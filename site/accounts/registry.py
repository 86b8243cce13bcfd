"""What other rooms tell this one: what opens personal data, roles of their tools, limits."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from . import defaults
from .defaults import Role

# app_label.codename: whoever has one of them logs in with a second factor.
personal_rights: set[str] = set()
# Beginnings of addresses: these screens end sooner when nobody touches them.
_personal_screens: set[str] = set()


def register_personal_data(*rights: str, screens: Iterable[str] = ()) -> None:
    """Say that ``rights`` open personal data, and that addresses under ``screens`` show it."""
    personal_rights.update(rights)
    _personal_screens.update(screens)


def is_personal_screen(path: str) -> bool:
    """Whether the screen at this address shows personal data."""
    return path.startswith(tuple(_personal_screens))


@dataclass(frozen=True)
class ScopeKind:
    """Something that a right can be limited to: a region, an event.

    ``choices`` gives (key, label) of those to choose from today. ``rows`` gives the keys of all
    rows that lie in the chosen ones; what is unknown lies in none.
    """

    name: str
    label: object
    choices: Callable[[], Iterable[tuple[str, str]]]
    rows: Callable[[Sequence[str]], frozenset[int]]


_scope_kinds: dict[str, ScopeKind] = {}
_roles: dict[str, Role] = {}
_added_rights: dict[str, tuple[str, ...]] = {}
_added_in_scope: dict[str, tuple[str, ...]] = {}


def register_scope(kind: ScopeKind) -> None:
    """Let rights be limited to one of these."""
    _scope_kinds[kind.name] = kind


def scope_kinds() -> list[ScopeKind]:
    return list(_scope_kinds.values())


def scope_kind(name: str) -> ScopeKind | None:
    """None where the room that knew it is not there (any more)."""
    return _scope_kinds.get(name)


def register_role(name: str, role: Role) -> None:
    """Add a role that works with a tool of another room."""
    _roles[name] = role


def register_rights(role_name: str, *rights: str) -> None:
    """Give a role that stands here rights (``app_label.codename``) in a tool of another room."""
    _added_rights[role_name] = (*_added_rights.get(role_name, ()), *rights)


def register_rights_within(role_name: str, *rights: str) -> None:
    """Give a role that holds within a limit rights that it has there and nowhere else."""
    _added_in_scope[role_name] = (*_added_in_scope.get(role_name, ()), *rights)


def roles() -> Mapping[str, Role]:
    """All roles by the names of their groups, with what other rooms added."""
    return {name: _with_added(name, role) for name, role in {**defaults.ROLES, **_roles}.items()}


def role_named(name: str) -> Role | None:
    """None for a group that staff made themselves."""
    role = {**defaults.ROLES, **_roles}.get(name)
    return role and _with_added(name, role)


def _with_added(name: str, role: Role) -> Role:
    return replace(
        role,
        rights=(*role.rights, *_added_rights.get(name, ())),
        in_scope=(*role.in_scope, *_added_in_scope.get(name, ())),
    )
