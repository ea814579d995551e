"""Slack's own types, checked by the TypeScript compiler: every golden card and form, and both manifests, in one run."""

import json
import subprocess
from pathlib import Path

import pytest
import yaml

from adapters.slack.checks import SCOPES
from tests.adapters.slack_counterparts import MODULES

ROOT = Path(__file__).parents[3]
GOLDEN = ROOT / "tests" / "golden" / "slack"
MANIFESTS = sorted((ROOT / "deploy" / "slack").glob("manifest*.yaml"))
HEAD = """import type { HomeView, KnownBlock, ModalView } from "@slack/types";
import type { Manifest } from "./node_modules/@slack/web-api/dist/types/request/manifest.js";
interface Post { text: string; blocks: KnownBlock[]; unfurl_links: boolean; unfurl_media: boolean }
export const all: [Post[], ModalView[], HomeView[], Manifest[]] = """
OPTIONS = ["--noEmit", "--strict", "--skipLibCheck", "--module", "nodenext", "--moduleResolution", "nodenext"]


def checked(folder: Path, posts: list[object], views: list[object], manifests: list[object]) -> str:
    """What the compiler says; empty where all is well."""
    (folder / "node_modules").symlink_to(MODULES)
    home = (
        {"type": "home", "blocks": posts[0]["blocks"]}
        if posts and isinstance(posts[0], dict)
        else {"type": "home", "blocks": []}
    )
    (folder / "all.ts").write_text(f"{HEAD}{json.dumps([posts, views, [home], manifests])};\n")
    (folder / "package.json").write_text('{"type": "module"}')
    command = [str(MODULES / ".bin" / "tsc"), *OPTIONS, "all.ts"]
    ran = subprocess.run(command, cwd=folder, check=False, capture_output=True, text=True)
    return ran.stdout + ran.stderr


def test_what_slack_is_sent_has_slack_s_own_types(tmp_path: Path) -> None:
    posts = [json.loads(file.read_text()) for file in sorted(GOLDEN.glob("message-*.json"))]
    views = [json.loads(file.read_text()) for file in sorted(GOLDEN.glob("view-*.json"))]
    manifests = [yaml.safe_load(file.read_text()) for file in MANIFESTS]
    assert len(posts) > 10
    assert len(views) > 3
    assert len(manifests) == 2
    assert checked(tmp_path, posts, views, manifests) == ""


def test_the_compiler_would_see_a_fault(tmp_path: Path) -> None:
    post = json.loads((GOLDEN / "message-possible-living.json").read_text())
    post["blocks"][0]["text"]["type"] = "mrkdwn"
    manifest = yaml.safe_load(MANIFESTS[0].read_text())
    manifest["oauth_config"]["scopes"]["bot"].append("chat:wriet")
    said = checked(tmp_path, [post], [], [manifest])
    assert "mrkdwn" in said
    assert "wriet" in said


@pytest.mark.parametrize("file", MANIFESTS, ids=lambda f: f.name)
def test_the_manifests_ask_for_what_doctor_checks_and_fit(file: Path) -> None:
    manifest = yaml.safe_load(file.read_text())
    assert sorted(manifest["oauth_config"]["scopes"]["bot"]) == sorted(SCOPES)
    assert len(manifest["display_information"]["name"]) <= 35
    assert len(manifest["display_information"]["description"]) <= 140
    assert all(len(one["name"]) <= 24 and len(one["description"]) <= 150 for one in manifest["features"]["shortcuts"])
    for scope in SCOPES:
        assert f"`{scope}`" in (ROOT / "docs" / "how-to" / "slack.md").read_text()
