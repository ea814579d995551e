"""docs/plans: ten plans as T-Minus draws them, and an index that says what each shows."""

from bot.messages.documents.files import plan_files
from bot.plan.draft import draft
from bot.policy import judge
from docs.examples.company import NOW
from docs.examples.releases import EXAMPLES, Example

_ABOUT = """# Ten plans

Ten releases of different kinds, drawn by the code at 14:25 for a start at 15:00 (Europe/Berlin), so that they show what a plan
looks like today and not what it once did.

| plan | verdict | what it shows |
| --- | --- | --- |
"""


def files(example: Example) -> dict[str, str]:
    """The plan of that example as `md`, `html` and `json`."""
    release, around = example.release, example.facts
    judgement = judge(release, around, NOW)
    plan = draft(release, around, judgement, NOW)
    return dict(plan_files(plan, release, around, NOW))


def plan_page(name: str) -> str:
    """The plan of that example in Markdown."""
    return files(EXAMPLES[name]())["md"]


def index() -> str:
    """The index page."""
    return _ABOUT + "".join(_row(name) for name in EXAMPLES)


def _row(name: str) -> str:
    example = EXAMPLES[name]()
    found = judge(example.release, example.facts, NOW)
    return f"| [{example.title}]({name}.md) | {found.verdict.value}, {found.score.band.value} | {EXAMPLES[name].__doc__} |\n"
