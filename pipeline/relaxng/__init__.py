"""Turn an invalid document into sentences: which element, where, and what the schema would allow there.

libxml2 validates fast but says little ("Did not expect element p there"). This validator computes derivatives of
patterns, so at every place it knows what may follow; it goes on after each violation.

Source: J. Clark, "An algorithm for RELAX NG validation", 2002; RELAX NG Specification, OASIS 2001.
"""

from pipeline.relaxng.explain import Kind, Violation, explain
from pipeline.relaxng.grammar import Grammar, UnsupportedSchema, grammar_of, read_grammar

__all__ = ["Grammar", "Kind", "UnsupportedSchema", "Violation", "explain", "grammar_of", "read_grammar"]
