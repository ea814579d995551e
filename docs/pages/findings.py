"""docs/reference/findings.md: every code by which the bot finds, helps and refuses, with its sentence."""

from bot.messages.words import sentences

PREFIXES = {
    "finding.": (
        "Findings",
        "What a rule says about a release. The code is the same in ledger, log, JSON and message.",
    ),
    "how.": ("Remedies", "How an item is closed; a finding names one of these."),
    "refused.": ("Refusals", "Why a command or a press changed nothing. Each attempt is recorded."),
}


def page() -> str:
    """The page. `{…}` stands for a value."""
    lines = ["# Codes and their sentences", ""]
    for prefix, (title, about) in PREFIXES.items():
        lines += [f"## {title}", "", about, "", "| code | sentence |", "| --- | --- |"]
        lines += [f"| `{code.removeprefix(prefix)}` | {_cell(text)} |" for code, text in _under(prefix)]
        lines.append("")
    return "\n".join(lines)


def _under(prefix: str) -> list[tuple[str, str]]:
    return sorted((code, text) for code, text in sentences.ALL.items() if code.startswith(prefix))


def _cell(text: str) -> str:
    return " ".join(text.replace("|", "\\|").replace("<", "&lt;").split())
