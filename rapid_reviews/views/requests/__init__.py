"""Pages of the unit's information requests."""
