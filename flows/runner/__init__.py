"""The one impure flow: from what was heard to the answer (door.py), and which release is meant by it (meant.py)."""

from flows.runner.door import Runner

__all__ = ["Runner"]
