"""The same name is the same state: receipts of our own change no name, and everything else does."""

from hypothesis import given
from hypothesis import strategies as st

from bot.store.marks import Marks, Snapshot


def test_what_ended_between_two_snapshots_is_told() -> None:
    before = Snapshot.of("10:14:10,12")
    assert [t for t in range(9, 16) if before.over(t)] == [9, 11, 13]
    assert sorted(Snapshot.of("12:17:12,15").since(before)) == [10, 14, 16]
    assert list(before.since(before)) == []
    assert Snapshot.of("17:17:").over(16)


def test_receipts_of_ours_are_no_change_and_all_else_may_be_one() -> None:
    marks = Marks()
    assert marks.newest is None
    assert not marks.unchanged(Snapshot.of("10:10:"))
    first = marks.of(Snapshot.of("10:10:"))
    marks.kept_receipts(10)
    marks.kept_receipts(12)
    assert marks.unchanged(Snapshot.of("11:12:11")), "11 is under way, and has changed nothing yet"
    assert marks.of(Snapshot.of("11:12:11")) == first
    assert not marks.unchanged(Snapshot.of("13:13:")), "11 is over, and nobody knows what it did"
    assert marks.of(Snapshot.of("13:13:")) == first, "somebody looked, and it did nothing to the state"
    marks.changed()
    assert marks.of(Snapshot.of("13:13:")) == marks.of() != first


def test_so_many_transactions_at_once_are_looked_at_together() -> None:
    marks = Marks()
    marks.of(Snapshot.of("10:10:"))
    for transaction in range(10, 10_020):
        marks.kept_receipts(transaction)
    assert marks.unchanged(Snapshot.of("10010:10010:"))
    assert not marks.unchanged(Snapshot.of("10020:10020:"))


@given(st.lists(st.tuples(st.booleans(), st.booleans()), max_size=40), st.data())
def test_no_change_is_ever_missed(kinds: list[tuple[bool, bool]], data: st.DataObject) -> None:
    """Transactions of both kinds end in any order; `receipts`: ours and told of in time, or not.

    A row of the state that was written since the oldest one that was under way is found by the database.
    """
    marks, under_way, changed = Marks(), set[int](), set[int]()
    named = {marks.of(Snapshot(0, 0, frozenset())): 0}
    for begun, (receipts, told) in enumerate(kinds):
        under_way.add(begun)
        if data.draw(st.booleans()):
            ends = data.draw(st.sampled_from(sorted(under_way)))
            under_way.discard(ends)
            if receipts and told:
                marks.kept_receipts(ends)
            elif not receipts:
                changed.add(ends)
        now = Snapshot(min(under_way, default=begun + 1), begun + 1, frozenset(under_way))
        before = marks.newest
        assert before is not None
        if not marks.unchanged(now) and any(t >= before.begin for t in changed):
            marks.changed()
        assert named.setdefault(marks.of(now), len(changed)) == len(changed)
