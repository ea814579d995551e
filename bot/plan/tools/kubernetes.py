"""kubectl, Helm, Argo Rollouts, Flagger and Argo CD."""

from bot.domain.builds import is_digest
from bot.plan.tools.shell import Act, Manual, Suggested, Target, Tool, body, word


def _in(t: Target) -> str:
    return f"--namespace {word(t.namespace)}"


def _image(t: Target) -> str:
    return word(f"{t.container}={t.image}{'@' if is_digest(t.version) else ':'}{t.version}")


def _set_image(t: Target) -> str:
    return f"kubectl set image {word(f'deployment/{t.workload}')} {_image(t)} {_in(t)}"


def _deployment(verb: str, *options: str) -> "Suggested":
    more = "".join(f" {o}" for o in options)
    return Suggested(
        lambda t: f"kubectl rollout {verb} {word(f'deployment/{t.workload}')} {_in(t)}{more}", _NOTES[verb]
    )


_NOTES = {
    "status": "look, changes nothing: waits at most 5 min for the rolling update",
    "pause": "stop replacing instances, those that were replaced keep the new version",
    "undo": "back to the revision before, which should be {previous}",
}
_NO_STAGES = Manual("no_stages")

KUBECTL = Tool(
    "kubectl",
    "1.32",
    "`kubectl <command> --help` of 1.32.4",
    {
        Act.BEGIN: _NO_STAGES,
        Act.BESIDE: _NO_STAGES,
        Act.SWITCH: Manual("selector"),
        Act.STEP: _NO_STAGES,
        Act.ROLL: Suggested(_set_image, "starts the rolling update to {version}"),
        Act.ALL: Suggested(_set_image, "starts the update to {version}"),
        Act.STATUS: _deployment("status", "--timeout=5m"),
        Act.PAUSE: _deployment("pause"),
        Act.ROLLBACK: _deployment("undo"),
    },
)
"""No abort: `undo` is refused while a Deployment is paused, so the way back goes to `undo` at once."""


def _called(t: Target) -> str:
    return "digest" if is_digest(t.version) else "tag"


def _upgrade(t: Target) -> str:
    tag = t.version.replace("\\", "\\\\").replace(",", "\\,")
    values = f"--reuse-values --set-string {word(f'image.{_called(t)}={tag}')}"
    return f"helm upgrade {word(t.workload)} {word(t.chart)} --version {word(t.chart_version)} {_in(t)} {values} --wait"


HELM = Tool(
    "helm",
    "3.19 and 4.0",
    "helm.sh/docs/helm: helm_upgrade, helm_rollback, helm_status",
    {
        Act.BEGIN: _NO_STAGES,
        Act.BESIDE: _NO_STAGES,
        Act.SWITCH: _NO_STAGES,
        Act.STEP: _NO_STAGES,
        Act.ROLL: Suggested(
            _upgrade, "to {version}, the chart stays as it is and has to call its {called} image.{called}"
        ),
        Act.ALL: Suggested(
            _upgrade, "to {version}, the chart stays as it is and has to call its {called} image.{called}"
        ),
        Act.STATUS: Suggested(lambda t: f"helm status {word(t.workload)} {_in(t)}", "look, changes nothing"),
        Act.PAUSE: Manual("helm_pause"),
        Act.ROLLBACK: Suggested(
            lambda t: f"helm rollback {word(t.workload)} {_in(t)} --wait",
            "back to the revision before, which should be {previous}",
        ),
    },
)


def _rollouts(verb: str, note: str) -> Suggested:
    return Suggested(lambda t: f"kubectl argo rollouts {verb} {word(t.workload)} {_in(t)}", note)


def _set_rollout(note: str) -> Suggested:
    return Suggested(
        lambda t: f"kubectl argo rollouts set image {word(t.workload)} {_image(t)} {_in(t)}",
        note,
    )


ARGO_ROLLOUTS = Tool(
    "argo-rollouts",
    "1.9.1",
    "argoproj/argo-rollouts, docs/generated/kubectl-argo-rollouts",
    {
        Act.BEGIN: _set_rollout("starts at the first step of the Rollout, which has to be setWeight {percent}"),
        Act.BESIDE: _set_rollout("starts the preview, and the Rollout has to have autoPromotionEnabled: false"),
        Act.ROLL: _set_rollout("starts the rolling update to {version}"),
        Act.ALL: _set_rollout("the Rollout has to be without steps"),
        Act.STEP: _rollouts(
            "promote", "to the next step of the Rollout, which has to be {percent} %, analysis stays on"
        ),
        Act.SWITCH: _rollouts("promote", "the preview becomes active, analysis stays on"),
        Act.STATUS: _rollouts("get rollout", "look, changes nothing"),
        Act.PAUSE: _rollouts("pause", "stay at this step"),
        Act.ABORT: _rollouts("abort", "traffic goes back to the stable version at once"),
        Act.ROLLBACK: _rollouts("undo", "back to the revision before, which should be {previous}"),
    },
)
"""Never `promote --full`: it skips the analysis."""


def _patch(t: Target) -> str:
    patch = body({"spec": {"suspend": True}})
    return f"kubectl patch {word(f'canary/{t.workload}')} {_in(t)} --type merge --patch {patch}"


def _gate(t: Target) -> str:
    about = body({"name": t.workload, "namespace": t.namespace})
    return (
        f"kubectl exec deploy/flagger-loadtester {_in(t)} --"
        f" curl --silent --show-error --data {about} http://localhost:8080/rollback/open"
    )


def _canary(t: Target) -> str:
    return f"kubectl get {word(f'canary/{t.workload}')} {_in(t)} --watch"


FLAGGER = Tool(
    "flagger",
    "1.44.0",
    "fluxcd/flagger, docs/gitbook/usage: how-it-works.md, webhooks.md",
    {
        Act.BEGIN: Suggested(_set_image, "Flagger sees it, starts its analysis and raises the traffic by itself"),
        Act.BESIDE: Suggested(_set_image, "Flagger sees it and checks the new side before it gets traffic"),
        Act.ROLL: Suggested(_set_image, "Flagger sees it and starts its analysis"),
        Act.ALL: Suggested(_set_image, "Flagger sees it and starts its analysis, it never goes all at once"),
        Act.STEP: Suggested(_canary, "look, nothing to press: Flagger goes on to {percent} % while its checks hold"),
        Act.SWITCH: Suggested(_canary, "look, nothing to press: Flagger switches when its checks hold"),
        Act.STATUS: Suggested(_canary, "look, changes nothing, phase and weight"),
        Act.PAUSE: Suggested(_patch, "traffic stays as it is, set it back to false to go on"),
        Act.ABORT: Suggested(_gate, "needs the rollback webhook, and Flagger goes back by itself when its checks fail"),
        Act.ROLLBACK: _deployment("undo"),
    },
)


def _sync(t: Target) -> str:
    return f"argocd app sync {word(t.app)} --revision YOUR_CONFIG_REVISION"


def _action(name: str, note: str) -> Suggested:
    return Suggested(
        lambda t: f"argocd app actions run {word(t.app)} {name} --kind Rollout --resource-name {word(t.workload)}", note
    )


_AUTO = "the revision that names {version}, and where auto-sync is on merge it instead"
ARGO_CD = Tool(
    "argo-cd",
    "documentation of main, 2026 (3.x)",
    "argoproj/argo-cd, docs/user-guide/commands, and resource_customizations/argoproj.io/Rollout/actions",
    {
        Act.BEGIN: Suggested(_sync, _AUTO),
        Act.BESIDE: Suggested(_sync, _AUTO),
        Act.ROLL: Suggested(_sync, _AUTO),
        Act.ALL: Suggested(_sync, _AUTO),
        Act.STEP: _action(
            "resume", "where the app deploys a Rollout: on to its next step, which has to be {percent} %"
        ),
        Act.SWITCH: _action("resume", "where the app deploys a Rollout: the preview becomes active"),
        Act.STATUS: Suggested(lambda t: f"argocd app get {word(t.app)}", "look, changes nothing"),
        Act.PAUSE: _action("pause", "where the app deploys a Rollout: stay at this step"),
        Act.ABORT: _action("abort", "where the app deploys a Rollout: traffic goes back to the stable version"),
        Act.ROLLBACK: Suggested(
            lambda t: f"argocd app rollback {word(t.app)}",
            "to the deployment before, and where auto-sync is on revert the commit in git instead",
        ),
    },
)
