"""A source that could not be asked: the sentence says what was seen and who mends it, for every reason that there is."""

import pytest

from adapters.http.answers import CODES
from bot.messages.telling import told
from bot.messages.words.item_findings import WHY

PARAMS = {"source": "github", "who": "Ana"}


@pytest.mark.parametrize("code", sorted({*CODES, "not_configured", "error"} - {"not_asked"}))
def test_every_reason_is_told_in_words(code: str) -> None:
    said = told("finding.ci_unavailable", {**PARAMS, "unavailable": code})
    assert said == f"CI: github could not be asked: {WHY[code]}. UNKNOWN is never green."


def test_a_finding_of_an_old_ledger_or_of_a_reason_of_tomorrow_still_has_its_sentence() -> None:
    for params in (PARAMS, {**PARAMS, "unavailable": "eclipse"}):
        assert told("finding.ci_unavailable", params) == "CI: github could not be asked. UNKNOWN is never green."
