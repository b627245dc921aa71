"""`python -m tropa.cli`."""

from tropa.cli import main

main()
