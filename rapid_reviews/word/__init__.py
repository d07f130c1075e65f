"""Files made of this stage's pages."""
