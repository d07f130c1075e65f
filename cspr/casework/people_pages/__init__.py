"""People and organisations: their pages, and the acts that touch people, cases and mail together."""
