"""Sentences of this app's events."""

SENTENCES = {
    "document.added": "The document “{title}” was added",
    "document.version_added": "Version {number} of the document “{title}” was added",
    "document.scanned": "The document “{title}” was checked for viruses: {result}",
}
