"""Pages of what is shared with other areas: of those who share, and of those it is shared with."""
