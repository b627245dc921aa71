"""Ready maps to begin with: each in Russian and English, of one structure, with rules that often fit."""

from tropa.templates.catalogue import Template, all_templates, find_template, rule_of
from tropa.templates.matching import Activity, Guessed, Matched, Matching, match

__all__ = [
    "Activity",
    "Guessed",
    "Matched",
    "Matching",
    "Template",
    "all_templates",
    "find_template",
    "match",
    "rule_of",
]
