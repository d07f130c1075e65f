"""Measurements. Run by hand, never imported by the system."""
