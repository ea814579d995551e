"""Sentences of doctor about the sources of evidence: whether they answer, and what their credentials allow."""

from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    "check.source_answers": "{source}: answers.",
    "check.source_answers_bad": "{source}: does not answer as it should ({why}).",
    "check.source_answers_fix": "Look at its address, credential and certificates: docs/how-to/evidence/index.md.",
    "check.source_reads": "{source}: verified that its credential cannot change {place}.",
    "check.source_reads_bad": "{source}: its credential may do more than read in {place}: {what}.",
    "check.source_reads_fix": "Give it the least permission that its page in docs/how-to/evidence names, and no other.",
    "check.source_sees": "{source}: sees {what}.",
    "check.source_sees_bad": "{source}: cannot see {what}.",
    "check.source_sees_fix": "Give its credential the right to read it, or correct the name in the catalogue: "
    "docs/how-to/evidence/index.md.",
    "check.source_untold": "{source}: answers. {place} does not tell what this credential may do; it is used to read alone.",
    "check.source_doors": "{source}: verified that nothing can be changed through it: admin API, reload and remote write "
    "are off.",
    "check.source_doors_bad": "{source}: whoever reaches it may do more than read, the bot too: {what}.",
    "check.source_doors_fix": "Switch that off, or let a proxy in front answer only what is listed in "
    "docs/how-to/evidence/prometheus.md.",
    "check.source_open": "{source}: answers. An Alertmanager knows no rights: whoever reaches it may silence alerts, unless a "
    "proxy in front refuses that, which cannot be told by reading. T-Minus reads alone.",
    "check.source_pulls": "{source}: verified that the token it gives can only pull. Whether the credential could be given more "
    "cannot be told by reading.",
    "check.source_rights_bad": "{source}: what its credential may do in {place} could not be verified ({why}).",
    "check.source_rights_fix": "T-Minus reads only; give the credential no more either: docs/how-to/evidence/kubernetes.md.",
}
