"""One thing that a person can do, as the index lists it."""

from dataclasses import dataclass

from flows.dialog import Flow


@dataclass(frozen=True, slots=True)
class Verb:
    """`name` is the word of tokens, `typed` that of people; its usage and summary are `help.usage.<name>`, `help.about.<name>`.

    `group`: where help lists it. `listed` False: a button's verb, understood when typed, but not shown. `needs`: what the runner
    reads for it: views, releases, announcements, ledger, freezes, checks. `ended_too`: it also speaks of releases that are over.
    `of_release` False: an id in the words is only text. `tokens`: further verbs of buttons that mean the same flow.
    """

    name: str
    flow: Flow
    group: str
    aliases: tuple[str, ...] = ()
    tokens: tuple[str, ...] = ()
    listed: bool = True
    needs: frozenset[str] = frozenset()
    ended_too: bool = False
    of_release: bool = True
    reads_only: bool = False

    @property
    def typed(self) -> str:
        """The word that people type: no-go for no_go."""
        return self.name.replace("_", "-")
