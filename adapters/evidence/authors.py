"""Who wrote a change, as persons of the roster: they can give no approval for it (G7)."""

from collections.abc import Iterable

from bot.domain.people import Roster

_NOREPLY = "@users.noreply."


def persons(roster: Roster, platform: str, authors: Iterable[tuple[str, str]]) -> str:
    """The ids of (login, e-mail) pairs, joined by commas. Who is not in the roster stays as the account; no e-mail is kept."""
    return ",".join(dict.fromkeys(found for one in authors if (found := _person(roster, platform, *one))))


def _person(roster: Roster, platform: str, login: str, email: str) -> str:
    email = email.casefold()
    if not login and _NOREPLY in email:
        # Such an address names the account: "7+ana@users.noreply.…".
        login = email.partition("@")[0].rpartition("+")[2]
    for who, person in roster.people.items():
        if login and person.accounts.get(platform, "").casefold() == login.casefold():
            return who
        if email and _NOREPLY not in email and (person.email or "").casefold() == email:
            return who
    return f"{platform}:{login}" if login else ""
