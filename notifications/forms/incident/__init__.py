"""Forms of the incident's pages."""
