"""Pages of an agency's requests and returns; a guest's are the same ones, reached by a link."""
