"""What the site says to machines: feed and sitemap. Pure."""
