"""The words of one SQL statement, read from left to right."""

from collections.abc import Sequence

from adapters.evidence.migrations.text import HOLE


class Words:
    """One statement. Words are compared without case; `name` takes a qualified name."""

    def __init__(self, words: Sequence[str]) -> None:
        self.words = list(words)
        self.upper = [w.upper() for w in words]
        self.at = 0

    def see(self, *wanted: str) -> bool:
        """True where these words come next; they stay."""
        return self.upper[self.at : self.at + len(wanted)] == list(wanted)

    def take(self, *wanted: str) -> bool:
        """True where these words came next; they are taken."""
        if not self.see(*wanted):
            return False
        self.at += len(wanted)
        return True

    def any_of(self, *wanted: str) -> str:
        """The next word where it is one of these, and it is taken; else ""."""
        if self.at < len(self.upper) and self.upper[self.at] in wanted:
            self.at += 1
            return self.upper[self.at - 1]
        return ""

    def name(self) -> str:
        """A name with its schema, as written."""
        found = ""
        while self.at < len(self.words):
            word = self.words[self.at]
            if found and not found.endswith(".") and word != ".":
                break
            if not (word in {".", HOLE} or word[0].isalpha() or word[0] in '_"`['):
                break
            if word == "[":  # SQL Server: [schema].[table]
                end = self.upper.index("]", self.at) if "]" in self.upper[self.at :] else len(self.words) - 1
                word = "".join(self.words[self.at + 1 : end])
                self.at = end
            found += word
            self.at += 1
        return found

    def rest(self) -> list[str]:
        """What is left, in capitals."""
        return self.upper[self.at :]

    def has(self, *wanted: str) -> bool:
        """True where one of these words stands anywhere in what is left."""
        return any(w in self.upper[self.at :] for w in wanted)

    def follows(self, *wanted: str) -> bool:
        """True where these words stand next to each other in what is left."""
        rest, n = self.rest(), len(wanted)
        return any(rest[i : i + n] == list(wanted) for i in range(len(rest) - n + 1))

    def parts(self) -> list["Words"]:
        """What is left, cut at the commas that stand in no bracket."""
        found: list[list[str]] = [[]]
        depth = 0
        for word in self.words[self.at :]:
            depth += word == "("
            depth -= word == ")"
            if word == "," and depth == 0:
                found.append([])
            else:
                found[-1].append(word)
        return [Words(p) for p in found if p]

    def told(self) -> str:
        """The statement for people, shortened."""
        most = 12
        return " ".join(self.words[:most]) + (" …" if len(self.words) > most else "")
