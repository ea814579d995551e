"""Sentences of standing orders: who signs for whom, who hears what, and the daily digest."""

from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    "ack.delegated": (
        "{person} may give the sign-offs that are asked of you until {until_at}, but not on a release that one of you asked "
        "for, owns or wrote. Risks, exceptions and the go stay with you and your deputies. /release delegate end takes it back."
    ),
    "ack.delegation_ended": "Ended: nobody signs for anybody between you and {person} any more. What was signed stays.",
    "ack.subscribed": "This place hears the announcements of {service} from T=0 on, and when it is held, moved or rolled back.",
    "ack.subscribed_digest": "The digest comes here every day at {clock} ({zone}), on days that have something to tell.",
    "ack.unsubscribed": "This place hears no more of it.",
    "refused.nothing_to_delegate": "You hold no role whose sign-off could be delegated. Nothing was changed.",
    "refused.delegate_self": "That is you. A delegate is another human being. Nothing was changed.",
    "refused.delegate_outside": (
        "{person} has no place in the team of a service that you sign for, so they could sign nothing. Able are: {who}."
    ),
    "refused.delegation_past": "That time is over. A delegation ends in the future.",
    "refused.delegation_long": "A delegation lasts at most {days} days. For longer the role changes in the catalogue.",
    "refused.no_delegation": "There is no delegation of yours that could end.",
    "refused.subscribe_private": (
        "{service} is private: it announces in its own channels and to its people alone. Nothing was changed."
    ),
    "refused.subscribed_already": "This place hears of {service} already: by the catalogue, or because somebody asked for it.",
    "refused.not_subscribed": "This place is not subscribed to that. See /release subscribe.",
    "refused.subscribed_by_catalogue": (
        "This place hears of {service} by the catalogue, and that ends there: take the channel out of the entry of {service}. "
        "Nothing was changed."
    ),
    "refused.digest_clock": "“{clock}” is no time of day. Type it like: /release subscribe digest 08:30",
    "talk.delegate_usage": (
        "Who signs for you, and until when? /release delegate @lena until 2026-12-04. To take it back: /release delegate end"
    ),
    "talk.digest_zone": "“{zone}” is no time zone that is known here. Use a name such as Europe/Berlin.",
    "talk.subscribe_none": (
        "This place is subscribed to nothing. /release subscribe <service> brings its announcements here, "
        "/release subscribe digest 08:30 a daily digest."
    ),
    "talk.subscribe_usage": "/release unsubscribe <service or digest> ends one of them.",
    "talk.subscribe_more": (
        "/release subscribe <service> brings the announcements of another one here, "
        "/release subscribe digest 08:30 a daily digest."
    ),
    "talk.subscribed_team": "{services} (by the catalogue, as a channel of the team)",
    "talk.subscribed_stakeholders": "{services} (by the catalogue, from T=0 on)",
    "talk.subscribed_to": "This place hears",
    "talk.subscribed_digest": "the digest, every day at {clock} ({zone})",
    "help.usage.delegate": "delegate @lena until <date>",
    "help.about.delegate": "lets somebody of the team give your sign-offs for a while; delegate end takes it back",
    "help.example.delegate": "delegate @lena until 2026-12-04",
    "help.usage.undelegate": "undelegate",
    "help.about.undelegate": "ends a delegation, by who gave it or who was given it",
    "help.usage.subscribe": "subscribe [service or digest] [08:30] [always]",
    "help.about.subscribe": "brings the announcements of a service, or a daily digest, to this place",
    "help.example.subscribe": "subscribe digest 08:30",
    "help.usage.unsubscribe": "unsubscribe [service or digest]",
    "help.about.unsubscribe": "ends that",
    "help.example.unsubscribe": "unsubscribe payments",
    "form.delegate_title": "Let somebody sign for you",
    "field.delegate": "Who signs",
    "card.signed_for": "{who} for {of}",
    "card.delegate": "{who} signs for {of} until {until}",
    "card.label_delegates": "Standing in",
    "answer.label_delegates": "Delegates",
    "order.delegated": "{of} lets you give the sign-offs that are asked of them, until {until}.",
    "order.delegated_then": (
        "You sign in your own name, as their delegate, and it is on record as that. /release home shows what waits for you; "
        "/release undelegate ends it."
    ),
    "digest.title": "{day}: {releases}, {waiting}, {freezes}",
    "digest.releases": "{count} releases today",
    "digest.release_one": "1 release today",
    "digest.release_none": "no release today",
    "digest.waiting": "{count} waiting for somebody",
    "digest.waiting_none": "nothing waits",
    "digest.freezes": "{count} freezes",
    "digest.freeze_one": "1 freeze",
    "digest.freeze_none": "no freeze",
    "digest.label_releases": "Today",
    "digest.label_waiting": "Waiting for",
    "digest.label_freezes": "Frozen",
    "digest.release": "{at}: {word} · {title}",
    "digest.waits": "{release}: {what}",
    "digest.question": "an answer of {who}",
    "digest.more": "And {count} more: /release list.",
    "digest.late": "Due at {due}; this one is late.",
    "digest.end": "/release unsubscribe digest ends this. As of {at}.",
}
