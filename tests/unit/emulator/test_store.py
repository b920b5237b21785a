"""The store, on real SQLite."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trunkline.emulator.storage.query import Condition, Key, Query, Table, cell
from trunkline.emulator.storage.records import AlreadyExists, Scope
from trunkline.emulator.storage.store import Store
from trunkline.ir import FilterOperator, Json

TABLE = Table("things", (Key(("name",)), Key(("name",), True), Key(("a", "b"))))
MINE = Scope("account-1")


@pytest.fixture
def store() -> Iterator[Store]:
    store = Store()
    yield store
    store.close()


def fill(store: Store, *documents: dict[str, Json], scope: Scope = MINE) -> None:
    for number, document in enumerate(documents):
        store.insert(TABLE, scope, str(number), document)


def names(store: Store, query: Query) -> list[Json]:
    return [row.document["name"] for row in store.page(TABLE, MINE, query)[0]]


def where(operator: FilterOperator, *values: object, fold: bool = False) -> Query:
    return Query((Condition(("name",), operator, values, fold),))  # type: ignore[arg-type]


def test_objects_stay_with_their_account_and_parent(store: Store) -> None:
    scopes = [
        Scope(account, parents)
        for account in ("account-1", "account-2")
        for parents in ((), ("p",), ("p", "q"), ("p\x1fq",), ("p\x1f\x1fq",), ("", "p"))
    ]
    assert len({scope.key for scope in scopes}) == len(scopes)
    for index, scope in enumerate(scopes):
        store.insert(TABLE, scope, "same", {"name": index})
    for index, scope in enumerate(scopes):
        row = store.get(TABLE, scope, "same")
        assert row is not None
        assert row.document == {"name": index}
        assert store.page(TABLE, scope, Query())[1] == 1


def test_order_and_ties(store: Store) -> None:
    fill(store, *({"name": n, "i": i} for i, n in enumerate(["b", "a", "b", None, "B"])))
    up = [row.number for row in store.page(TABLE, MINE, Query(order=("name",)))[0]]
    reverse = Query(order=("name",), descending=True)
    down = [row.number for row in store.page(TABLE, MINE, reverse)[0]]
    assert up == [4, 5, 2, 1, 3]
    assert down == list(reversed(up))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (where(FilterOperator.EQUALS, "ab"), ["ab"]),
        (where(FilterOperator.EQUALS, "ab", "xx"), ["ab", "xx"]),
        (where(FilterOperator.CONTAINS, "b"), ["ab", "abc"]),
        (where(FilterOperator.CONTAINS, "B", fold=True), ["ab", "abc", "STRASSE"][:2]),
        (where(FilterOperator.CONTAINS, "straße", fold=True), ["STRASSE"]),
        (where(FilterOperator.CONTAINS, ""), ["ab", "abc", "xx", "%_", "STRASSE"]),
        (where(FilterOperator.CONTAINS, "%"), ["%_"]),
        (where(FilterOperator.STARTS_WITH, "ab"), ["ab", "abc"]),
        (where(FilterOperator.ENDS_WITH, "c"), ["abc"]),
        (where(FilterOperator.ENDS_WITH, ""), ["ab", "abc", "xx", "%_", "STRASSE"]),
        (where(FilterOperator.GREATER, "abc"), ["xx"]),
        (where(FilterOperator.LESS_OR_EQUAL, "ab"), ["ab", "%_", "STRASSE"]),
        (where(FilterOperator.EQUALS), []),
    ],
)
def test_conditions(store: Store, query: Query, expected: list[str]) -> None:
    fill(store, *({"name": n} for n in ["ab", "abc", "xx", "%_", "STRASSE", None]))
    assert names(store, query) == expected
    assert store.page(TABLE, MINE, query)[1] == len(expected)


@given(st.lists(st.text(max_size=3), max_size=12), st.text(max_size=2), st.booleans(),
       st.integers(0, 14), st.integers(0, 5))  # fmt: skip
def test_pages_are_slices_of_what_python_says(
    values: list[str], needle: str, descending: bool, offset: int, limit: int
) -> None:
    store = Store()
    try:
        fill(store, *({"name": value} for value in values))
        expected = [
            value
            for value, _ in sorted(
                ((v, i) for i, v in enumerate(values) if needle in v),
                key=lambda pair: (pair[0].encode("utf-8", "surrogatepass"), pair[1]),
                reverse=descending,
            )
        ]
        query = Query(
            (Condition(("name",), FilterOperator.CONTAINS, (needle,)),),
            ("name",), descending, offset, limit,
        )  # fmt: skip
        rows, total = store.page(TABLE, MINE, query)
        assert [row.document["name"] for row in rows] == expected[offset : offset + limit]
        assert total == len(expected)
    finally:
        store.close()


def test_a_change_is_seen_at_once(store: Store) -> None:
    fill(store, {"name": "a"}, {"name": "b"})
    row = store.get(TABLE, MINE, "0")
    assert row is not None
    store.replace(TABLE, MINE, row, {"name": "c"})
    assert names(store, Query(order=("name",))) == ["b", "c"]
    assert store.get(TABLE, MINE, "0").document == {"name": "c"}  # type: ignore[union-attr]
    assert store.delete(TABLE, MINE, "0")
    assert not store.delete(TABLE, MINE, "0")
    assert store.get(TABLE, MINE, "0") is None
    assert store.page(TABLE, MINE, Query()) == (store.page(TABLE, MINE, Query())[0], 1)


def test_a_failed_transaction_leaves_nothing(store: Store) -> None:
    fill(store, {"name": "a"})

    def fail() -> None:
        with store.transaction():
            store.insert(TABLE, MINE, "x", {"name": "x"})
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert store.get(TABLE, MINE, "x") is None
    assert names(store, Query()) == ["a"]


def test_children_go_with_their_parent_only(store: Store) -> None:
    for parent, child in itertools.product(("p", "pq", "p\x1f"), ("1", "2")):
        store.insert(TABLE, Scope("account-1", (parent,)), child, {})
        store.insert(TABLE, Scope("account-1", (parent, "deep")), child, {})
        store.insert(TABLE, Scope("account-2", (parent,)), child, {})
    store.delete_below(TABLE, Scope("account-1", ("p",)))
    for parent in ("p", "pq", "p\x1f"):
        left = store.page(TABLE, Scope("account-1", (parent,)), Query())[1]
        deep = store.page(TABLE, Scope("account-1", (parent, "deep")), Query())[1]
        assert (left, deep) == ((0, 0) if parent == "p" else (2, 2))
        assert store.page(TABLE, Scope("account-2", (parent,)), Query())[1] == 2


def test_snapshots_bring_everything_back(store: Store) -> None:
    fill(store, {"name": "a"})
    before = store.snapshot()
    store.insert(TABLE, MINE, "later", {"name": "b"})
    store.restore(before)
    assert names(store, Query()) == ["a"]
    assert store.next_number(TABLE) == 2


def test_reset_starts_numbers_again(store: Store) -> None:
    fill(store, {"name": "a"}, {"name": "b"})
    store.reset()
    assert store.page(TABLE, MINE, Query()) == ([], 0)
    assert store.next_number(TABLE) == 1


def test_files_outlive_the_process_and_new_columns(tmp_path: Path) -> None:
    path = tmp_path / "data.sqlite"
    store = Store(path)
    fill(store, {"name": "b", "size": 2}, {"name": "a", "size": 1})
    store.close()
    wider = Table("things", (*TABLE.keys, Key(("size",))))
    store = Store(path)
    rows, total = store.page(wider, MINE, Query(order=("size",)))
    assert ([row.document["name"] for row in rows], total) == (["a", "b"], 2)
    assert store.next_number(wider) == 3
    store.close()


def test_deleted_numbers_are_not_given_out_again(tmp_path: Path) -> None:
    path = tmp_path / "data.sqlite"
    store = Store(path)
    fill(store, {"name": "a"}, {"name": "b"})
    store.delete(TABLE, MINE, "1")
    store.close()
    store = Store(path)
    assert store.next_number(TABLE) == 3
    store.close()


def test_numbers_beyond_sixty_four_bits(store: Store) -> None:
    fill(store, {"name": 2**70}, {"name": -(2**70)}, {"name": 1})
    assert names(store, Query(order=("name",))) == [-(2**70), 1, 2**70]


SCALARS = st.none() | st.booleans() | st.integers(-3, 3) | st.floats(-2, 2)
CELLS = SCALARS | st.text("ab", max_size=2)


@given(
    st.lists(st.tuples(st.sampled_from("ipd"), st.integers(0, 4), CELLS), max_size=15),
    st.sampled_from(list(FilterOperator)),
    CELLS.filter(lambda value: value is not None),
    st.booleans(),
)
def test_counts_stay_right_without_counting_again(
    changes: list[tuple[str, int, Json]], operator: FilterOperator, wanted: Json, fold: bool
) -> None:
    store = Store()
    try:
        query = Query((Condition(("name",), operator, (cell(wanted),), fold),))
        store.page(TABLE, MINE, query)
        for kind, index, value in changes:
            row = store.get(TABLE, MINE, str(index))
            if kind == "i" and row is None:
                store.insert(TABLE, MINE, str(index), {"name": value})
            elif kind == "p" and row is not None:
                store.replace(TABLE, MINE, row, {"name": value})
            elif kind == "d":
                store.delete(TABLE, MINE, str(index))
        rows, total = store.page(TABLE, MINE, query)
        assert total == len(rows)
    finally:
        store.close()


def test_an_id_is_given_once(store: Store) -> None:
    store.insert(TABLE, MINE, "x", {"name": "a"})
    with pytest.raises(AlreadyExists):
        store.insert(TABLE, MINE, "x", {"name": "b"})
    assert names(store, Query()) == ["a"]


def test_numbers_go_on_after_children_went(store: Store) -> None:
    """Numbers are read again from the database then; a change of an old object is not the last."""
    fill(store, {"name": "a"}, {"name": "b"}, {"name": "c"})
    store.delete_below(Table("children", ()), MINE)
    first = store.get(TABLE, MINE, "0")
    assert first is not None
    store.replace(TABLE, MINE, first, {"name": "changed"})
    assert store.next_number(TABLE) == 4
    assert store.insert(TABLE, MINE, "3", {"name": "d"}).number == 4


def test_indexes_come_when_they_are_asked_for_and_after_a_restore(store: Store) -> None:
    fill(store, {"name": "b"}, {"name": "a"})
    before = store.snapshot()
    assert names(store, Query(order=("name",))) == ["a", "b"]
    store.restore(before)
    assert names(store, Query(order=("name",))) == ["a", "b"]
    assert names(store, where(FilterOperator.EQUALS, "b")) == ["b"]


def test_totals_that_were_forgotten_are_counted_again(store: Store) -> None:
    fill(store, {"name": "one"})
    asked = where(FilterOperator.CONTAINS, "n")
    assert store.page(TABLE, MINE, asked)[1] == 1
    for number in range(1, 40):
        store.insert(TABLE, MINE, str(number), {"name": f"n{number}"})
    assert store.page(TABLE, MINE, asked)[1] == 40


def half_done(store: Store, id_: str) -> None:
    with store.transaction():
        for more in range(60):
            store.insert(TABLE, MINE, f"more {more}", {"name": "undone"})
        store.delete(TABLE, MINE, id_)
        store.insert(TABLE, MINE, "more 7", {"name": "again"})


def test_what_is_refused_or_undone_leaves_the_database_whole(store: Store) -> None:
    for number in range(600):
        store.insert(TABLE, MINE, f"{number * 7919 % 600}", {"name": f"{number}" * 20})
    for number in range(300):
        with pytest.raises(AlreadyExists):
            store.insert(TABLE, MINE, f"{number}", {"name": "again"})
        if number % 30 == 0:
            with pytest.raises(AlreadyExists):
                half_done(store, f"{number}")
    again = Store()
    again.restore(store.snapshot())
    for each in (store, again):
        assert each.page(TABLE, MINE, Query())[1] == 600
        assert all(each.get(TABLE, MINE, f"{number}") for number in range(600))
    again.close()
