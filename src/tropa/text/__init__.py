"""What people write: language, sentiment, topics, kinds of pain; texts in, labels out. Knows nothing of journeys."""
