"""Turn an annotated capture into a TEI document: header, text, and both in one file."""
