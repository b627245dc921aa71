"""Word lists that reading starts from: plain data in the notation of `tropa.text.patterns`, ё written as е."""
