"""The archive as a whole: what is public, which ids exist, where names are mentioned, which pages follow. Pure."""
