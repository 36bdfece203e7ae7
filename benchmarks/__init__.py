"""Speed and memory, measured side by side with a peer. Nothing here is a test."""
