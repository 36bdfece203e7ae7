"""What makes an archive findable: the terms of its words, and the index of where they stand, cut into files that a reader's browser fetches
as it needs them. `client/` is the program that reads them there (docs/search.md)."""
