"""One spelling of letters and digits: full-width forms of East Asian keyboards, and characters that nobody sees."""

_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0xA0: 0x20, 0x202F: 0x20}
_UNSEEN = dict.fromkeys((0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0xAD), None)
_TABLE: dict[int, int | None] = {**_WIDE, **_UNSEEN}


def plain_letters(text: str) -> str:
    """The text with ASCII letters, digits and blanks for their wide forms, and without zero-width characters."""
    return text.translate(_TABLE)
