"""The workspace: the one door to a company's data, map and answers."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from tropa.analyses import find_analysis
from tropa.analyses.journey import JourneyParams
from tropa.contract.analysis import Analysis, Answer
from tropa.contract.filters import Filters
from tropa.cx.lens import Lens, columns_bound, make_lens
from tropa.cx.map import Map, Unit
from tropa.cx.speech import Language
from tropa.cx.view import View
from tropa.engine.fold import Fold, run
from tropa.errors import TropaError
from tropa.store.documents import Documents
from tropa.store.head import Head, Load
from tropa.store.manifest import Arrangement, Manifest, Progress
from tropa.store.store import LoadReport, Store
from tropa.workspace.checked import checked
from tropa.workspace.compare import compare_groups
from tropa.workspace.counted import Counted, Opener, heard, nothing_kept
from tropa.workspace.facts import facts_of
from tropa.workspace.map_book import MapBook
from tropa.workspace.selection import Keep, selection
from tropa.workspace.settings import FILE, Settings, read_settings, write_settings
from tropa.workspace.views import Views
from tropa.workspace.warned import warnings_of
from tropa.workspace.weighings import Weighings

if TYPE_CHECKING:
    from tropa.findings.finding import Findings
    from tropa.sources import FileKind, Reading
    from tropa.store.documents.map_records import MapVersion
    from tropa.workspace.find import FindParams


class Workspace:
    """Everything of one company in one folder.

    Args:
        folder: an existing workspace; `Workspace.create` makes one.
    """

    def __init__(self, folder: Path | str) -> None:
        self.folder = Path(folder)
        self.settings = read_settings(self.folder)
        self.store = Store(self.folder, self.settings.max_links)
        self.documents = Documents(self.folder, self.settings.documents)
        self._lens: dict[tuple[int, Unit], Lens] = {}
        self._other_map: Map | None = None
        self.book = MapBook(self.documents)
        self._through: dict[int, Workspace] = {}
        self._weighed = Weighings()
        self._views = Views()

    @classmethod
    def create(cls, folder: Path | str, settings: Settings | None = None) -> Workspace:
        """Make an empty workspace.

        Raises:
            TropaError: when the folder is a workspace already, or holds something else.
        """
        path = Path(folder)
        if (path / FILE).exists():
            raise TropaError(
                f"{path} is a workspace already.", "Load data into it, or choose another folder.", "workspace"
            )
        if path.exists() and (not path.is_dir() or any(path.iterdir())):
            raise TropaError(f"{path} is not empty.", "Choose a new or empty folder.", kind="workspace")
        write_settings(path, settings or Settings(name=path.resolve().name))
        return cls(path)

    def adopt(self, settings: Settings) -> None:
        """Go on with other settings: what was answered by the old ones is forgotten."""
        self.settings = settings
        self._lens, self._weighed, self._through, self._views = {}, Weighings(), {}, Views()

    # -- data in

    def load(
        self,
        files: Sequence[Path | str],
        kind: FileKind,
        how: Reading | Sequence[Reading] | None = None,
        progress: Progress | None = None,
        here: Sequence[str | None] = (),
    ) -> LoadReport:
        """Bring files in, all or none, and derive the journeys.

        Args:
            files: in any format that is read.
            kind: what their rows are.
            how: how all of them are to be read, or each.
            progress: told while it goes on.
            here: of each file the fingerprint by which it is known to be in the ledger already; None elsewhere.

        Raises:
            TropaError: when a file is not what it claims to be; nothing was loaded then.
        """
        from tropa.workspace.incoming import incoming

        zone = self.settings.timezone
        each = how if isinstance(how, Sequence) else [how] * len(files)
        told = zip(files, each, here or [None] * len(files), strict=True)
        loads = self.store.head.loads
        report = self.store.load(
            [incoming(Path(file), kind, one, zone, progress, mark, loads) for file, one, mark in told]
        )
        if self.store.head.tables.get("events") is not None:
            self.journeys(progress=progress)
        return replace(report, refused_identifiers=self.store.refused_identifiers())

    def undo_load(self, progress: Progress | None = None) -> list[Load]:
        """Take the last load back, and derive the journeys of what is left: the files of that load.

        Raises:
            TropaError: (conflict) there is no load to take back.
        """
        taken = self.store.undo()
        if self.store.head.tables.get("events") is not None:
            self.journeys(progress=progress)
        return taken

    # -- the map

    def map_version(self) -> MapVersion | None:
        return self.documents.current_map()

    def map(self) -> Map | None:
        """The map that is valid now, or None."""
        if self._other_map is not None:
            return self._other_map
        opened = self.book.live()
        return None if opened is None else opened.map

    def using(self, document: Map) -> Workspace:
        """The same data seen through another map; asked again for the same one, it remembers what it knows."""
        # As the maps are kept while their workspaces are, no other one has the same identity.
        known = self._through.get(id(document))
        if known is not None:
            return known
        other = Workspace(self.folder)
        other.store, other.documents, other.book = self.store, self.documents, self.book
        other._other_map = document
        self._through = dict([*list(self._through.items())[-3:], (id(document), other)])
        return other

    # -- questions

    def journeys(self, unit: Unit | None = None, progress: Progress | None = None) -> tuple[Head, Manifest, Lens]:
        """Journeys of all data, and the lens of the map over them.

        Raises:
            TropaError: when nothing was loaded yet.
        """
        document = self.map()
        wanted: Unit = unit or (document.unit if document is not None else "customer")
        arrangement: Arrangement = "case" if wanted == "case" else "customer"
        head, manifest = self.store.manifest(arrangement, progress)
        if not manifest.partitions:
            raise TropaError(
                "The workspace has no events yet.",
                "Upload a file of events.",
                kind="no_data",
                typed=f"Load some: tropa load {self.folder} FILE --as events.",
            )
        # Questions come from several threads: what one has read stays its own.
        lens = self._lens.get((head.generation, wanted))
        if lens is None or lens.map is not document:
            facts = facts_of(head, manifest, self.settings)
            words = self.store.dictionaries(head)
            wide = words.wide_values(columns_bound(document.touchpoints) if document is not None else ())
            lens = make_lens(document, words.values, facts, wanted, wide, words.uncoded)
            if wanted == "session":
                lens = replace(lens, facts=replace(facts, idle_us=lens.session_gap_us))
            self._lens = self._lens | {(head.generation, wanted): lens}
            for one in (self, *self._through.values()):
                one._see_only(head.generation)
        return head, manifest, lens

    def _see_only(self, generation: int) -> None:
        """Forget what was seen of earlier data."""
        self._lens = {key: lens for key, lens in self._lens.items() if key[0] == generation}
        self._views.only(tuple(self._lens.values()))

    def views(self, manifest: Manifest, lens: Lens, keep: Keep | None) -> Iterator[Opener]:
        """What opens each partition as a view."""
        return self._views.through(lens, [partition() for partition in self.store.partitions(manifest)], keep)

    def ask(self, slug: str, progress: Progress | None = None, **params: Any) -> Answer[Any]:
        """Run one analysis.

        Args:
            slug: name of the analysis.
            progress: told while journeys are derived, where that is still to be done.
            params: its parameters and the filters (see `tropa show WS ANALYSIS --help`).

        Raises:
            TropaError: unknown analysis or parameter, a filter that keeps nothing, an empty workspace.
        """
        analysis = find_analysis(slug)
        return self.answer(analysis, checked(analysis.slug, analysis.params, params), progress)

    def answer(self, analysis: Analysis[Any, Any], params: Filters, progress: Progress | None = None) -> Answer[Any]:
        """Run one analysis with parameters that were checked already."""
        _, manifest, lens = self.journeys(params.unit, progress)
        began = time.perf_counter()
        if isinstance(params, JourneyParams):
            params = params.model_copy(update={"customer": self.store.customer_of(params.customer)})
        if params.compare:
            result, journeys, events = compare_groups(
                params,
                lambda group: self._fold(analysis, group, manifest, lens),
                lambda one, other: self._count_both(one, other, manifest, lens),
            )
        else:
            result, journeys, events = self._fold(analysis, params, manifest, lens)
        return Answer(
            analysis=analysis.slug,
            params=params.model_dump(mode="json", exclude_defaults=True),
            journeys=journeys,
            events=events,
            seconds=round(time.perf_counter() - began, 4),
            result=result,
            warnings=warnings_of(lens, manifest),
        )

    def _count_both(self, one: Filters, other: Filters, manifest: Manifest, lens: Lens) -> int:
        """Journeys that two filters both keep."""
        keeps = [selection(filters, lens, self.settings.zone) for filters in (one, other)]
        count = 0
        for opener in self.views(manifest, lens, None):
            view = opener()
            kept = [keep(view) for keep in keeps if keep is not None]
            count += int(np.logical_and.reduce(kept).sum()) if kept else len(view)
        return count

    def find(self, params: FindParams, progress: Progress | None = None) -> Findings:
        """What is wrong in the journey, why, and what it costs. Asked again, also in
        another language, it is answered at once.

        Raises:
            TropaError: an empty workspace, or filters that keep nothing.
        """
        from tropa.findings.compose import compose
        from tropa.workspace.find import weighed

        head, _, lens = self.journeys(params.unit, progress)
        found = self._weighed.of(head, lens, params, lambda: weighed(self, params, progress))
        return compose(found, params.language or self.language, params.all)

    def has_found(self, params: FindParams) -> bool:
        """Whether `find` would answer at once, because it was asked the same before."""
        head, _, lens = self.journeys(params.unit)
        return self._weighed.has(head, lens, params)

    @property
    def language(self) -> Language:
        """The language that the company reads in."""
        return "ru" if self.settings.language == "ru" else "en"

    def _fold(
        self, analysis: Analysis[Any, Any], params: Filters, manifest: Manifest, lens: Lens
    ) -> tuple[Any, int, int]:
        return self.fold(analysis.fold(params, lens), params, manifest, lens)

    def fold(
        self,
        fold: Fold[View, Any, Any],
        filters: Filters,
        manifest: Manifest,
        lens: Lens,
        opened: Callable[[], None] | None = None,
    ) -> tuple[Any, int, int]:
        """Run a fold over the journeys that filters keep: its result, and how many journeys and events it saw.

        Args:
            opened: called whenever a partition is opened, on any thread.
        """
        keep = selection(filters, lens, self.settings.zone)
        counted = Counted(fold)
        views = self.views(manifest, lens, keep)
        result = run(counted, views if opened is None else (heard(opener, opened) for opener in views))
        if counted.journeys == 0:
            raise nothing_kept(filters, manifest)
        return result, counted.journeys, counted.events
