"""Spinnaker by its command line, spin."""

from bot.plan.tools.shell import Act, Manual, Suggested, Target, Tool, word


def _execute(t: Target) -> str:
    return _run(t, t.pipeline, t.version)


def _back(t: Target) -> str:
    return _run(t, t.rollback_pipeline, t.previous)


def _run(t: Target, pipeline: str, version: str) -> str:
    about = f"--application {word(t.app)} --name {word(pipeline)}"
    return f"spin pipeline execute {about} --parameter {word(f'version={version}')}"


_START = Suggested(_execute, "starts the pipeline, which has to stop by itself before each stage of traffic")

SPINNAKER = Tool(
    "spinnaker",
    "spin, main of April 2025 (after release 1.30)",
    "spinnaker/spin, cmd/pipeline and cmd/pipeline/execution",
    {
        Act.BEGIN: _START,
        Act.BESIDE: _START,
        Act.ROLL: _START,
        Act.ALL: Suggested(_execute, "starts the pipeline to {version}"),
        Act.STEP: Manual("judgment"),
        Act.SWITCH: Manual("judgment"),
        Act.STATUS: Suggested(
            lambda t: f"spin pipeline execution list --pipeline-id {word(t.pipeline_id)} --limit 1",
            "look, changes nothing: the last execution",
        ),
        Act.PAUSE: Manual("judgment_wait"),
        Act.ABORT: Suggested(
            lambda _: "spin pipeline execution cancel YOUR_EXECUTION_ID",
            "stops the pipeline, whose id is in the list of the first step, and what it deployed stays until the next step",
        ),
        Act.ROLLBACK: Suggested(_back, "starts the pipeline that brings {previous} back"),
    },
)
