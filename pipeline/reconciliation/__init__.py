"""Turn a new conversion into the edition's documents for as long as there is an edition: no editor's hand is undone.

    base, new, edited → texts and marks (`versions`) → what corresponds (`correspondence`) → what conversion changed
    (`changes`) → what of it can be carried out (`merging`, `decisions`) → merged text and marks (`composing`) → file
    (`writing`)

`placing` decides what becomes of a document, `known` and `surveying` read what conversion remembers.
"""

from pipeline.reconciliation.known import Known, read_known, write_known
from pipeline.reconciliation.likeness import likeness, witnesses_as_converted
from pipeline.reconciliation.placing import Decision, Placed, Settling, files_of, place
from pipeline.reconciliation.surveying import Survey, survey

__all__ = [
    "Decision",
    "Known",
    "Placed",
    "Settling",
    "Survey",
    "files_of",
    "likeness",
    "place",
    "read_known",
    "survey",
    "witnesses_as_converted",
    "write_known",
]
