"""Every kind of source that a file declares can be configured."""

from importlib import import_module
from pkgutil import walk_packages

from adapters import evidence
from adapters.evidence.index import KINDS
from adapters.evidence.source_kind import SourceKind


def test_every_kind_that_a_file_declares_is_in_the_index() -> None:
    files = [import_module(found.name) for found in walk_packages(evidence.__path__, "adapters.evidence.")]
    declared = {
        kind.name: file.__name__ for file in files for kind in vars(file).values() if isinstance(kind, SourceKind)
    }
    absent = {name: file for name, file in declared.items() if name not in KINDS}
    assert absent == {}, (
        "give each a line in KINDS of adapters/evidence/index.py; without it the sources file knows none"
    )
