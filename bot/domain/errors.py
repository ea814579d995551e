"""What can go wrong between our own rooms; the docstring of each is what it means."""


class TMinusError(Exception):
    """Any error of ours."""


class Conflict(TMinusError):
    """The release changed between reading and writing: load it again and decide again (decision 2)."""


class Unwritable(TMinusError):
    """The ledger cannot be written: the act is refused (G17). `code`: what people are told."""

    code = "unwritable"


class Unsure(Unwritable):
    """The connection was lost while a decision was being committed: nobody knows yet whether it stands."""

    code = "unsure"


class Corrupt(TMinusError):
    """The ledger does not fold to the stored state, or its chain is broken: no further decision on that release.

    `release`: its id, where it is known; people are told it.
    """

    def __init__(self, message: str, release: str = "") -> None:
        super().__init__(message)
        self.release = release


class UnknownSchema(TMinusError):
    """An event was written by a newer version of the bot than this one."""


class BadFile(TMinusError):
    """A catalogue, policy or rubric file is not usable: file, line, field, what was expected."""


class SecondProcess(TMinusError):
    """Another process holds this SQLite file."""
