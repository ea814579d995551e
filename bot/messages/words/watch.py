"""Sentences about the health of a rollout (T1)."""

from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    "watch.crossed": "{metric} {value} {unit}, limit {limit} {unit} ({source}, {at})",
    "watch.within": "{metric} {value} {unit}, limit {limit} {unit} ({source}, {at})",
    "watch.between": "UNKNOWN — verify: {metric} is {value} {unit}, neither within the success limit {good} {unit} nor beyond "
    "the stop limit {limit} {unit} ({source}, {at})",
    "watch.firing": "alert {alert} fires ({source}, {at})",
    "watch.unhealthy": "health check fails ({source}, {at})",
    "watch.failed": "{source} calls it failed ({at})",
    "watch.no_data": "UNKNOWN — verify: look at the dashboard of {service}; no fresh sample is there",
    "watch.no_thresholds": "UNKNOWN — verify: {service} has no thresholds; compare with the hour before",
    "watch.no_value": "UNKNOWN — verify: {metric} on the dashboard; {source} has no value for it",
    "watch.silent": "UNKNOWN — verify: the health check; {source} did not say how it is",
    "watch.rollout": "the rollout is {rollout} ({source}, {at})",
    "watch.reported_ok": "{by} reports: ok ({metric})",
    "watch.reported_bad_before": "{by} reported bad at {at} ({metric}), and nothing since says otherwise",
    "watch.reported_bad": "{by} reports: bad ({metric})",
}
