"""docs/reference/commands.md: what T-Minus suggests for each tool, and which version of the tool was read for it."""

from bot.messages.words import say
from bot.plan.commands import TOOLS, annotated
from bot.plan.tools.shell import Act, Suggested, Target

_TARGET = Target(
    service="payments",
    version="2.4.1",
    environment="production",
    previous="2.4.0",
    percent=10,
    app="payments",
    workload="payments",
    container="payments",
)
_ACTS = {
    Act.BEGIN: "rollout: first stage (canary, staged)",
    Act.BESIDE: "rollout: new side without traffic (blue-green)",
    Act.ROLL: "rollout: rolling, or dark behind a flag",
    Act.ALL: "rollout: all at once",
    Act.STEP: "next stage",
    Act.SWITCH: "switch the traffic (blue-green)",
    Act.OPEN: "open the flag",
    Act.STATUS: "look",
    Act.FLAG_STATUS: "look at the flag",
    Act.PAUSE: "pause",
    Act.ABORT: "abort",
    Act.SHUT: "flag off",
    Act.ROLLBACK: "rollback",
}


_ABOUT = """# Suggested commands

T-Minus runs none of these. A plan prints one line for a person to run, with every name quoted for the shell and a note behind
it. What T-Minus was not told stands in capital letters; `names` in the catalogue fills it in:

```yaml
tool: argo-rollouts
flag_tool: launchdarkly
names: {workload: payments, namespace: shop, container: app, image: registry.example/payments, flag: new-checkout}
```

All names: `app`, `workload`, `container`, `namespace`, `image`, `chart`, `chart_version`, `pipeline`, `rollback_pipeline`,
`pipeline_id`, `flag`, `flag_project`, `flag_environment`. A tool without a line for something says `MANUAL`, and what would
automate it. Addresses and tokens of flag services come from your shell (`$UNLEASH_URL`, `$UNLEASH_TOKEN`, `$FLAGD_URL`); no
line ever holds one.
"""


def page() -> str:
    """The page, drawn from the same table as the plans."""
    lines = [
        _ABOUT,
    ]
    for tool in TOOLS.values():
        lines += [
            f"## {tool.name}",
            "",
            f"Version checked: {tool.checked}. Source read: {tool.source}.",
            "",
            "| action | command |",
            "| --- | --- |",
        ]
        for act, about in _ACTS.items():
            found = tool.acts.get(act)
            if isinstance(found, Suggested):
                lines.append(f"| {about} | `{_cell(annotated(found, _TARGET))}` |")
            elif found is not None:
                said = say(f"manual.{found.code}", {"tool": tool.name, "service": "the service"})
                lines.append(f"| {about} | {_cell(said)} |")
        lines.append("")
    return "\n".join(lines)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
