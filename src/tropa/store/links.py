"""Links between identifiers, each kept once: what is told again changes nobody."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from tropa.engine.grouping import Hashes, hash_text
from tropa.store.keys import Keys
from tropa.store.log import list_files

BLOCK_ROWS = 1_000_000


class Links:
    """The links of the log and of the load under way; read when the first one comes."""

    def __init__(self, folder: Path, version: int | None) -> None:
        self.folder = folder
        self.version = version
        self._keys: Keys | None = None

    def first_times(self, links: pl.DataFrame) -> pl.DataFrame:
        """Those that were not told before."""
        if links.is_empty():
            return links
        if self._keys is None:
            self._keys = Keys(self.folder, [])
            for file in list_files(self.folder, "identities", self.version):
                told = pl.read_parquet(file.path, columns=["identifier_a", "identifier_b"])
                for block in told.iter_slices(BLOCK_ROWS):
                    self._keys.add(_hashes(block))
        first = self._keys.add(_hashes(links))
        return links if first.all() else links.filter(first)


def _hashes(links: pl.DataFrame) -> Hashes:
    pair = pl.concat_str(pl.col("identifier_a", "identifier_b").cast(pl.String).fill_null(""), separator="\x00")
    table = links.select(pair=pair).to_arrow(compat_level=pl.CompatLevel.oldest())
    return hash_text(table["pair"].combine_chunks())
