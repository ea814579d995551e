"""docs/reference/verbs.md: everything that people can say, from flows/index.py and the sentences of help."""

from bot.messages.words import say
from flows.index import VERBS
from flows.verb import Group, Verb


def page() -> str:
    """The page, in the groups of help."""
    lines = [
        "# Verbs",
        "",
        "What people can say: `/release <verb> …` in any channel or direct conversation. Each verb always answers, also when",
        "it refuses. `R-142` may be left out where it is clear which release is meant. `/release help <verb>` says the same",
        "in chat.",
        "",
    ]
    for group in Group:
        lines += [f"## {say(f'help.group_{group}')}", "", "| say | does | also |", "| --- | --- | --- |"]
        lines += [_row(verb) for verb in VERBS.values() if verb.group is group]
        lines.append("")
    return "\n".join(lines)


def _row(verb: Verb) -> str:
    usage, about = say(f"help.usage.{verb.name}"), say(f"help.about.{verb.name}")
    also = ", ".join(f"`{alias}`" for alias in verb.aliases)
    return f"| `{_cell(usage)}` | {_cell(about).replace('<', '&lt;')} | {_cell(also)} |"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
