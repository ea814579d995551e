"""LaunchDarkly, Unleash and flagd: opening a flag by percentages, and switching it off. No token ever stands in a line (P5)."""

from bot.plan.tools.shell import Act, Manual, Suggested, Target, Tool, body, segment, word

_ALL = 100
_THOUSANDTHS = 1000


def _ld(t: Target) -> str:
    return f"--project {word(t.flag_project)} --flag {word(t.flag)}"


def _ld_open(t: Target) -> str:
    weights = {
        "YOUR_NEW_VARIATION_ID": t.percent * _THOUSANDTHS,
        "YOUR_OLD_VARIATION_ID": (_ALL - t.percent) * _THOUSANDTHS,
    }
    patch = {
        "environmentKey": t.flag_environment,
        "instructions": [
            {"kind": "turnFlagOn"},
            {"kind": "updateFallthroughVariationOrRollout", "rolloutWeights": weights},
        ],
    }
    return f"ldcli flags update {_ld(t)} --semantic-patch --data {body(patch)}"


LAUNCHDARKLY = Tool(
    "launchdarkly",
    "ldcli 3.10",
    "launchdarkly/ldcli, cmd/flags/toggle.go and cmd/resources",
    {
        Act.OPEN: Suggested(_ld_open, "{percent} % of users get the new path"),
        Act.SHUT: Suggested(
            lambda t: f"ldcli flags toggle-off {_ld(t)} --environment {word(t.flag_environment)}",
            "everybody gets the off variation",
        ),
        Act.FLAG_STATUS: Suggested(lambda t: f"ldcli flags get {_ld(t)}", "look, changes nothing"),
    },
)


def _unleash(t: Target, rest: str) -> str:
    path = f"api/admin/projects/{segment(t.flag_project)}/features/{segment(t.flag)}"
    return f'"$UNLEASH_URL/{path}/environments/{segment(t.flag_environment)}{rest}"'


_CURL = 'curl --fail-with-body --silent --show-error --header "Authorization: $UNLEASH_TOKEN"'


def _unleash_open(t: Target) -> str:
    patch = body([{"op": "replace", "path": "/parameters/rollout", "value": str(t.percent)}])
    where = _unleash(t, "/strategies/YOUR_STRATEGY_ID")
    return f"{_CURL} --request PATCH --header 'Content-Type: application/json' --data {patch} {where}"


UNLEASH = Tool(
    "unleash",
    "7.4 (admin API; it has no command line of its own)",
    "docs.getunleash.io/api: toggle-feature-environment-off, patch of a strategy; the server's OpenAPI",
    {
        Act.OPEN: Suggested(
            _unleash_open, "{percent} % of users get the new path, once the flag is on in that environment"
        ),
        Act.SHUT: Suggested(
            lambda t: f"{_CURL} --request POST {_unleash(t, '/off')}", "off for everybody in that environment"
        ),
        Act.FLAG_STATUS: Suggested(lambda t: f"{_CURL} {_unleash(t, '')}", "look, changes nothing"),
    },
)


def _evaluate(t: Target) -> str:
    where = f'"$FLAGD_URL/ofrep/v1/evaluate/flags/{segment(t.flag)}"'
    return f"curl --fail-with-body --silent --show-error --request POST {where}"


FLAGD = Tool(
    "flagd",
    "documentation of main, 2026 (it has no command that changes a flag)",
    "open-feature/flagd, docs/reference: flag-definitions.md, flagd-ofrep.md, sync-configuration.md",
    {
        Act.OPEN: Manual("flagd_open"),
        Act.SHUT: Manual("flagd_shut"),
        Act.FLAG_STATUS: Suggested(_evaluate, "look, changes nothing: evaluates for an empty context"),
    },
)
