"""Of which commit the thing is that a link to GitHub names."""

from adapters.evidence.github_api import Commit, GitHubApi
from adapters.http.answers import Seen, Unavailable
from bot.domain.link_shapes import Shape


async def commit_of(api: GitHubApi, shape: Shape) -> str | Unavailable:
    """The full SHA: of a run what it ran on, of a pull request what it was merged as, of a comparison its newer end."""
    said = shape.fields
    if shape.name in {"github.run", "github.job"}:
        return _field(await api.json(f"/actions/runs/{said['run']}"), "head_sha")
    if shape.name == "github.check_run":
        return _field(await api.json(f"/check-runs/{said['check']}"), "head_sha")
    if shape.name == "github.pull":
        answer = await api.json(f"/pulls/{said['number']}")
        if isinstance(answer, Seen) and isinstance(answer.data, dict) and not answer.data.get("merged"):
            return Unavailable("not_found", f"pull request {said['number']} is not merged")
        return _field(answer, "merge_commit_sha")
    refs = {"github.commit": "sha", "github.compare": "head", "github.release": "tag"}
    if shape.name not in refs:
        return Unavailable("not_found", "GitHub tells nothing about that by itself")
    ref = said[refs[shape.name]]
    found = await api.commit(f"tags/{ref}" if shape.name == "github.release" else ref)
    return found.sha if isinstance(found, Commit) else found


def _field(answer: Seen | Unavailable, name: str) -> str | Unavailable:
    if isinstance(answer, Unavailable):
        return answer
    found = answer.data.get(name) if isinstance(answer.data, dict) else None
    return str(found) if found else Unavailable("malformed", f"no {name} in the answer")
