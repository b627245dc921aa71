"""The form that every analysis fills, and the filters that all of them accept."""

from tropa.contract.analysis import Analysis, Answer
from tropa.contract.filters import Filters

__all__ = ["Analysis", "Answer", "Filters"]
