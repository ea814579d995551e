"""Whether a signature or attestation lies beside an image: by the referrers of OCI 1.1, by their tag, by the tags of cosign.

A registry without referrers answers 404 as one that has none: only after all ways it is said that there is none. That one is
there says nothing of what it says; it is not verified here.
"""

import asyncio
import re

from adapters.evidence.registry.api import Registry
from adapters.evidence.told import rows, words
from adapters.http.answers import Seen, Unavailable

_KINDS = re.compile(r"sigstore|in-toto|cosign|notary|slsa", re.IGNORECASE)
_TAGS = (".sig", ".att")


async def vouched_for(api: Registry, digest: str) -> bool | Unavailable:
    """True where there is one; Unavailable where one of the ways could not be asked and no other one found any."""
    tag = digest.replace(":", "-")
    found = await asyncio.gather(_listed(api, digest, tag), *(_there(api, f"{tag}{ending}") for ending in _TAGS))
    if any(one is True for one in found):
        return True
    return next((one for one in found if isinstance(one, Unavailable)), False)


async def _listed(api: Registry, digest: str, tag: str) -> bool | Unavailable:
    answer = await api.referrers(digest)
    if isinstance(answer, Unavailable) and answer.code == "not_found":
        answer = await api.index(tag)
    if isinstance(answer, Seen):
        kinds = [words(one.get("artifactType")) for one in rows(answer.data, "manifests")]
        return any(_KINDS.search(kind) for kind in kinds)
    return False if answer.code == "not_found" else answer


async def _there(api: Registry, tag: str) -> bool | Unavailable:
    answer = await api.tag(tag)
    if isinstance(answer, Seen):
        return True
    return False if answer.code == "not_found" else answer
