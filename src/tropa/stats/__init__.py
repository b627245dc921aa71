"""Statistics: numbers in, numbers with intervals out; nothing here knows whose numbers they are."""
