"""Runs the system where nothing is installed: own database server, queue and secret. Knows no Django."""
