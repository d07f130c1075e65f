"""Pages of the incident."""
