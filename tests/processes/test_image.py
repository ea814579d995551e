"""The image without Docker: its Dockerfile is clean, and its tree serves as another user from files that it cannot write."""

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from bot.settings import Settings
from tests.processes.image import ROOT, USER, Image, build, contents, interpreter, stages, steps

TEXT = (ROOT / "Dockerfile").read_text()


@pytest.fixture(scope="module")
def image() -> Iterator[Image]:
    """The tree, with a program beside it that joins the platform of the tests."""
    root = Path(tempfile.mkdtemp(prefix="t-minus-image-"))
    root.chmod(0o755)
    made = build(root, TEXT)
    made.python = interpreter()
    beside = root / "beside"
    for name in ("tests/processes/served_bot.py", "tests/bot/app/local.py"):
        (beside / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, beside / name)
    for path in (root, *root.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() else 0o644)
    if os.geteuid() == 0:
        os.chown(root / "data", USER, USER)
    yield made
    shutil.rmtree(root)


def run(image: Image, command: list[str], **settings: str) -> "subprocess.Popen[str]":
    """The command in the image's own environment, as its user."""
    given = {name: value.replace("/venv/bin:$PATH", "/usr/bin:/bin") for name, value in image.environment.items()}
    given |= {
        "PYTHONPATH": os.pathsep.join(str(image.root / part) for part in ("app", "venv/site", "beside")),
        "HOME": str(image.root / image.environment["HOME"].lstrip("/")),
        "T_MINUS_DATA_DIR": str(image.root / "data"),
        "T_MINUS_CATALOGUE": str(image.root / "app/deploy/catalogue/demo.yaml"),
        "T_MINUS_EMAIL_DOMAINS": "acme.example",
        **{f"T_MINUS_{name}": value for name, value in settings.items()},
    }
    root = os.geteuid() == 0
    return subprocess.Popen(
        [image.argv(command)[0], "-S", *image.argv(command)[1:]],
        cwd=image.root / image.folder.lstrip("/"),
        env=given,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        user=USER if root else None,
        group=USER if root else None,
        extra_groups=[] if root else None,
    )


def told(process: "subprocess.Popen[str]") -> tuple[int, str]:
    """Its exit status and all that it said."""
    said, _ = process.communicate(timeout=60)
    return process.returncode, said


@pytest.mark.crash
@pytest.mark.unmeasured
def test_the_tree_serves_as_another_user_answers_its_health_check_and_writes_to_its_data_folder_alone(
    image: Image,
) -> None:
    before = {name: kept for name, kept in contents(image.root).items() if not name.startswith("data/")}
    status, said = told(run(image, [*image.entrypoint, *image.command]))
    assert (status, "no chat platform is configured" in said) == (1, True), said
    served = run(image, ["python", "-m", "tests.processes.served_bot", str(image.root / "data"), "0"], PORT="0")
    try:
        assert served.stdout is not None
        line = served.stdout.readline()
        assert "listens on 0.0.0.0:" in line, line
        port = line.split("0.0.0.0:")[1].split()[0]
        assert told(run(image, image.health, PORT=port)) == (0, "ok\n")
        served.send_signal(getattr(signal, next(s.rest for s in steps(TEXT) if s.word == "STOPSIGNAL")))
        assert served.wait(timeout=30) == 0
        assert told(run(image, image.health, PORT=port)) == (1, "no answer\n")
    finally:
        if served.poll() is None:
            served.kill()
        served.wait()
        if served.stdout is not None:
            served.stdout.close()
    assert {name: kept for name, kept in contents(image.root).items() if not name.startswith("data/")} == before
    assert (image.root / "data" / "t-minus.db").exists()


def test_the_dockerfile_is_clean_for_hadolint() -> None:
    found = subprocess.run(
        [Path(sys.executable).with_name("hadolint"), "--no-color", ROOT / "Dockerfile"],
        check=False,
        capture_output=True,
        text=True,
    )
    assert found.returncode == 0, found.stdout


def test_the_dockerfile_keeps_its_promises(image: Image) -> None:
    first, last = stages(steps(TEXT))
    assert [s.rest for s in first if s.word == "RUN" and "--require-hashes" in s.rest], (
        "what is locked is installed, no more"
    )
    assert all("slim" in s.rest and ":latest" not in s.rest for s in (first[0], last[0]))
    assert image.user == str(USER), "a number, so that an orchestrator can see that it is not root"
    assert [s.word for s in last].index("USER") > [s.word for s in last].index("RUN")
    assert image.command == ["serve"]
    assert not [s for s in last if s.word == "ADD" or (s.word == "COPY" and re.search(r"\s\.\s", f" {s.rest} "))]
    assert not re.search(r"(?i)(password|token|secret|key)=", TEXT)


def test_the_builder_is_sent_what_is_copied_and_no_more() -> None:
    ignored = (ROOT / ".dockerignore").read_text().splitlines()
    sent = {line[1:] for line in ignored if line.startswith("!")}
    copied = {
        source.rstrip("/")
        for step in steps(TEXT)
        if step.word == "COPY" and "--from" not in step.rest
        for source in step.rest.split()[:-1]
    }
    assert "*" in ignored
    assert sent == copied


def test_neither_the_image_nor_git_takes_what_an_operator_puts_beside_the_compose_file() -> None:
    text = (ROOT / "deploy" / "compose.yaml").read_text()
    own = {*re.findall(r"\./(secrets/\w+|t-minus)\b", text), *re.findall(r"env_file: \[(.+)\]", text)}
    assert {"secrets/sealing_key", "t-minus", "t-minus.env"} <= own
    copied = [s.rest.split()[0].rstrip("/") for s in steps(TEXT) if s.word == "COPY"]
    ignored = [line.strip("/") for line in (ROOT / ".gitignore").read_text().splitlines() if line]
    for name in own:
        assert not [c for c in copied if f"deploy/{name}".startswith(c)], f"{name} would stand in a layer"
        assert [i for i in ignored if f"deploy/{name}".startswith(i)], f"{name} could be committed"


def test_the_compose_file_runs_the_image_read_only_with_secrets_in_files_and_settings_that_exist() -> None:
    given = yaml.safe_load((ROOT / "deploy" / "compose.yaml").read_text())
    known = {f"T_MINUS_{name.upper()}" for name in Settings.model_fields}
    for name in ("bot", "migrate"):
        service = given["services"][name]
        assert service["read_only"]
        assert service["cap_drop"] == ["ALL"]
        assert "no-new-privileges:true" in service["security_opt"]
        assert service["tmpfs"]
        for variable, value in service["environment"].items():
            assert variable.removesuffix("_FILE") in known
            assert value.removeprefix("/run/secrets/") in service["secrets"]
            assert value.removeprefix("/run/secrets/") in given["secrets"]
    assert given["services"]["bot"]["depends_on"] == {"migrate": {"condition": "service_completed_successfully"}}
    assert "healthcheck" in given["services"]["database"]
    assert all(":latest" not in service.get("image", "") for service in given["services"].values())
    assert all(port.startswith("127.0.0.1:") for port in given["services"]["bot"]["ports"])
