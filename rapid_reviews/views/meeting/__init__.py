"""Pages of the meeting on a rapid review."""
