"""Lists that two people changed at once: what each did to its items is done to one list.

An item is its content: one that says something else is another item, which stands for the first where it has come to
the first one's place. The page merges by the same rules (`web/src/editor/model/lists.ts`); both are held to
`lists.cases.json` beside it.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

# An item, and the how manieth of its kind in the list it is.
_Key = tuple[str, int]
_Items = Mapping[_Key, Any]


def merged(was: Any, mine: Any, theirs: Any) -> list[Any] | None:
    """The list with what both did to it; None where both changed the same item, or where one of them is no list.

    Items stand as in `theirs`; as in `mine` where only mine has put them in another order, or both have.

    Args:
        was: what both began with; nothing is an empty list, here and below.
        mine: what comes now.
        theirs: what stands there.
    """
    lists = [_items(value) for value in (was, mine, theirs)]
    if any(one is None for one in lists):
        return None
    base, own, other = (_keyed(one or ()) for one in lists)
    own_edits, other_edits = _edits(base, own), _edits(base, other)
    for key in base.keys() - own.keys() - other.keys():
        one, two = own_edits.get(key), other_edits.get(key)
        if one != two and one not in other and two not in own:
            return None
    if _order(base, own) != [key for key in base if key in own]:
        return _laid(base, own, own_edits, other, other_edits)
    return _laid(base, other, other_edits, own, own_edits)


def _items(value: Any) -> list[Any] | None:
    if value in (None, "", {}):
        return []
    return value if isinstance(value, list) else None


def _keyed(items: Sequence[Any]) -> dict[_Key, Any]:
    met: Counter[str] = Counter()
    keyed: dict[_Key, Any] = {}
    for item in items:
        said = json.dumps(_plain(item), sort_keys=True)
        keyed[said, met[said]] = item
        met[said] += 1
    return keyed


def _plain(value: Any) -> Any:
    """Values that say the same in one form: 4 is 4.0, and a key without a value is none."""
    if isinstance(value, dict):
        return {key: _plain(part) for key, part in value.items() if part not in (None, "", [], {})}
    if isinstance(value, list):
        return [_plain(part) for part in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _order(base: Iterable[_Key], new: Iterable[_Key]) -> list[_Key]:
    kept = set(base)
    return [key for key in new if key in kept]


def _edits(base: _Items, new: _Items) -> dict[_Key, _Key]:
    """What an item that is gone has become: what has come where it stood, behind the same neighbour."""
    come: dict[_Key | None, list[_Key]] = {None: []}
    place: _Key | None = None
    for key in new:
        if key in base:
            place = key
            come[place] = []
        else:
            come[place].append(key)
    edits: dict[_Key, _Key] = {}
    left = iter(come[None])
    for key in base:
        if key in new:
            left = iter(come[key])
        elif (became := next(left, None)) is not None:
            edits[key] = became
    return edits


def _laid(
    base: _Items, first: _Items, first_edits: Mapping[_Key, _Key], second: _Items, second_edits: Mapping[_Key, _Key]
) -> list[Any]:
    """The items of the first in their order, with what was done in the second."""
    stand: dict[_Key, Any] = {}
    for key, item in first.items():
        if key not in base or key in second:
            stand[key] = item
        elif (became := second_edits.get(key)) is not None and became not in first:
            stand[became] = second[became]
    # What has come in the second stands behind its neighbour there, and behind what the first has put at that place.
    behind: dict[_Key | None, list[_Key]] = {}
    place: _Key | None = None
    for key in second:
        if (there := first_edits.get(key, key) if key in base else key) in stand:
            place = there
        elif key not in base:
            behind.setdefault(place, []).append(key)
    fresh = first.keys() - base.keys() - second.keys() - set(first_edits.values())
    laid: list[Any] = []
    waiting = behind.get(None, [])
    for key, item in stand.items():
        if key not in fresh:
            laid += [second[late] for late in waiting]
            waiting = []
        laid.append(item)
        waiting = waiting + behind.get(key, [])
    return laid + [second[late] for late in waiting]
