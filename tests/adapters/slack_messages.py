"""Any neutral message and any form, for properties: hostile words, four-byte letters, hundreds of lines."""

from datetime import UTC, datetime

from hypothesis import strategies as st

from bot.messages.model import (
    Actions,
    Block,
    Bullets,
    Button,
    Code,
    Context,
    Divider,
    Fields,
    Form,
    FormField,
    Heading,
    Link,
    Message,
    Table,
    Text,
)
from bot.messages.tokens import Token

HOSTILE = (
    "<!channel>",
    "<@U123>",
    "<https://evil.example|ok>",
    "&lt;!here&gt;",
    "*b*",
    "`c`",
    ":smile:",
    "<!date^1^x|y>",
    "",
)
words = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(max_size=30),
    st.builds(lambda t, n: t * n, st.sampled_from(["a", "🚀", "& ", "<@U1> ", "line\n", "é"]), st.integers(1, 4000)),
)
short = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=80))
instants = st.none() | st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - Hypothesis takes naive bounds
many = st.integers(0, 220)
ids = st.text("abcdefgh_", min_size=1, max_size=300)
buttons = st.builds(
    Button, ids, words, st.just(Token("go", "R-1").pack()), st.sampled_from(["default", "primary", "danger"])
)


def repeated(of: st.SearchStrategy[str]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.one_of(
        st.lists(of, max_size=6).map(tuple),
        st.builds(lambda text, n: tuple(f"{n}{text}" for n in range(n)), of, many),
    )


tables = st.integers(1, 25).flatmap(
    lambda width: st.builds(
        lambda head, row, n, label: Table(head, (row,) * n, label),
        st.tuples(*[short] * width),
        st.tuples(*[short] * width),
        st.integers(0, 130),
        short,
    )
)
blocks: st.SearchStrategy[Block] = st.one_of(
    st.builds(Heading, words),
    st.builds(Text, words, short, instants),
    st.builds(Bullets, repeated(words), st.booleans(), short),
    st.builds(Fields, st.lists(st.tuples(short, words), max_size=12).map(tuple), instants),
    tables,
    st.builds(Code, words, short),
    st.builds(Link, short, st.one_of(words, st.just("https://ci.example/runs/91"), st.just("javascript:alert(1)"))),
    st.builds(Context, words),
    st.builds(Divider),
    st.builds(Actions, st.lists(buttons, max_size=60).map(tuple)),
)
messages = st.builds(Message, words, st.lists(blocks, max_size=70).map(tuple), st.lists(short, max_size=30).map(tuple))
fields = st.builds(
    FormField,
    ids,
    words,
    st.sampled_from(["text", "textarea", "choice", "person", "date", "datetime"]),
    st.booleans(),
    st.one_of(
        st.just(()),
        st.builds(lambda t, n: tuple((f"{n}{t}", t) for n in range(n)), short, st.integers(0, 240)),
    ),
    words,
    words,
)
forms = st.builds(
    Form,
    ids,
    words,
    st.lists(fields, min_size=1, max_size=30, unique_by=lambda f: f.name[:254]).map(tuple),
    st.just(Token("approve", "R-1", 3, "x" * 80).pack()),
    words,
    st.lists(blocks, max_size=12).map(tuple),
)
