"""What a platform says around a message: what did not fit, where the rest is, how a window is closed."""

from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    "chat.cut": "Cut to fit one message; lines left out: {count}. The full plan and the thread have the whole.",
    "chat.cut_thread": "Cut to fit one message; lines left out: {count}. They follow in this thread.",
    "chat.cut_file": "Cut to fit one message; lines left out: {count}. The whole is in the attached file.",
    "chat.your_time": "your time",
    "chat.bot": "T-Minus",
    "chat.cancel": "Cancel",
    "chat.close": "Close",
}
