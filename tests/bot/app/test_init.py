"""`init` asks a few things and writes files that doctor is content with, but for what only a person can add."""

import io
import json
import stat
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.app.doctor import examined
from bot.app.first_files import write_first_files
from bot.app.interview import ASKED_ROLES, Answers, BadAnswer, Interview, NewPerson, NewService
from bot.catalog.file import CatalogFile
from bot.clock import machine_time
from bot.domain.errors import BadFile
from bot.domain.people import Place
from bot.domain.service import Audience
from bot.settings import BadSettings, Settings, read_environment
from bot.store.migrate import upgrade
from tests.bot.app.local import local

ROOT = Path(__file__).parents[3]
PEOPLE = (
    "ana, Ana Lopez, ana@acme.example, U1",
    "kai, Kai Berg, kai@acme.example, U2",
    'lena, "Lena: O\'Hara" #1, lena@acme.example',
)
SERVICES = ("payments, 1, C1, C9", "search, 3, C2, C9")
ROLES = [""] * len(ASKED_ROLES)
LINES = ["slack", "Europe/Berlin", *PEOPLE, "", "", *ROLES, *SERVICES, ""]


def asked(lines: list[str], *, patient: bool = False) -> tuple[Answers, str]:
    out = io.StringIO()
    found = Interview(io.StringIO("\n".join(lines) + "\n"), out, patient=patient).run()
    return found, out.getvalue()


def platform_of_this_machine(path: Path) -> None:
    path.write_text(path.read_text().replace("slack:", "sandbox:").replace('"slack"', '"sandbox"'))


def test_a_script_answers_and_the_command_writes_four_files(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "bot", "init", "--folder", str(tmp_path / "new")]
    ran = subprocess.run(command, cwd=ROOT, input="\n".join(LINES) + "\n", capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    written = {str(p.relative_to(tmp_path / "new")) for p in (tmp_path / "new").rglob("*") if p.is_file()}
    assert written == {".env", "catalogue.yaml", "policy.yaml", "secrets/sealing_key"}
    assert "secrets/slack_bot_token" in ran.stdout
    assert "doctor --env .env" in ran.stdout
    mode = (tmp_path / "new/secrets/sealing_key").stat().st_mode
    assert stat.S_IMODE(mode) == 0o600
    before = (tmp_path / "new/.env").read_text()
    again = subprocess.run(command, cwd=ROOT, input="", capture_output=True, text=True, check=False)
    assert (again.returncode, "is there already" in again.stderr) == (1, True)
    assert (tmp_path / "new/.env").read_text() == before


async def test_doctor_is_content_but_for_what_only_a_person_can_add(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers, _ = asked(LINES)
    write_first_files(tmp_path, answers)
    monkeypatch.chdir(tmp_path)
    environment: dict[str, str] = {}
    read_environment(Path(".env"), environment)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    given_settings = Settings()
    first = await examined((), lambda: given_settings)
    assert {c.code for c in first.checks if not c.ok} == {"database", "platforms"}
    await upgrade(given_settings.database)
    platform_of_this_machine(tmp_path / "catalogue.yaml")
    joined = await examined([local(tmp_path)], lambda: given_settings)
    assert {c.code: c.sentence for c in joined.checks if not c.ok}.keys() <= {"scheduler", "gates"}
    assert all("lena" in c.sentence for c in joined.checks if c.code == "gates" and not c.ok), "whom nothing reaches"


def test_the_catalogue_says_what_was_answered(tmp_path: Path) -> None:
    answers, _ = asked(LINES)
    write_first_files(tmp_path, answers)
    catalog = CatalogFile(tmp_path / "catalogue.yaml", machine_time, tmp_path / "policy.yaml")()
    assert catalog.roster.people["lena"].name == '"Lena: O\'Hara" #1'
    assert catalog.roster.people["ana"].accounts == {"slack": "U1"}
    assert catalog.services["search"].channels[Audience.TEAM] == (Place("slack", "C2"),)
    assert catalog.services["search"].time_zone == "Europe/Berlin"
    assert answers.domains == ("acme.example",)


WRONG = [
    (0, "irc", "one of slack, teams, both"),
    (1, "Europe/Berln", "an IANA time zone"),
    (2, "Ana, Ana Lopez", "an id of small letters"),
    (2, "ana, Ana, a@x, U1, U2", "1 account"),
    (3, "ana, Ana again, ana2@acme.example", "not given before"),
    (3, "kai, Kai, kai@acme.example, u1", "not given before"),
    (3, "", "at least two people"),
    (6, "acme", "domains such as"),
    (7, "ana, ben", "who were named: ana, kai, lena"),
    (7 + len(ROLES), "payments, 9, C1, C9", "a tier from 1 to 5"),
    (7 + len(ROLES), "", "at least one service"),
    (8 + len(ROLES), "payments, 1, C1, C9", "not given before"),
]


@pytest.mark.parametrize(("at", "wrong", "told"), WRONG)
def test_a_wrong_answer_ends_a_script_and_is_asked_again_at_a_terminal(at: int, wrong: str, told: str) -> None:
    with pytest.raises(BadAnswer, match=told):
        asked([*LINES[:at], wrong, *LINES[at + 1 :]])
    answers, said = asked([*LINES[:at], wrong, *LINES[at:]], patient=True)
    assert told in said
    assert answers == asked(LINES)[0]


def test_answers_that_end_early_write_nothing_and_are_named(tmp_path: Path) -> None:
    with pytest.raises(BadAnswer, match="the answers end before the question: A service"):
        asked(LINES[:-3])
    assert not list(tmp_path.iterdir())


def test_two_platforms_take_two_accounts_and_whole_places() -> None:
    lines = [*LINES]
    lines[0] = "both"
    lines[2] = "ana, Ana Lopez, ana@acme.example, U1, 9f1c"
    with pytest.raises(BadAnswer, match="slack or teams:id"):
        asked(lines)
    lines[7 + len(ROLES) : 9 + len(ROLES)] = ["payments, 1, slack:C1, teams:19:x@thread.tacv2"]
    answers, _ = asked(lines)
    assert answers.people[0].accounts == {"slack": "U1", "teams": "9f1c"}
    assert answers.services[0].stakeholders == "teams:19:x@thread.tacv2"


LETTERS = st.characters(codec="utf-8", exclude_characters=",\n\r\x85\u2028\u2029", exclude_categories=["Cs", "Cc"])
NAMES = st.text(LETTERS, min_size=1).map(str.strip).filter(bool)


@given(NAMES, NAMES)
def test_whatever_is_typed_stays_text(name: str, account: str) -> None:
    from bot.app.first_files import _catalogue  # noqa: PLC0415 - what is written, without a disk for each case

    person = NewPerson("ana", name, "", {"slack": account})
    answers = Answers(("slack",), "UTC", (), (person,), {}, (NewService("s", 1, f"slack:{account}", "slack:C"),))
    read = yaml.safe_load(_catalogue(answers))
    assert read["people"]["ana"] == {"name": name, "accounts": {"slack": account}}
    assert read["services"]["s"]["channels"]["team"] == [f"slack:{account}"]
    assert json.dumps(read)


def test_a_file_of_settings_sets_what_is_not_set_and_a_bad_line_is_named(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("# one\n\nexport T_MINUS_PORT=9000\nT_MINUS_HOST='::1'\nT_MINUS_POLICY=\"p = q.yaml\"\n")
    environment = {"T_MINUS_PORT": "1"}
    read_environment(file, environment)
    assert environment == {"T_MINUS_PORT": "1", "T_MINUS_HOST": "::1", "T_MINUS_POLICY": "p = q.yaml"}
    file.write_text("T_MINUS_PORT=1\nhunter2\n")
    with pytest.raises(BadSettings, match="line 2: expected T_MINUS_NAME=value") as told:
        read_environment(file, environment)
    assert "hunter2" not in str(told.value)
    with pytest.raises(BadFile, match="expected a readable"):
        read_environment(tmp_path / "none", environment)
