"""The app package is what Teams takes: valid by Microsoft's own schema, with icons of the right sizes, the same every time."""

import json
import struct
import zipfile
import zlib
from pathlib import Path

import pytest
from jsonschema import Draft7Validator

from bot.app.teams_package import FOLDER, manifest, write_package
from bot.cli import main
from bot.domain.errors import BadFile

APP = "11111111-2222-3333-4444-555555555555"
SCHEMAS = Path(__file__).parents[2] / "counterparts/node_modules/@microsoft/app-manifest/build/json-schemas/teams"


@pytest.mark.parametrize("slash", [False, True])
def test_the_manifest_is_valid_by_microsoft_s_schema(slash: bool) -> None:  # noqa: FBT001 - a column of the table
    made = manifest(APP, "https://t-minus.acme.example", slash=slash)
    schema = json.loads((SCHEMAS / "v1.29" / "MicrosoftTeams.schema.json").read_text(encoding="utf-8-sig"))
    assert [e.message for e in Draft7Validator(schema).iter_errors(made)] == []
    assert made["validDomains"] == ["t-minus.acme.example"]
    assert made["bots"][0]["botId"] == made["id"] == APP
    assert made["bots"][0].get("supportsTargetedMessages", False) is slash


def test_the_command_line_writes_the_same_zip_every_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    for name, value in {
        "APP_ID": APP, "APP_PASSWORD": "x" * 40, "TENANT": "72f988bf-0000-0000-0000-000000000001",
    }.items():  # fmt: skip
        monkeypatch.setenv(f"T_MINUS_TEAMS_{name}", value)
    assert main(["teams-package", "--output", "a.zip"]) == 1
    assert "T_MINUS_PUBLIC_URL" in capsys.readouterr().err
    monkeypatch.setenv("T_MINUS_PUBLIC_URL", "https://t-minus.acme.example/")
    for name in ("a.zip", "b.zip"):
        assert main(["teams-package", "--output", name]) == 0
    assert Path("a.zip").read_bytes() == Path("b.zip").read_bytes()
    with zipfile.ZipFile("a.zip") as package:
        assert sorted(package.namelist()) == ["color.png", "manifest.json", "outline.png"]
        for name, side in (("color.png", 192), ("outline.png", 32)):
            assert struct.unpack(">II", package.read(name)[16:24]) == (side, side)


def test_the_outline_icon_is_white_on_nothing_as_teams_wants_it() -> None:
    raw = (FOLDER / "outline.png").read_bytes()
    packed, at = b"", 8
    while at < len(raw):
        length, kind = struct.unpack(">I4s", raw[at : at + 8])
        packed += raw[at + 8 : at + 8 + length] if kind == b"IDAT" else b""
        at += length + 12
    rows = zlib.decompress(packed)
    assert {rows[n] for n in range(0, len(rows), 1 + 32 * 4)} == {0}, "rows as they are, without a filter"
    seen = {rows[n + 1 + 4 * x : n + 5 + 4 * x] for n in range(0, len(rows), 1 + 32 * 4) for x in range(32)}
    assert {dot[3] for dot in seen} >= {0, 255}
    assert all(dot[:3] == b"\xff" * 3 or dot[3] == 0 for dot in seen)


def test_without_an_application_id_or_a_place_to_write_it_says_what_is_needed(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="T_MINUS_TEAMS_APP_ID"):
        write_package(tmp_path / "a.zip", None, "https://a.example")
    with pytest.raises(BadFile, match="cannot be written"):
        write_package(tmp_path / "none" / "a.zip", APP, "https://a.example")
