"""The sheet drawn on paper: blocks in rows, rows in bands, bands on pages."""
