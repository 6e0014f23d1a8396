"""Turn an empty folder into an edition: its folders, its settings, and the schema that editors' programs look for."""

from __future__ import annotations

import shutil
from html import escape
from pathlib import Path

from pipeline.edition import CORPUS, Edition
from pipeline.files import write_file
from pipeline.problems import PipelineError
from pipeline.resources import resource

TEMPLATE = "schemas/corpus-template.xml"
AUTHORITY_TEMPLATE = "schemas/authority-template.xml"

_LISTS = {
    "persons.xml": ("Persons", "Лица", "listPerson", "person", "persName", "Roshchin, Nikolai"),
    "places.xml": ("Places", "Места", "listPlace", "place", "placeName", "Beijing"),
    "organisations.xml": ("Organisations", "Организации", "listOrg", "org", "orgName", "Security Council"),
}
"""Of each list its title in English and Russian, its element, that of an entry and of a name, and an example."""

FOR_EDITORS = ("schemas", "xslt", ".vscode")
"""What editors' programs look for: schema, rules, catalog, author view and oXygen's project; the stylesheets with which
that shows a page, which keep the edition readable too; settings and tasks of VS Code."""

_IGNORED = "/build/\n"


class FolderTaken(PipelineError):
    """The folder already holds an edition."""


def found_edition(folder: Path, title: str, date: str) -> Edition:
    """Make a new edition in a folder and return it; raise `FolderTaken` where one is there already.

    `date` is the edition's, ISO 8601: it stands in the volume and changes only when an editor changes it. Files that
    stand in the folder stay as they are.
    """
    edition = Edition(folder.resolve())
    if edition.corpus.exists():
        raise FolderTaken(f"{folder} already holds an edition ({CORPUS}); choose another folder")
    edition.seeds.mkdir(parents=True, exist_ok=True)
    template = resource(TEMPLATE).read_text(encoding="utf-8")
    if title:
        template = template.replace("<title>New edition</title>", f"<title>{escape(title, quote=False)}</title>")
    template = template.replace("</publicationStmt>", f' <date when="{escape(date)}"/>\n   </publicationStmt>', 1)
    for folder_of_editors in FOR_EDITORS:
        if not (edition.root / folder_of_editors).exists():
            shutil.copytree(resource(folder_of_editors), edition.root / folder_of_editors)
    if not (edition.root / ".gitignore").exists():
        write_file(edition.root / ".gitignore", _IGNORED.encode())
    _write_lists(edition)
    write_file(edition.corpus, template.encode())
    return edition


def _write_lists(edition: Edition) -> None:
    """Write the lists of persons, places and bodies, still without entries, where there are none."""
    template = resource(AUTHORITY_TEMPLATE).read_text(encoding="utf-8")
    for name, (english, russian, element, entry, form, example) in _LISTS.items():
        file = edition.tei / "authorities" / name
        if not file.exists():
            words = {
                "{id}": file.stem,
                "{title-en}": english,
                "{title-ru}": russian,
                "{list}": element,
                "{entry}": entry,
                "{name}": form,
                "{example}": example,
            }
            text = template
            for placeholder, word in words.items():
                text = text.replace(placeholder, word)
            write_file(file, text.encode())
