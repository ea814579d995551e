"""Whatever anybody types, presses or fills in, for any verb: an answer, and never "something went wrong".

`T_MINUS_WORDS=<n>` tries n times as many.
"""

import asyncio
import os
import tempfile
from dataclasses import dataclass, field, replace
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.evidence import Kind
from bot.domain.people import Place
from bot.messages.heard import Asked, Filled, Heard, Pressed, Said
from bot.messages.tokens import Token
from bot.messages.words.sentences import ALL
from bot.store import open_store
from flows.index import VERBS
from tests.flows.talk import HOME, Talk
from tests.sqlite import fresh_sqlite_url

TRIES = 8 * int(os.environ.get("T_MINUS_WORDS", "1"))
PEOPLE = ("ana", "kai", "lena", "mia", "priya", "quinn", "ben", "sam", "release-bot", "visitor", "")
PLACES = (HOME, Place("sandbox", "#releases"), Place("sandbox", "@ana"), Place("sandbox", "#nowhere"))
PLAIN = r"""
payments | ledger | search | paymentz | 2.4.1 | v3 | production | staging | * | everything | R-1 | R-2 | r1 | #1
R-999999999 | R-0 | F-1 | c1 | at | 15:00 | 25:61 | at 02:30 on 2027-03-28 | tomorrow | yesterday | 31 November
12/11/2026 | 2026-12-24 | 2026-12-24T15:00Z | 0000-00-00 | 9999-12-31 | 9999-12-31 23:59 | 0001-01-01 00:00
in 999999999 days | in 5 min | in 99999999999999 h | +14:00 | UTC+99 | Europe/Berlin | Mars/Olympus
America/Argentina/ComodRivadavia | until Friday | from Monday to Sunday | 24:00 | canary 10% | canary 0% | 1e400
-1 | 0 | 101 | 10, 50, 100 | 5 10 | 0x1F | NaN | inf | @kai | @ | @nobody | owner @mia | <@U1> | Kai | owner
rollback_owner | version | strategy | blue-green | steps | data_change | https://git.acme.example/a
http://[::1 | https:// | http://[ | javascript:alert(1) | https://ci.acme.example/runs/7?x=1&y=2#z
hTTps://A.B/%zz | test:coverage | coverage | freeze | clash | risk:migration
because the drill of November was read | lgtm | ok | always | digest | 08:30 | mine | week | today | all | end
ics | yes | no | I don't know | Approve-Risk: | approve-risk | `code` | *bold* | ' | " | % | %25 | { | }
{release} | %s | / | = | ; | ,
"""
GOOD = """
plan payments 2.4.3 at 2026-12-24 15:00 canary 10% rollback tested on 2026-11-03 redeploy 10 min
plan ledger 7.1.1 to staging tomorrow 15:00 UTC owner @kai expand migration
amend R-1 steps 10, 50, 100
amend R-1 rollback_owner @mia
amend R-1 strategy blue-green
owner R-1 @kai
move R-1 16:00 the support shift begins an hour later
move R-1 2026-12-24 16:00 Europe/Berlin because the support shift begins later
resume R-1 at 2026-12-24 16:00
evidence R-1 rollback tested on 2026-11-03 https://git.acme.example/runbooks/a.md restore 10 min
evidence R-1 ci https://ci.acme.example/runs/7 all checks passed yesterday
na R-1 flags there is no flag in this change at all
ask R-1 rollback @ben
exception R-1 freeze owner @kai until 2026-12-24 because the shops are closed over the holidays
exception R-1 test coverage owner @kai until 2026-12-24 mitigation Kai watches https://ci.acme.example/runs/7 because it is off
approve R-1 the drill of November was read and the limits fit
decline R-1 the drill of November was in another region
withdraw R-1 the drill of November was in another region
no-go R-1 support is not staffed before the evening shift
go R-1 support was asked and will be staffed
start R-1 at 14:05
step R-1 50%
health R-1 bad error rate 4 %
health R-1 ok p95 at 200 ms
hold R-1 the alert of the ledger is flapping
rollback R-1 errors at 4 %
lesson R-1 drills pay off
delegate @ben until 2026-12-04 12:00
freeze payments 2026-12-24 18:00 2026-12-27 08:00 the shops are closed over the holidays owner @lena
freeze * from Friday 16:00 to Monday 06:00 the shops are closed
unfreeze F-1 the holidays are over sooner
breakglass payments 2.4.9 INC-7 customers cannot pay since the certificate ran out
review R-1 the certificate ran out; the sign-offs of two; an alert a month before
subscribe digest 7:45 America/New_York always
subscribe payments
metrics payments
list payments
service payments
help approve
drill tour
"""
"""Lines that mean something; one or two words of them are then another."""
ODD = (
    *("\u0000", "\n", "\t", "\u202e", "\U0001f600", "\u00df", "\u0130", "|", "\\", "\u2014", "\u201cquoted\u201d"),
    *("\u00b2", "\u0661\u0660", "\uff19\uff19", "9" * 400, "9" * 5000),
)
FRAGMENTS = (
    *(one for line in PLAIN.strip().splitlines() for one in line.split(" | ")),
    *ODD,
    *(kind.value for kind in Kind),
)
WORDS = st.lists(st.one_of(st.sampled_from(FRAGMENTS), st.text(max_size=8)), max_size=7).map(" ".join)


@st.composite
def spoiled(draw: st.DrawFn) -> tuple[str, str]:
    """A verb and its words, of a good line in which words were left out, put in or mistaken."""
    verb, *words = draw(st.sampled_from(GOOD.strip().splitlines())).split(" ")
    for _ in range(draw(st.integers(0, 3))):
        at = draw(st.integers(0, len(words)))
        put = draw(st.sampled_from((*FRAGMENTS, "")))
        words[at : at + draw(st.integers(0, 2))] = [put] if put else []
    return verb, " ".join(words)


LONG = "9" * 4_400
"""More digits than Python turns into a number."""
FAR = (
    *(
        f"amend R-1 steps {LONG}",
        f"amend R-1 steps 5 {LONG}",
        f"step R-1 {LONG}%",
        f"R-{LONG} status",
        f"status R-{LONG}",
    ),
    *(f"plan payments 2.4.1 canary {LONG}%", f"plan payments {LONG}.{LONG}", f"plan payments 2.4.1 at 2026-{LONG}-01"),
    *(f"move R-1 {LONG}:00 because the shift begins later", f"move R-1 in {LONG} min because the shift begins later"),
    *(f"evidence R-1 rollback tested on 2026-11-03 {LONG} min", f"unfreeze F-{LONG} the shops are open again"),
    *(f"subscribe digest {LONG}:00", f"resume R-1 at UTC+{LONG}:99", "delegate @ben until 9999-12-31"),
    *("freeze payments 0001-01-01 00:00 9999-12-31 the shops are closed always", "plan payments 3.0 in 99999999 weeks"),
    *("move R-1 0001-01-01 00:30 Asia/Tokyo because it is so old", "start R-1 at 0001-01-01 00:00 Asia/Tokyo"),
    *("plan payments 3.0 at 9999-12-31 23:59 America/New_York", "start R-1 at 9999-12-31 23:59 America/New_York"),
    *(
        "evidence R-1 ci http://[::1",
        "plan payments 2.4.1 http://[::1/x",
        "plan payments 4 https://ci.acme.example:abc/runs/7",
    ),
)
SUBJECTS = st.one_of(
    st.sampled_from(("", "risk:migration", "sign_off:peer", "exception:freeze", "x:y", "c1", "F-1", "rollback", "ci")),
    st.text(max_size=12),
)
FIELDS = """
reason note scope from until owner person service version environment start time text link date tested way field value
check details mitigation expires what item happened skipped change lesson safe worked improve percent metric incident freeze
"""
LISTED = tuple(VERBS.values())


TROUBLE = ("talk.trouble", "talk.corrupt", "talk.unwritable", "talk.unsure")


@dataclass(frozen=True)
class Act:
    """What is done: how, by whom, where, with which verb, words, token and values of a form."""

    how: str
    who: int
    place: int
    thread: bool
    verb: str
    words: str
    token: str = ""
    values: dict[str, str] = field(default_factory=dict)


@st.composite
def anything(draw: st.DrawFn) -> Act:
    """By anybody, anywhere."""
    verb = draw(st.sampled_from(LISTED))
    name = draw(st.sampled_from((verb.name, verb.typed, *verb.aliases, *verb.tokens)))
    how = draw(st.sampled_from(("asked", "asked", "asked", "raw", "said", "told", "pressed", "filled", "filled")))
    token = Token(
        verb=name,
        release=draw(st.sampled_from(("R-1", "R-1", "R-1", "", "R-2", "R-77", "R-x"))),
        revision=draw(st.sampled_from((0, 1, 2, -1, 10**12))),
        subject=draw(SUBJECTS),
        choice=draw(SUBJECTS),
    )
    plain = (name, draw(WORDS))
    name, words = draw(spoiled()) if how in {"asked", "told"} else plain
    return Act(
        how=how,
        who=draw(st.integers(0, len(PEOPLE) - 1)),
        place=draw(st.integers(0, len(PLACES) - 1)),
        thread=draw(st.booleans()),
        verb=name,
        words=words,
        token=token.pack() if draw(st.integers(0, 9)) else draw(st.text(max_size=30)),
        values=draw(st.dictionaries(st.sampled_from(FIELDS.split()), WORDS, max_size=6)) if how == "filled" else {},
    )


async def prepared(talk: Talk) -> None:
    """A release that waits for consents, one that is asked about, and a freeze."""
    await talk.planned()
    await talk.ask("ana", "plan ledger 7.1.0 at 18:00", Place("sandbox", "#ledger"))
    await talk.ask("lena", "freeze search 2026-12-24 2026-12-27 the shops are closed over the holidays")
    await talk.delivered()


def heard_as(act: Act, talk: Talk, root: str) -> Heard:
    """The act as a platform would bring it."""
    who, place = PEOPLE[act.who], PLACES[act.place]
    actor, at_place, receipt, at = talk.who(who or "sam", place)
    head = (replace(actor, person=who), at_place, receipt, at, root if act.thread else None)
    match act.how:
        case "asked":
            return Asked(*head, verb=act.verb, words=act.words)
        case "raw":
            verb, _, words = act.words.partition(" ")
            return Asked(*head, verb=verb, words=words)
        case "said":
            return Said(*head, text=act.words)
        case "told":
            return Said(*head, text=f"{act.verb} {act.words}")
        case "pressed":
            return Pressed(*head, token=act.token)
    return Filled(*head, token=act.token, values=act.values)


async def answered(acts: list[Act], folder: Path) -> None:
    async with open_store(fresh_sqlite_url(folder)) as store:
        talk = Talk(store)
        await prepared(talk)
        root = await talk.root("R-1")
        for act in acts:
            heard = heard_as(act, talk, root)
            told = str(await talk.hear(heard))
            assert not [code for code in TROUBLE if ALL[code][:34] in told], (heard, told)
            assert "Traceback" not in told


@settings(max_examples=TRIES, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(anything(), min_size=20, max_size=30))
def test_every_word_gets_an_answer(acts: list[Act]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(answered(acts, Path(folder)))


async def test_numbers_and_days_beyond_all_measure_get_an_answer(talk: Talk) -> None:
    await prepared(talk)
    root = await talk.root("R-1")
    for words in FAR:
        for told in (await talk.ask("ana", words), await talk.ask("lena", words), await talk.say("ana", words, root)):
            assert not [code for code in TROUBLE if ALL[code][:34] in str(told)], words[:80]
