"""Turn captures of historical documents into a scholarly edition in TEI P5, and that into a website and a book."""

__version__ = "0.1.0"
