"""The same name is the same state: receipts of our own change no name, and everything else does."""

from bot.store.marks import Marks, Snapshot


def test_what_is_over_in_a_snapshot_is_told() -> None:
    before = Snapshot.of("10:14:10,12")
    assert [t for t in range(9, 16) if before.over(t)] == [9, 11, 13]
    assert Snapshot.of("17:17:").over(16)


def test_the_name_stays_while_the_database_finds_the_same_state() -> None:
    marks = Marks()
    assert marks.newest is None
    first = marks.seen(Snapshot.of("10:10:"), same=False, kept=10)
    assert list(marks.receipts) == [10]
    assert marks.seen(Snapshot.of("10:12:10"), same=True, kept=12) == first == marks.now
    assert sorted(marks.receipts) == [10, 12], "10 is under way, and is over one day"
    assert marks.seen(Snapshot.of("13:13:"), same=True) == first
    assert not marks.receipts
    assert marks.newest == Snapshot.of("13:13:")
    assert marks.seen(Snapshot.of("14:14:"), same=False) != first
    marks.changed()
    assert marks.now not in {first, marks.seen(Snapshot.of("15:15:"), same=False)}
