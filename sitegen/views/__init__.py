"""From a page's argument list to the frozen value that its template is given. Pure but for `load`, which fetches what the
arguments' digests stand for."""
