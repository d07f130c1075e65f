"""Word copies of what this stage makes."""
