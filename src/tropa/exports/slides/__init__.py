"""The sheet as slides with native tables and charts that can be edited."""
