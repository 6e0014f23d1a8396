"""Turn an edition's TEI files into a static website: a page for each document, a list of all, a page about the edition.

    build/site/index.html, about.html, <id>.html     in the first interface language of tei/corpus.xml
    build/site/persons.html, chronology.html, …      registers and other ways into the edition
    build/site/<language>/…                          the same pages in the other ones
    build/site/assets/                               the style sheet, the scripts of documents' pages and of the search
    build/site/tei/, text/, citation/, pdf/          the files of each document
    build/site/fonts/                                the fonts that it brings along (see `pipeline.website.fonts`)
    build/.state/website/<id>.xml                    a document's extract: what the lists and other pages need of it
    build/.state/website/mentions/<id>.xml           the names in it
    build/.state/website/lists/<id>.xml              what the lists of the edition have of it
    build/site/search/                               what the search looks in (see `pipeline.website.search`)

Everything that a reader sees is XSLT over TEI (`xslt/web`); here stands what is made when. A document is one unit of
work: a changed one costs its own pages, its places in the lists and, where its date or title changed, the pages that
name it. Pages are plain HTML with relative links, so that the site can be read from a folder and served from anywhere.
"""

from pipeline.website.building import build_website

__all__ = ["build_website"]
