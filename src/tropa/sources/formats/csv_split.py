"""One record of a text table into its fields, the way the scanner counts them."""

from __future__ import annotations


def split_record(record: str, delimiter: str) -> list[str]:
    """Fields of one record. A quote counts only at the beginning of a field; what follows a closing quote is kept."""
    fields: list[str] = []
    at, size = 0, len(record)
    while True:
        value = ""
        if at < size and record[at] == '"':
            at += 1
            while at < size:
                if record[at] == '"':
                    if record[at + 1 : at + 2] != '"':
                        break
                    at += 1
                value += record[at]
                at += 1
            at += 1
        end = record.find(delimiter, at)
        end = size if end < 0 else end
        fields.append(value + record[at:end])
        if end >= size:
            return fields
        at = end + 1
