"""Maps, comments and notes in both databases: what is tied to names follows them, hierarchy follows documents."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

from tropa.cx.map_change_form import OnTouchpoint, RenameChange, SetChange
from tropa.errors import TropaError
from tropa.store.documents import Documents
from tropa.store.documents.comments import Comment
from tropa.store.documents.maps import fresh_id
from tropa.store.documents.research import Note, Tie
from tropa.workspace.map_book import MapBook

DOCUMENT = {"map": "Loan", "stages": [{"stage": "Papers", "touchpoints": [{"touchpoint": "A"}, {"touchpoint": "B"}]}]}


def rename(old: str, new: str) -> RenameChange:
    return RenameChange(op="rename", on=OnTouchpoint(touchpoint=old), to=new)


def test_what_is_tied_to_names_follows_them(documents: Documents) -> None:
    book = MapBook(documents)
    map_id = book.create(DOCUMENT, "Анна").version.map_id
    comment = documents.comments.add(
        Comment(0, map_id, "touchpoint", "A", "pains", None, "Анна", "🙂 почему?", ("Олег",), "", None, None)
    )
    documents.research.add([Note(fresh_id(), "quote", "t", "text")], "Анна")
    (note,) = documents.research.notes()
    tie = documents.research.tie(Tie(0, note.id, map_id, "touchpoint", "B", "pains", "text"), "Олег")
    # The names change places.
    book.change(map_id, 1, [rename("A", "C"), rename("B", "A"), rename("C", "B")], "Олег")
    (thread,) = documents.comments.threads(map_id)
    assert (thread.comment.target, thread.comment.mentions, thread.comment.id) == ("B", ("Олег",), comment.id)
    assert [one.target for one in documents.research.ties(map_id)] == ["A"]
    documents.comments.resolve(map_id, comment.id, "Олег")
    assert documents.comments.threads()[0].comment.resolved_by == "Олег"
    documents.research.untie(tie.id)
    with pytest.raises(TropaError, match="no tie"):
        documents.research.untie(tie.id)
    with pytest.raises(TropaError, match="no comment"):
        documents.comments.resolve("another map", comment.id, "Олег")


def test_maps_open_maps(documents: Documents) -> None:
    book = MapBook(documents)
    child = book.create(DOCUMENT, "").version.map_id
    parent = book.create(DOCUMENT | {"map": "Whole"}, "").version.map_id
    opens = SetChange(op="set", on=OnTouchpoint(touchpoint="A"), path=["opens"], value=child)
    book.change(parent, 1, [opens, rename("A", "Papers in")], "")
    head = documents.maps.head(child)
    assert (head.parent_map, head.parent_touchpoint) == (parent, "Papers in")
    assert documents.maps.head(parent).parent_map is None
    # A map that opens what opens it: the tree stays a tree.
    book.change(child, 1, [opens.model_copy(update={"value": parent})], "")
    assert documents.maps.head(parent).parent_map is None
    assert documents.maps.head(child).parent_map == parent
    documents.maps.make_live(parent)
    assert [(one.name, one.live) for one in documents.maps.heads()] == [("Whole", True), ("Loan", False)]
    documents.maps.archive(parent, True)
    assert documents.maps.live() is None


def test_writers_in_several_programs_lose_nothing(open_documents: Callable[[], Documents]) -> None:
    """Each with a book of its own, as two services over one database have."""
    map_id = MapBook(open_documents()).create(DOCUMENT, "").version.map_id
    failed: list[BaseException] = []

    def write(number: int) -> None:
        try:
            book = MapBook(open_documents())
            for turn in range(6):
                change = SetChange(
                    op="set", on=OnTouchpoint(touchpoint="A"), path=[f"lane {number} {turn}"], value=["x"]
                )
                assert book.change(map_id, 1, [change], f"{number}").conflicts == ()
        except BaseException as error:
            failed.append(error)

    writers = [threading.Thread(target=write, args=(number,)) for number in range(3)]
    for one in writers:
        one.start()
    for one in writers:
        one.join()
    assert failed == []
    opened = MapBook(open_documents()).open(map_id)
    assert opened.version.version == 19
    assert len(opened.map.touchpoints[0].raw) == 19
