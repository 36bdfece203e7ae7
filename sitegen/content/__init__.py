"""From the bytes of a content file to frozen records and text: front matter, Markdown, anchoring. Pure."""
