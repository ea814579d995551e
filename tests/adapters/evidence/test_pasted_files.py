"""Links to files and attestations that people paste: read at the commit that they name, and bound to it or to the digest."""

from collections.abc import AsyncIterator

import pytest

from bot.domain.evidence import Evidence, Kind, Standing
from tests.adapters.evidence.asked import inquiry, release
from tests.adapters.evidence.github_asked import Ask, asking
from tests.adapters.evidence.github_fake import OTHER, SHA
from tests.adapters.evidence.test_repository_files import BOOK, WithTexts
from tests.bot.policy.releases import attested

PAGE = "https://github.com/acme/shop"
DIGEST = f"sha256:{'d' * 64}"


@pytest.fixture
def state() -> WithTexts:
    return WithTexts(heads={"main": SHA, "release/2.4": OTHER})


@pytest.fixture
async def ask(state: WithTexts) -> AsyncIterator[Ask]:
    async with asking(state) as found:
        yield found


async def _look(ask: Ask, *links: str, **changes: object) -> dict[Kind, Evidence]:
    return await ask(inquiry("link", of=release(links=links, **changes), purpose="link"))


async def test_a_pasted_runbook_is_read_at_its_commit_and_bound_to_it(state: WithTexts, ask: Ask) -> None:
    state.texts[SHA, "docs/way back.md"] = BOOK
    seen = await _look(ask, f"{PAGE}/blob/main/docs/way%20back.md#rollback")
    assert seen == {}  # its name says nothing, and nobody said what it is
    given = attested(Kind.ROLLBACK, url=f"{PAGE}/blob/main/docs/way%20back.md")
    seen = await _look(ask, evidence=(given,))
    assert {kind: (one.standing, one.subject, one.source) for kind, one in seen.items()} == {
        Kind.RUNBOOK: (Standing.VERIFIED, SHA, "gh (link)"),
        Kind.ROLLBACK: (Standing.ATTESTED, SHA, "gh (link)"),
    }
    assert seen[Kind.RUNBOOK].url == f"{PAGE}/blob/{SHA}/docs/way%20back.md"


async def test_code_that_is_called_rollback_is_no_runbook_unless_somebody_says_so(state: WithTexts, ask: Ask) -> None:
    link = f"{PAGE}/blob/main/src/rollback.py"
    state.texts[SHA, "src/rollback.py"] = "def rollback(): ..."
    assert await _look(ask, link) == {}
    assert set(await _look(ask, evidence=(attested(Kind.RUNBOOK, url=link),))) == {Kind.RUNBOOK}


async def test_a_branch_with_a_slash_in_its_name_is_found(state: WithTexts, ask: Ask) -> None:
    state.texts[OTHER, "docs/runbook.md"] = "# Back"
    seen = await _look(ask, f"{PAGE}/blob/release/2.4/docs/runbook.md")
    assert (seen[Kind.RUNBOOK].standing, seen[Kind.RUNBOOK].subject) == (Standing.VERIFIED, OTHER)


async def test_a_pasted_file_that_is_not_there_is_missing_until_it_is(state: WithTexts, ask: Ask) -> None:
    for link in (f"{PAGE}/blob/main/docs/runbook.md", f"{PAGE}/blob/gone/docs/runbook.md"):
        assert (await _look(ask, link))[Kind.RUNBOOK].standing is Standing.MISSING
    state.texts[SHA, "docs/runbook.md"] = "# Back"
    assert (await _look(ask, f"{PAGE}/blob/main/docs/runbook.md"))[Kind.RUNBOOK].standing is Standing.VERIFIED
    assert await _look(ask, "https://github.com/evil/shop/blob/main/docs/runbook.md") == {}


@pytest.mark.parametrize(
    ("text", "standing"),
    [
        ("## v1.2.3\n- Retries", Standing.VERIFIED),
        ("## [1.2.3] - 2026-11-24", Standing.VERIFIED),
        ("## 1.2.30\n## 11.2.3\n## 1.2.3.4\n", Standing.INCONCLUSIVE),
        ("", Standing.INCONCLUSIVE),
    ],
)
async def test_a_changelog_counts_where_it_speaks_of_the_version(
    state: WithTexts, ask: Ask, text: str, standing: Standing
) -> None:
    assert (await _look(ask, f"{PAGE}/blob/main/CHANGELOG.md"))[Kind.NOTES].standing is Standing.MISSING
    state.texts[SHA, "CHANGELOG.md"] = text
    notes = (await _look(ask, f"{PAGE}/blob/main/CHANGELOG.md"))[Kind.NOTES]
    assert (notes.standing, notes.subject) == (standing, SHA)


async def test_an_attestation_counts_where_github_keeps_one_of_the_digest(state: WithTexts, ask: Ask) -> None:
    link = f"{PAGE}/attestations/3355124"
    assert (await _look(ask, link))[Kind.ARTIFACT].standing is Standing.INCONCLUSIVE
    assert (await _look(ask, link, digest=DIGEST))[Kind.ARTIFACT].standing is Standing.MISSING
    state.digests.add(DIGEST)
    seen = (await _look(ask, link, digest=DIGEST))[Kind.ARTIFACT]
    assert (seen.standing, seen.subject, seen.facts) == (Standing.VERIFIED, DIGEST, {"attestation": True})
