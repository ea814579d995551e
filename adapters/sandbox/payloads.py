"""What callers send, checked: pydantic at this edge only. Texts are cleaned of what no database and no screen can hold."""

import re
from typing import Annotated, Any, Literal, TypeVar

from aiohttp import web
from pydantic import AfterValidator, AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from adapters.http.server import Fault, json_body

_KEEP = re.compile(r"[^\n\t\x20-\x7e\x85\xa0-\ud7ff\ue000-\U0010ffff]")


def clean(text: str) -> str:
    """The text without control characters and half surrogates; line ends are one kind."""
    return _KEEP.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _as_text(value: object) -> object:
    """A number or a yes or no typed into a form is text there; nothing is an empty text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value) if isinstance(value, int | float) else value


Name = Annotated[str, AfterValidator(clean), Field(min_length=1, max_length=100)]
Words = Annotated[str, AfterValidator(clean), Field(max_length=40_000)]
Value = Annotated[str, BeforeValidator(_as_text), AfterValidator(clean), Field(max_length=40_000)]
MessageId = Annotated[str, Field(pattern=r"^m[0-9]{1,15}$")]
FormId = Annotated[str, Field(pattern=r"^f[0-9]{1,15}$")]
_YEARS = 3 * 366 * 86_400


class _Body(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True, allow_inf_nan=False)


class SayBody(_Body):
    """Somebody types into a place. `receipt`: repeat it to deliver the same words again, as platforms do."""

    person: Name
    place: Name
    text: Words
    thread: MessageId | None = None
    receipt: Name | None = None


class PressBody(_Body):
    """Somebody presses a button; `token` presses an old copy of it."""

    person: Name
    message: MessageId
    button: Name
    token: Annotated[str, AfterValidator(clean), Field(max_length=1000)] | None = None
    receipt: Name | None = None


class FillBody(_Body):
    """Somebody sends a form off."""

    person: Name
    form: FormId
    values: Annotated[dict[Name, Value], Field(max_length=100)] = Field(default_factory=dict)
    receipt: Name | None = None


class ClockBody(_Body):
    """Turn the clock: exactly one of the three."""

    advance_s: Annotated[float, Field(ge=0, le=_YEARS)] | None = None
    to: AwareDatetime | None = None
    rate: Annotated[float, Field(ge=0, le=3600)] | None = None
    down: bool = False

    @property
    def wish(self) -> Literal["advance_s", "to", "rate"] | None:
        """Which of the three; None unless it is exactly one."""
        given: list[Literal["advance_s", "to", "rate"]] = []
        if self.advance_s is not None:
            given.append("advance_s")
        if self.to is not None:
            given.append("to")
        if self.rate is not None:
            given.append("rate")
        return given[0] if len(given) == 1 else None


class DemoBody(_Body):
    """What a demo source answers from now on; an empty set resets it."""

    source: Name
    set: Annotated[dict[str, Any], Field(max_length=100)] = Field(default_factory=dict)
    service: Name | None = None


class DrillBody(_Body):
    """Begin a drill by its name, or go on with the one that is on."""

    do: Literal["begin", "next", "play", "pause", "end"]
    name: Annotated[str, AfterValidator(clean), Field(max_length=100)] = ""


B = TypeVar("B", bound=_Body)


async def body_of(request: web.Request, kind: type[B]) -> B:
    """The body as that kind. Raises Fault 400, which names the field."""
    raw = await json_body(request)
    try:
        return kind.model_validate(raw)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False, include_context=False)[0]
        field = ".".join(str(part) for part in first["loc"]) or "body"
        raise Fault(400, "bad_request", f"{clean(field)[:80]}: {first['msg']}.") from error
