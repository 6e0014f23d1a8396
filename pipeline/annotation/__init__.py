"""Turn the text of a capture into spans: what each part of it is, over a text that never changes."""
