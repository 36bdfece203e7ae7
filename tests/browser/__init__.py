"""Real pages in real Chromium."""
