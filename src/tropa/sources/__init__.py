"""What brings data in: files of events, feedback, customers and identities, normalised by portions."""

from tropa.sources.formats import forget
from tropa.sources.guess import KIND_OF, Guess, Reason, Shape, guess, keys_of
from tropa.sources.known import Key, Known
from tropa.sources.looks import ColumnLook, FileLook, look_at
from tropa.sources.manner import marks
from tropa.sources.model import CANONICAL, CLOCKS, FILE_KINDS, Chunk, FileKind, Join, Reading, Recognised
from tropa.sources.reading import fingerprint, read, recognise
from tropa.sources.remarks import Remarks

__all__ = [
    "CANONICAL",
    "CLOCKS",
    "FILE_KINDS",
    "KIND_OF",
    "Chunk",
    "ColumnLook",
    "FileKind",
    "FileLook",
    "Guess",
    "Join",
    "Key",
    "Known",
    "Reading",
    "Reason",
    "Recognised",
    "Remarks",
    "Shape",
    "fingerprint",
    "forget",
    "guess",
    "keys_of",
    "look_at",
    "marks",
    "read",
    "recognise",
]
