"""The law as tables and arithmetic. Pure Python: imports neither Django nor the rest of cspr."""
