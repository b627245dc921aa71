"""Documents of a workspace in a relational database: SQLite in the folder, or PostgreSQL.

One module a concern; `documents.maps`, `documents.comments`, ... A new concern is a module with its tables and a class
over `Database`, an entry in `migrations.py`, and a property here.
"""

from __future__ import annotations

import os
import re
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tropa.store.documents.comments import Comments
    from tropa.store.documents.database import Database
    from tropa.store.documents.invitations import Invitations
    from tropa.store.documents.map_records import MapVersion
    from tropa.store.documents.maps import Maps
    from tropa.store.documents.people import People
    from tropa.store.documents.research import Research
    from tropa.store.documents.sessions import Sessions
    from tropa.store.documents.shares import Shares


FILE = "documents.db"
ADDRESS = "TROPA_DOCUMENTS"


class Documents:
    """Every change is kept. Who never saved anything has no database.

    Args:
        folder: of the workspace.
        url: of a PostgreSQL database instead of the file in the folder; the variable TROPA_DOCUMENTS wins over it.
    """

    # Modules are imported where they are asked for: half a second that a workspace without documents need not wait.

    def __init__(self, folder: Path, url: str = "") -> None:
        self._path = folder / FILE
        self.url = os.environ.get(ADDRESS) or url

    @cached_property
    def database(self) -> Database:
        """The connections; see `reading` and `writing`."""
        from tropa.store.documents.database import Database

        return Database(self._path, self.url)

    @property
    def where(self) -> str:
        """The database, without its password."""
        return re.sub(r"(?<=://)([^:/@]*):[^@]*@", r"\1:***@", self.url) if self.url else str(self._path)

    @property
    def empty(self) -> bool:
        """True where nothing was ever saved."""
        return not self.url and not self._path.exists()

    @cached_property
    def maps(self) -> Maps:
        """All maps with their versions."""
        from tropa.store.documents.maps import Maps

        return Maps(self.database)

    @cached_property
    def comments(self) -> Comments:
        """Comments on maps."""
        from tropa.store.documents.comments import Comments

        return Comments(self.database)

    @cached_property
    def research(self) -> Research:
        """Notes of research, and what they are tied to."""
        from tropa.store.documents.research import Research

        return Research(self.database)

    @cached_property
    def people(self) -> People:
        """Accounts."""
        from tropa.store.documents.people import People

        return People(self.database)

    @cached_property
    def sessions(self) -> Sessions:
        """Sessions of those who signed in, and guesses at passwords."""
        from tropa.store.documents.sessions import Sessions

        return Sessions(self.database)

    @cached_property
    def invitations(self) -> Invitations:
        """Invitations that are open."""
        from tropa.store.documents.invitations import Invitations

        return Invitations(self.database)

    @cached_property
    def shares(self) -> Shares:
        """Links by which one map can be read without an account."""
        from tropa.store.documents.shares import Shares

        return Shares(self.database)

    def save_map(self, text: str, author: str = "") -> MapVersion:
        """Keep a map (YAML) as the newest version of the workspace's living map.

        Raises:
            TropaError: (kind `map`) when it cannot be read as a map.
        """
        from tropa.cx.map_file import parse_map
        from tropa.store.documents.map_records import DEFAULT_KIND, NewVersion, Taken

        document = parse_map(text)
        kind = document.raw.get("kind")
        new = NewVersion(
            text, "yaml", document.name, kind if isinstance(kind, str) else DEFAULT_KIND, author, "imported"
        )
        while True:
            live = self.maps.live()
            try:
                if live is None:
                    return self.maps.create(new, "first")
                return self.maps.save(live.id, live.latest, new)
            except Taken:
                continue

    def current_map(self) -> MapVersion | None:
        """The newest version of the living map, or None."""
        if self.empty:
            return None
        live = self.maps.live()
        return None if live is None else self.maps.version(live.id, live.latest)
