"""What is wrong in the journey, why, and what it costs: findings put together from the answers of analyses."""
