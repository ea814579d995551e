"""Links in every shape and wrapping that people paste, against a list that was written before the recogniser was read."""

from pathlib import Path

import pytest

from bot.domain.link_shapes import shape_of
from bot.domain.links import Owner, kind_of_host
from flows.parse_links import take_links

RECORDED = Path(__file__).parents[1] / "recorded" / "links" / "pasted.txt"
OWNERS = {
    host: Owner(f"our-{kind}", kind)
    for kind, hosts in {
        "github": "github.com www.github.com",
        "gitlab": "gitlab.com gitlab.acme.example:8443",
        "jenkins": "jenkins.acme.example ci.acme.example",
        "prometheus": "prometheus.acme.example",
        "alertmanager": "alerts.acme.example",
        "grafana": "grafana.acme.example",
        "argocd": "argocd.acme.example",
        "spinnaker": "spinnaker.acme.example",
        "unleash": "unleash.acme.example",
        "registry": "ghcr.io registry.acme.example:5000",
    }.items()
    for host in hosts.split()
}
NOBODY = "-"


def _lines() -> list[tuple[str, str, tuple[str, ...]]]:
    found = []
    for line in RECORDED.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            kind, _, rest = line.partition(" | ")
            pasted, _, named = rest.rpartition(" |")
            found.append((kind, pasted, tuple(named.split())))
    return found


LINES = _lines()


@pytest.mark.parametrize(("kind", "pasted", "named"), [one for one in LINES if one[0] != NOBODY])
def test_a_link_is_of_its_host_and_names_what_it_leads_to(kind: str, pasted: str, named: tuple[str, ...]) -> None:
    (url,) = take_links(pasted).links
    assert kind_of_host(url, OWNERS) == kind
    shape = shape_of(url, OWNERS)
    said = [] if shape is None else [str(value) for value in shape.fields.values()]
    assert not named or shape is not None
    assert [one for one in named if not any(one == value or f"/{one}" in value for value in said)] == []


@pytest.mark.parametrize("pasted", [pasted for kind, pasted, _ in LINES if kind == NOBODY])
def test_a_link_that_only_looks_like_one_is_nobodys(pasted: str) -> None:
    assert {kind_of_host(url, OWNERS) for url in take_links(pasted).links} <= {None}


def test_the_list_is_long() -> None:
    assert len(LINES) > 150
