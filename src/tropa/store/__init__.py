"""What is told is kept: the event log, the journeys derived from it, the documents."""
