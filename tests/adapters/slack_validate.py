"""Asks Slack's own validator about every golden card and form: a gate by hand before a version is published; it needs Slack.

`python -m tests.adapters.slack_validate`. blocks.validate is public and takes no token; nothing but golden messages is sent.
"""

import argparse
import asyncio
import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from adapters.slack.api import SLACK, Api, Refused, TooFast, Unsure

GOLDEN = Path(__file__).parents[1] / "golden" / "slack"
TRIES = 3


def golden() -> Iterator[tuple[str, str, Any]]:
    """The name of each file, whether it is a message or a view, and what it holds."""
    for kind in ("message", "view"):
        for file in sorted(GOLDEN.glob(f"{kind}-*.json")):
            yield file.name, kind, json.loads(file.read_text())


async def wrong(api: Api, kind: str, held: object) -> list[str]:
    """What Slack finds wrong with it. Raises TooFast, Unsure, and Refused where it is about something else."""
    for last in (False,) * (TRIES - 1) + (True,):
        try:
            await api.call("", "blocks.validate", **{kind: held})
        except TooFast as error:
            if last:
                raise
            await asyncio.sleep(error.seconds)
        except Refused as error:
            found = error.body.get("errors")
            if not isinstance(found, list):
                raise
            return [_line(one) for one in found if isinstance(one, Mapping)]
        else:
            return []
    raise AssertionError


async def run(url: str) -> int:
    """0: Slack takes all of them; 1: not all; 2: it could not be asked."""
    api = Api(url)
    await api.start()
    asked = faults = 0
    try:
        for name, kind, held in golden():
            for line in await wrong(api, kind, held):
                faults += 1
                print(f"{name}: {line}")
            asked += 1
    except (Refused, TooFast, Unsure) as error:
        print(f"after {asked}: Slack could not be asked: {type(error).__name__} {error}")
        return 2
    finally:
        await api.stop()
    print(f"{asked} messages and views, {faults} faults")
    return 1 if faults else 0


def _line(found: Mapping[str, Any]) -> str:
    return " ".join(str(found.get(name, "")) for name in ("pointer", "code", "message"))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--api", default=SLACK, help="where the Web API is")
    sys.exit(asyncio.run(run(parser.parse_args().api)))
