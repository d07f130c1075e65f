"""Pages of the chronology: the agency's own, and the merged one for the partnership."""
