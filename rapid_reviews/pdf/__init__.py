"""PDF copies of what this stage makes."""
