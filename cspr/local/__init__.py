"""Runs the system on one machine with nothing installed: own database server, own queue, own secret. Knows no Django."""
