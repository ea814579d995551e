"""The one release of the small fake bot, the words that its message box completes, and its tour of two steps."""

from collections.abc import Mapping
from typing import Any

from bot.messages.model import Message

RELEASE_WORD = {"kind": "release", "label": "R-142", "choices": []}
WORDS = {
    "verbs": [
        {
            "verb": "plan",
            "help": "starts or continues the planning",
            "takes": [{"kind": "service", "label": "<service>", "choices": []}],
        },
        {"verb": "status", "help": "what is T-minus now", "takes": [RELEASE_WORD]},
        {"verb": "rollback", "help": "declares a rollback", "takes": [RELEASE_WORD]},
    ],
    "services": [{"value": "payments", "label": "Payments"}, {"value": "search", "label": "Search"}],
    "items": ["rollback"],
}


_POST = {
    "schedule_revision": 1,
    "n": 1,
    "audience": "team",
    "platform": "sandbox",
    "place": "#payments",
    "state": "pending",
    "sent_at": None,
    "message": None,
}
R1: Mapping[str, Any] = {
    "schema": 1,
    "id": "R-1",
    "service": "payments",
    "version": "2.4.1",
    "environment": "production",
    "phase": "planned",
    "start_at": "2026-11-24T15:00:00Z",
    "time_zone": "Europe/Berlin",
    "owner": "ana",
    "rollback_owner": "kai",
    "strategy": "canary",
    "canary_percent": 10,
    "verdict": "NO-GO UNTIL VERIFIED",
    "risk": {"score": 43, "band": "MEDIUM", "rubric": "1", "parts": {"inherent": 33, "evidence_gap": 10}},
    "findings": [
        {
            "code": "rollback_untested",
            "result": "missing",
            "subject": "rollback",
            "level": "MUST",
            "explanation": "Rollback was never tested.",
            "how": "Add it: `/release evidence R-1 rollback <link>`",
            "who": "kai",
        },
        {
            "code": "ci_verified",
            "result": "clear",
            "subject": "ci",
            "level": "MUST",
            "explanation": "CI: checked by demo-ci.",
            "how": None,
            "who": "ben",
        },
    ],
    "evidence": [{"kind": "ci", "standing": "verified", "source": "demo-ci", "url": "https://ci.example/runs/1"}],
    "consents": [
        {"id": "c1", "kind": "vote", "by": "kai", "vote": "go", "role": "on_call", "reason": "", "state": "valid"}
    ],
    "announcements": [
        {**_POST, "mark": "T-30", "occasion": "T-30", "due_at": "2026-11-24T14:30:00Z"},
        {**_POST, "mark": "T=0", "occasion": "T=0", "due_at": "2026-11-24T15:00:00Z"},
    ],
    "ledger": {"events": 1, "head": "ab934a5fe8e1be7f"},
}
LEDGER_ROW = {
    "seq": 1,
    "name": "PlanStarted",
    "person": "ana",
    "at": "2026-11-24T13:00:00Z",
    "body": {},
    "previous": "",
    "hash": "ab934a5fe8e1be7f",
}


class FakeDrills:
    """A tour of two steps, which does nothing but count."""

    step = 0

    async def do(self, what: str, subject: str = "") -> Message:
        del subject
        self.step = {"begin": 1, "next": self.step + 1, "end": 0}.get(what, self.step)
        return Message("Tour is over." if not self.step else "Tour goes on in #payments.")

    def describe(self) -> Mapping[str, object]:
        known = [
            {"name": "tour", "title": "Tour", "about": "one release from plan to T+30"},
            {"name": "ci", "title": "Failed pipeline", "about": "a red test, and its exception"},
        ]
        on = {"name": "tour", "step": self.step, "of": 2, "playing": False, "place": "#payments", "guide": None}
        return {"drills": known, "on": on if self.step else None}
