"""Sentences of the figures of delivery and of exports (A3, A5)."""

from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    "help.usage.export": "export R-142",
    "help.about.export": "gives the evidence pack: plan, description and record, with their hashes",
    "help.usage.metrics": "metrics [service]",
    "help.about.metrics": "shows the figures of delivery of the last 90 days",
    "export.title": "Evidence pack of {title}",
    "export.note": "{count} files. The manifest holds the SHA-256 of each, and the head of the record: {head}.",
    "metrics.title": "Delivery of {what}, last {days} days",
    "metrics.all": "all services",
    "metrics.none": "No release started in that time, so there is nothing to count.",
    "metrics.frequency": "Deployment frequency",
    "metrics.per_week": "{count} started, {week} a week",
    "metrics.lead": "Lead time, plan to start",
    "metrics.failures": "Change failure rate",
    "metrics.share": "{part} of {all}",
    "metrics.recovery": "Time to recovery, rollback declared to done",
    "metrics.approval": "Approval latency, plan to go",
    "metrics.accepted": "Exceptions and risks accepted",
    "metrics.emergencies": "Emergencies",
    "metrics.without_go": "Started without GO",
    "metrics.late": "Posts of marks that were late",
    "metrics.no_case": "no case",
    "metrics.note": "Times are medians. Counted at {at}; the releases that were counted are in the file.",
}
