"""HTTP: parse, one call to the workspace, return."""
