"""Pages of the clocks: one clock, the public calculator, the calendar and numbers of the settings, the feed."""
