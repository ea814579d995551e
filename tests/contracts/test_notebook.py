"""ports.Notebook, on every database."""

import pytest

from bot.ports import MOST_NOTED, Notebook
from bot.store import Database
from bot.store.notebook import StoredNotebook


@pytest.fixture
def notebook(store: Database) -> Notebook:
    return StoredNotebook(store)


async def test_a_note_is_kept_replaced_and_taken_out(notebook: Notebook) -> None:
    assert await notebook.get("teams.conversations", "19:a") is None
    await notebook.put("teams.conversations", "19:a", {"service_url": "https://x", "n": 1})
    await notebook.put("teams.conversations", "19:a", {"service_url": "https://y"})
    assert await notebook.get("teams.conversations", "19:a") == {"service_url": "https://y"}
    assert await notebook.get("slack.installations", "19:a") is None
    assert await notebook.remove("teams.conversations", "19:a")
    assert not await notebook.remove("teams.conversations", "19:a")
    assert await notebook.get("teams.conversations", "19:a") is None


async def test_a_book_is_read_whole_in_the_order_of_its_keys(notebook: Notebook) -> None:
    for key in ("b", "ä", "B", "a"):
        await notebook.put("book", key, {"key": key})
    await notebook.put("other", "z", {})
    assert list(await notebook.all("book")) == sorted(["b", "ä", "B", "a"])
    assert (await notebook.all("book"))["ä"] == {"key": "ä"}
    assert await notebook.all("empty") == {}


async def test_what_is_no_json_or_too_large_is_refused_and_leaves_what_was_there(notebook: Notebook) -> None:
    await notebook.put("book", "a", {"n": 1})
    with pytest.raises(ValueError, match="JSON"):
        await notebook.put("book", "a", {"n": float("nan")})
    with pytest.raises(ValueError, match="larger than"):
        await notebook.put("book", "a", {"n": "x" * MOST_NOTED})
    assert await notebook.get("book", "a") == {"n": 1}
    await notebook.put("book", "a", {"n": "x" * (MOST_NOTED - 10)})
