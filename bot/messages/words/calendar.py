"""Sentences of the calendar: freezes that people enter, end and list (G11)."""

from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    "ack.frozen": "Freeze {freeze} is on record. Releases inside it are judged again now; their teams hear why.",
    "ack.unfrozen": "Freeze {freeze} is ended. Releases that it held up are judged again now.",
    "ack.calendar_imported": "Imported. Freezes entered: {new}; ended or replaced: {gone}. Releases inside are judged again.",
    "calendar.moved": "the record of this SQLite file was moved to another database: name that one with --database. "
    "Nothing was entered",
    "refused.calendar_same": "Everything in that file is on record already, or over. Nothing was changed.",
    "refused.freeze_backwards": "The freeze would end before it begins. Give the start first, then the end.",
    "refused.freeze_long": "A freeze lasts at most {days} days. Give an earlier end; it can be entered again.",
    "refused.freeze_of_policy": (
        "{freeze} stands in the policy file, so it is ended there, by who keeps that file. Nothing was changed."
    ),
    "refused.freeze_over": "Freeze {freeze} is over already. Nothing was changed.",
    "refused.freeze_past": "That time is over. A freeze ends in the future.",
    "refused.freeze_same": "That very freeze is on record already: {freeze}.",
    "refused.freeze_unknown": "There is no freeze “{freeze}”. See /release freezes.",
    "refused.not_freeze_owner": "A freeze is ended by its owner or by who entered it: {who}. The attempt is on record.",
    "refused.not_freezer": (
        "A freeze is given by a service owner, decision maker or engineering lead of what it covers: {who}. "
        "The attempt is on record."
    ),
    "refused.scope_unknown": "“{scope}” is neither a service nor an environment. For all of them use everything.",
    "talk.freeze": "{id} {scope}: {start} to {end}; {reason}; owner {owner}",
    "talk.freeze_again": "{id} {scope}: {rule}, next {start} to {end}; {reason}; owner {owner}",
    "talk.freeze_rule": "{days} {from} to {to}, {zone}",
    "talk.freeze_daily": "every day",
    "talk.freeze_days_later": "{clock} ({days} days later)",
    "talk.freeze_next_day": "{clock} (the day after)",
    "talk.freeze_no_times": (
        "From when to when? Nothing was recorded. Type it like: "
        "/release freeze {scope} 2026-12-18 18:00 to 2027-01-04 06:00 <reason>"
    ),
    "talk.freezes": "Freezes",
    "talk.freezes_file": "{count} freezes as a calendar file; those that come again stand in the policy and are not in it.",
    "talk.no_freezes": "No freeze is ahead.",
    "talk.scope_all": "everything",
    "talk.unfreeze_usage": "Which freeze, and why does it end early? /release unfreeze F-3 <reason>",
    "help.usage.freeze": "freeze <service, environment or everything> <from> to <until> <reason> [owner @kai]",
    "help.about.freeze": "blocks releases in that time; by a service owner, decision maker or engineering lead",
    "help.usage.unfreeze": "unfreeze F-3 <reason>",
    "help.about.unfreeze": "ends a freeze early; by its owner or who entered it",
    "help.usage.freezes": "freezes [ics]",
    "help.about.freezes": "lists the freezes ahead, of the policy and of people; ics gives them as a calendar file",
    "form.freeze_title": "Freeze",
    "form.unfreeze_title": "End a freeze early",
    "form.freeze_hint": "A date alone is the whole day; a bare time is in {zone}",
    "field.scope": "What is frozen",
    "field.from": "From",
    "field.until": "Until",
    "field.freeze_owner": "Owner of the freeze",
    "field.freeze": "Freeze",
    "button.freeze": "Enter a freeze…",
    "button.freezes_ics": "Freezes as ICS file",
    "button.unfreeze": "End freeze {what}…",
    "day.0": "Mon",
    "day.1": "Tue",
    "day.2": "Wed",
    "day.3": "Thu",
    "day.4": "Fri",
    "day.5": "Sat",
    "day.6": "Sun",
}
