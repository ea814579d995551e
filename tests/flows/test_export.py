"""The evidence pack of a release, with a manifest that holds (A3)."""

import csv
import hashlib
import io
import json

from bot.ports import LedgerRow
from tests.flows.given import NOW, release, typed
from tests.flows.steps import reply

ROW = LedgerRow(
    "release:R-1", 1, NOW, "event", "PlanStarted", "ana", "U1", "#payments", "r1", {"text": "=1+1"}, "", "ab"
)


def test_the_manifest_names_every_file_with_the_hash_that_it_has() -> None:
    files = dict(reply(typed("export", release(), ledger=(ROW,))).attachments)
    manifest = json.loads(files.pop("R-1-manifest.json"))
    assert manifest["ledger"] == {"events": 1, "head": "ab"}
    assert {f["name"] for f in manifest["files"]} == set(files)
    for file in manifest["files"]:
        assert hashlib.sha256(files[file["name"]].encode()).hexdigest() == file["sha256"]


def test_the_pack_holds_the_description_the_plan_and_the_record() -> None:
    files = dict(reply(typed("export", release(), ledger=(ROW,))).attachments)
    public = json.loads(files["R-1-release.json"])
    assert (public["id"], public["ledger"]["head"]) == ("R-1", "ab")
    assert {"R-1-plan.md", "R-1-plan.html", "R-1-plan.json"} <= set(files)
    assert json.loads(files["R-1-ledger.json"])[0]["hash"] == "ab"
    rows = list(csv.reader(io.StringIO(files["R-1-record.csv"])))
    assert dict(zip(rows[0], rows[1], strict=True))["Reason"] == "'=1+1", "a spreadsheet would take it for a formula"
