"""sitegen: a static site generator for an annotated article archive."""

__version__ = "0.1.0"
