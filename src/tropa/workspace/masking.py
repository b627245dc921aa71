"""The workspace as those see it who may not see personal data: customers under pseudonyms, texts masked.

`MaskedWorkspace` stands in the place of a workspace: whatever asks it, gets masked answers. A pseudonym is made with a
secret key of the workspace: the same customer has the same one on every screen, and nobody gets the identifier back
from it without the key and the data.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from tropa.analyses.bottlenecks_rows import Handover
from tropa.analyses.journey import JourneyParams
from tropa.errors import TropaError
from tropa.text import mask
from tropa.workspace.personal import is_personal, names_a_person, refuse_personal, without_people
from tropa.workspace.workspace import Workspace

if TYPE_CHECKING:
    from tropa.contract.analysis import Analysis, Answer
    from tropa.contract.filters import Filters
    from tropa.cx.lens import Lens
    from tropa.cx.map import Map, Unit
    from tropa.findings.finding import Findings
    from tropa.store.documents.map_records import MapVersion
    from tropa.store.head import Head
    from tropa.store.manifest import Manifest, Progress
    from tropa.workspace.find import FindParams

SIGN = "~"
"""Every pseudonym begins with it."""
CUSTOMERS = frozenset({"customer_id", "customer"})
CASES = frozenset({"case_id", "case"})
SAID = frozenset(
    {"text", "title", "quote", "because", "sentence", "comment", "note", "notes", "performer", "attributes"}
)
"""Fields in which customers, or sentences about them, may name somebody."""
PERFORMERS = frozenset({"performer", "department"})
"""Fields with who did the work: a department, or somebody."""
WORDS = frozenset({"text", "title", "quote", "comment", "note"})
"""Of these, what people wrote themselves."""
_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_NUMBERS = re.compile(r"(?<![\w-])[^\W\d_](?=(?:[\w-]*?\d){3})[\w-]*|№\s?\d{3,}|(?<![\d.,])\d{7,15}(?![\d.,]*\d)")
"""Numbers of orders, contracts, tickets, as customers write them: letters first and three digits, or a long number."""


class Masking:
    """Replaces what is personal in answers, whatever their shape.

    Args:
        key: the secret of the workspace.
    """

    def __init__(self, key: bytes) -> None:
        self._key = key
        self._mask = lru_cache(20_000)(mask)
        self._bound: dict[int, tuple[Map, Map]] = {}

    def pseudonym(self, identifier: str, kind: str = "customer") -> str:
        """What stands for an identifier."""
        told = hashlib.blake2b(
            identifier.encode("utf-8", "surrogatepass"), key=self._key, person=kind.encode()[:16], digest_size=8
        )
        number = int.from_bytes(told.digest()) >> 4
        return SIGN + "".join(_ALPHABET[number >> shift & 31] for shift in range(55, -1, -5))

    def bound(self, document: Map) -> Map:
        """The map whose rules ask for no personal data; the same one for the same."""
        # Kept with the map itself, so that no other one has its identity.
        if id(document) not in self._bound:
            kept = list(self._bound.items())[-31:]
            self._bound = dict([*kept, (id(document), (document, without_people(document)))])
        return self._bound[id(document)][1]

    def masked(self, answer: Any) -> Any:
        """The answer without personal data; the same object where there is none in it."""
        return self._walk(answer, "", ())

    def _walk(self, value: Any, name: str, own: tuple[str, ...]) -> Any:
        if value is None or isinstance(value, bool | int | float):
            return value
        if isinstance(value, str):
            return self._text(value, name, own)
        if isinstance(value, Mapping):
            return self._mapping(value, name, own)
        if isinstance(value, list | tuple):
            return self._items(value, name, own)
        if is_dataclass(value) and not isinstance(value, type):
            mine = {field.name: getattr(value, field.name) for field in fields(value)}
            changed = self._changed(mine, own)
            if isinstance(value, Handover):
                hands = {side: getattr(value, side) for side in ("source", "target")}
                changed |= {
                    side: self.pseudonym(who, "performer") for side, who in hands.items() if names_a_person(who)
                }
            return replace(value, **changed) if changed else value
        return value

    def _changed(self, mine: Mapping[str, Any], own: tuple[str, ...]) -> dict[str, Any]:
        """The fields of one thing that look different masked."""
        named = [mine[key] for key in (*CUSTOMERS, *CASES) if isinstance(mine.get(key), str) and mine[key]]
        # Pseudonyms were made before: what is masked twice looks as masked once.
        named = [identifier for identifier in named if not identifier.startswith(SIGN)]
        own = (*own, *sorted(named, key=len, reverse=True))
        walked = {key: self._walk(value, key, own) for key, value in mine.items()}
        if named and mine.get("kind") == "single_case" and isinstance(mine.get("id"), str):
            # The id of a single case is made of the customer's.
            walked["id"] = self.pseudonym(mine["id"], "finding").removeprefix(SIGN)
        return {key: value for key, value in walked.items() if value is not mine[key]}

    def _mapping(self, value: Mapping[Any, Any], name: str, own: tuple[str, ...]) -> Any:
        if name == "attributes":
            return {
                key: self._text(str(word), "attributes", own)
                for key, word in value.items()
                if not is_personal(str(key))
            }
        if not all(isinstance(key, str) for key in value):
            return value
        changed = self._changed(value, own)
        return {**value, **changed} if changed else value

    def _items(self, value: list[Any] | tuple[Any, ...], name: str, own: tuple[str, ...]) -> Any:
        items = [self._walk(item, name, own) for item in value if not _tells_of_personal(item)]
        if len(items) == len(value) and all(new is old for new, old in zip(items, value, strict=True)):
            return value
        return type(value)(items)

    def _text(self, value: str, name: str, own: tuple[str, ...]) -> str:
        if name in CUSTOMERS:
            return value if value.startswith(SIGN) or not value else self.pseudonym(value)
        if name in CASES:
            return value if value.startswith(SIGN) or not value else self.pseudonym(value, "case")
        if name == "respondent":
            return value if value.startswith(SIGN) or not value else self.pseudonym(value, name)
        if name in PERFORMERS and names_a_person(value):
            return self.pseudonym(value, "performer")
        if name not in SAID or not value:
            return value
        for identifier in own:
            if identifier in value:
                fitting = re.compile(rf"(?<!\w){re.escape(identifier)}(?!\w)")
                value = fitting.sub(self.pseudonym(identifier), value)
        value = self._mask(value)
        return _NUMBERS.sub("[number]", value) if name in WORDS else value


def _tells_of_personal(item: Any) -> bool:
    attribute = getattr(item, "attribute", None)
    return isinstance(attribute, str) and is_personal(attribute)


class MaskedWorkspace(Workspace):
    """A workspace whose answers are masked; everything else is the plain one's."""

    def __init__(self, plain: Workspace, masking: Masking, known: dict[str, str]) -> None:
        """
        Args:
            plain: what is asked.
            masking: what hides.
            known: customers by their pseudonyms, as far as they were looked for.
        """
        self._plain = plain
        self._masking = masking
        self._known = known

    def __getattr__(self, name: str) -> Any:
        return getattr(self._plain, name)

    def shown(self, value: Any) -> Any:
        """What was not asked of this workspace itself, masked too."""
        return self._masking.masked(value)

    def map_version(self) -> MapVersion | None:
        return self._plain.map_version()

    def map(self) -> Map | None:
        return self._plain.map()

    def using(self, document: Map) -> Workspace:
        return MaskedWorkspace(self._plain.using(document), self._masking, self._known)

    def _asked(self) -> Workspace:
        """The plain workspace, through its map without rules that would choose customers by personal data."""
        document = self._plain.map()
        if document is None:
            return self._plain
        bound = self._masking.bound(document)
        return self._plain if bound is document else self._plain.using(bound)

    def journeys(self, unit: Unit | None = None, progress: Progress | None = None) -> tuple[Head, Manifest, Lens]:
        return self._asked().journeys(unit, progress)

    def answer(self, analysis: Analysis[Any, Any], params: Filters, progress: Progress | None = None) -> Answer[Any]:
        """As of the plain workspace, masked; customers are asked for by their pseudonyms.

        Raises:
            TropaError: (forbidden) asks for a customer by the real identifier, or filters by a personal attribute.
        """
        refuse_personal(params)
        if not isinstance(params, JourneyParams):
            told: Answer[Any] = self._masking.masked(self._asked().answer(analysis, params, progress))
            return told
        case = params.case
        real = params.model_copy(update={"customer": self._customer(params), "case": None})
        told = self._masking.masked(self._asked().answer(analysis, real, progress))
        if case is not None:
            mine = tuple(life for life in told.result.journeys if life.case_id == case)
            if not mine:
                raise TropaError(f"There is no journey with the case {case!r}.", "Go back to the list.", "not_found")
            told = replace(told, result=replace(told.result, journeys=mine))
        return told

    def find(self, params: FindParams, progress: Progress | None = None) -> Findings:
        """As of the plain workspace, masked.

        Raises:
            TropaError: (forbidden) filters by a personal attribute.
        """
        refuse_personal(params)
        found: Findings = self._masking.masked(self._asked().find(params, progress))
        return found

    def _customer(self, params: JourneyParams) -> str:
        """The customer behind a pseudonym: all are looked through, for the way back does not exist."""
        wanted = params.customer
        if not wanted.startswith(SIGN):
            raise TropaError(
                "Customers are shown to you under pseudonyms and are asked for by them.",
                "Follow a link from a finding or a touchpoint, or ask an owner for the role of an analyst.",
                kind="forbidden",
            )
        if wanted not in self._known:
            found = self._search(wanted, params.unit)
            if found is None:
                raise TropaError(
                    f"There is no journey of the customer {wanted[:40]!r}.", "Go back to the list.", kind="not_found"
                )
            self._known[wanted] = found
        return self._known[wanted]

    def _search(self, wanted: str, unit: Unit | None) -> str | None:
        _, manifest, _ = self._plain.journeys(unit)
        pseudonym: Callable[[str], str] = self._masking.pseudonym
        for partition in self._plain.store.partitions(manifest):
            for customer in partition().rows["customer"].unique().to_pylist():
                if customer is not None and pseudonym(customer) == wanted:
                    return str(customer)
        return None
