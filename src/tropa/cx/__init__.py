"""The vocabulary of customer experience: the map, its lens over the journeys, metrics, expectations."""
