"""Codes and their words in this stage, one module a noun."""
