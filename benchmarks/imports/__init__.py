"""Made-up articles with labels, and how well an import reads them."""
