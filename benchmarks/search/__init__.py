"""The trial of search libraries: which of them finds what, at what cost. docs/search.md has the table."""
