"""Numbers in, numbers with intervals out: no journeys and no customer experience here."""
