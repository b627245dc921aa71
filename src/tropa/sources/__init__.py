"""What brings data in: files of events, feedback, customers and identities, normalised by portions."""

from tropa.sources.manner import marks
from tropa.sources.model import CANONICAL, FILE_KINDS, Chunk, FileKind, Join, Reading, Recognised
from tropa.sources.reading import fingerprint, read, recognise

__all__ = [
    "CANONICAL",
    "FILE_KINDS",
    "Chunk",
    "FileKind",
    "Join",
    "Reading",
    "Recognised",
    "fingerprint",
    "marks",
    "read",
    "recognise",
]
