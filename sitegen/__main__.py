"""`python -m sitegen`: the same program as the console script."""

from sitegen.cli import main

main()
