"""What the pledges app refuses."""


class PledgesError(Exception):
    """Base of every refusal of this app."""


class UnknownListError(PledgesError):
    """Nothing of the file can be read as a list of candidates; the words say what to do."""


class ListDecidedError(PledgesError):
    """The list was taken over or discarded already."""


class ListFaultyError(PledgesError):
    """Lines of the list can't be taken over, so none is."""


class ListChangedError(PledgesError):
    """Since the list was looked at, taking it over would do something else."""


class MoveRefusedError(PledgesError):
    """From this state there is no way to that one."""


class DemandsFrozenError(PledgesError):
    """A text that was sent to review or published is not written on."""


class DemandsIncompleteError(PledgesError):
    """There is no demand, or a new version does not say what changed."""
