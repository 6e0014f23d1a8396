"""Turn schemas that an editor names into tests: what they forbid is told, what they may not do they cannot."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.edition import Edition
from pipeline.named_schemas import SchemaRefused
from pipeline.problems import ExitCode, Outcome, Problem, as_text
from pipeline.relaxng.datatypes import RELAXNG, XSD
from pipeline.resources import resource
from pipeline.stylesheets import stylesheet
from pipeline.tei import TEI, read_tei
from pipeline.validation import check
from tests.tei_all import CLONE, TeiAll

VALID = CLONE / "tests" / "cases" / "validation" / "valid-edition"
DOCUMENT = "d1950-10-03-roshchin-stalin"
SECRET = "ДОВЕРИТЕЛЬНО"

Checking = Callable[..., Outcome]


@pytest.fixture
def edition(tmp_path: Path) -> Edition:
    shutil.copytree(VALID / "tei", tmp_path / "edition" / "tei")
    return Edition((tmp_path / "edition").resolve())


@pytest.fixture
def checked(edition: Edition, tmp_path: Path) -> Checking:
    """Return a function that checks the valid document against a schema with this content."""

    def checked(content: str, name: str = "own.sch", jobs: int = 1) -> Outcome:
        (tmp_path / name).write_text(content, encoding="utf-8")
        return check(edition, jobs, [edition.tei / f"{DOCUMENT}.xml"], [tmp_path / name])

    return checked


def schematron(rules: str, attributes: str = 'queryBinding="xslt3"', before: str = "") -> str:
    return f"""<schema xmlns="http://purl.oclc.org/dsdl/schematron" {attributes}
      xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:own="urn:own">
      <ns prefix="tei" uri="{TEI}"/><ns prefix="own" uri="urn:own"/>{before}{rules}</schema>"""


def report(test: str) -> str:
    """Return a pattern that reports at the root what a test says."""
    return f'<pattern><rule context="tei:TEI"><report id="own-1" test="{test}">found</report></rule></pattern>'


def relaxng(content: str) -> str:
    return f'<grammar xmlns="{RELAXNG}" datatypeLibrary="{XSD}" ns="{TEI}">{content}</grammar>'


def only(outcome: Outcome) -> Problem:
    (found,) = outcome.problems
    return found


# What they say

ABSTRACT = {
    "rule": """<pattern><rule abstract="true" id="named"><let name="name" value="name()"/>
        <assert id="own-1" test="@ana"><value-of select="$name"/> lacks ana</assert></rule></pattern>
        <pattern><rule context="tei:TEI"><extends rule="named"/></rule></pattern>""",
    "pattern": """<pattern abstract="true" id="lacks"><rule context="$what">
        <assert id="own-1" test="@$which"><name/> lacks <value-of select="'$which'"/></assert></rule></pattern>
        <pattern is-a="lacks"><param name="what" value="tei:TEI"/><param name="which" value="ana"/></pattern>""",
    "phase": """<phase id="proofs"><active pattern="b"/></phase>
        <pattern id="a"><rule context="tei:TEI"><report test="true()">asked in another phase</report></rule></pattern>
        <pattern id="b"><rule context="tei:TEI"><assert id="own-1" test="@ana">TEI lacks a</assert></rule></pattern>""",
}


@pytest.mark.parametrize("way", ABSTRACT)
def test_a_rule_may_be_written_once_for_many(way: str, checked: Checking) -> None:
    phase = ' defaultPhase="proofs"' if way == "phase" else ""
    found = only(checked(schematron(ABSTRACT[way], f'queryBinding="xslt3"{phase}')))
    assert "own.sch: TEI lacks " in as_text(found)
    assert "this is rule own-1 " in as_text(found)


def test_of_two_instances_of_a_pattern_each_has_its_own_parameters(checked: Checking) -> None:
    instances = "".join(
        f'<pattern is-a="lacks"><param name="what" value="{what}"/><param name="which" value="{which}"/></pattern>'
        for what, which in [("tei:TEI", "ana"), ("tei:TEI", "xml:id"), ("tei:teiHeader", "n")]
    )
    abstract = ABSTRACT["pattern"].partition("<pattern is-a")[0]
    found = checked(schematron(abstract + instances)).problems
    assert sorted(dict(one.arguments)["sentence"].partition(" lacks")[0] for one in found) == ["TEI", "teiHeader"]


CONTEXTS = {
    "tei:p": True,
    "tei:p | tei:date[@when or (@from | @to)]|tei:opener": True,
    "tei:div//(tei:p | tei:opener)[not(contains(., '|'))]": True,
    "(tei:body | tei:teiHeader)//tei:date": True,
    "tei:date[contains(., '(') or contains(., ' | ')] | tei:p[1] (: a | b :)": True,
    "tei:date/@when | tei:p/text()": True,
    "tei:p | /tei:TEI/tei:text": False,
    "tei:date except tei:correspAction/tei:date": False,
    "(tei:date)except(tei:correspAction/tei:date)": False,
}
"""Contexts of rules, and whether each is nothing but paths, which are visited from the document down."""


@pytest.mark.parametrize("context", CONTEXTS)
def test_every_node_of_a_context_is_visited_once_however_it_is_written(context: str, checked: Checking) -> None:
    visited = f'<rule context="{context}"><report id="one" test="true()"><value-of select="path()"/></report></rule>'
    every = f'<report id="all" test="true()"><value-of select="//({context}) ! path()"/></report>'
    rules = f'<pattern>{visited}</pattern><pattern><rule context="tei:teiHeader">{every}</rule></pattern>'
    sentences: dict[str, list[str]] = {"one": [], "all": []}
    for found in checked(schematron(rules)).problems:
        words = dict(found.arguments)
        sentences[words["rule"]].append(words["sentence"])
    assert sentences["one"]
    assert sorted(sentences["one"]) == sorted(sentences["all"][0].split())


@pytest.mark.parametrize("context", CONTEXTS)
def test_a_context_of_paths_is_visited_from_the_document_down(context: str, tmp_path: Path) -> None:
    rules = tmp_path / "own.sch"
    rules.write_text(
        schematron(f'<pattern><rule context="{context}"><report test="true()">x</report></rule></pattern>')
    )
    made = stylesheet(resource("xslt/schema/schematron-to-xslt.xsl")).transform(read_tei(rules), {}, rules)
    assert (f"//({context})" not in made) == CONTEXTS[context]


def test_a_rule_of_an_editor_is_told_with_its_schema_place_and_severity(checked: Checking) -> None:
    rule = '<rule context="tei:TEI"><assert id="sign" role="warning" test="@ana">a <name/> without ana</assert></rule>'
    found = only(checked(schematron(f"<pattern>{rule}</pattern>")))
    assert (found.code, found.severity) == ("U011", "warning")
    line = (VALID / "tei" / f"{DOCUMENT}.xml").read_text(encoding="utf-8").splitlines()[found.line - 1]
    assert "<TEI" in line
    assert "own.sch: a TEI without ana; this is rule sign " in as_text(found)


@pytest.mark.parametrize(
    ("role", "code"), [("", "U010"), ('role="error"', "U010"), ('role="warn"', "U011"), ('role="info"', "U012")]
)
def test_the_role_of_a_rule_is_the_severity_of_its_problem(checked: Checking, role: str, code: str) -> None:
    rule = f'<rule context="tei:TEI"><report {role} test="true()">so</report></rule>'
    assert only(checked(schematron(f"<pattern>{rule}</pattern>"))).code == code


def test_rules_may_bring_functions_and_keys_of_their_own(checked: Checking) -> None:
    function = """<xsl:function name="own:long" xmlns:xs="http://www.w3.org/2001/XMLSchema"><xsl:param name="text"/>
      <xsl:sequence select="string-length($text) gt 3"/></xsl:function>"""
    assert only(checked(schematron(report("own:long('text')"), before=function))).code == "U010"
    assert checked(schematron(report("own:long('t')"), before=function)).problems == ()


def test_a_schema_of_an_editor_says_what_it_expects(checked: Checking) -> None:
    outcome = checked(relaxng('<start><element name="teiCorpus"><empty/></element></start>'), "own.rng")
    found = outcome.problems[0]
    assert (found.code, found.line) == ("U008", 3)
    assert "own.rng: there is no element <TEI>; use an element that this schema allows here: teiCorpus" in as_text(
        found
    )


def test_rules_embedded_in_a_schema_are_asked_too(checked: Checking) -> None:
    anything = """<start><ref name="any"/></start><define name="any"><element><anyName/><zeroOrMore><choice><text/>
      <attribute><anyName/></attribute><ref name="any"/></choice></zeroOrMore></element></define>"""
    embedded = """<pattern xmlns="http://purl.oclc.org/dsdl/schematron"><rule context="tei:TEI">
      <assert id="embedded" test="@ana">no ana</assert></rule></pattern>"""
    prefix = f'<ns xmlns="http://purl.oclc.org/dsdl/schematron" prefix="tei" uri="{TEI}"/>'
    assert checked(relaxng(anything), "own.rng").problems == ()
    assert "rule embedded" in as_text(only(checked(relaxng(anything + prefix + embedded), "own.rng")))


@pytest.mark.slow
def test_tei_s_own_schema_and_rules_have_nothing_against_the_edition(tei_all: TeiAll, tmp_path: Path) -> None:
    shutil.copytree(CLONE / "tei", tmp_path / "tei", ignore=shutil.ignore_patterns(".despatch"))
    edition = Edition(tmp_path.resolve())
    documents = [edition.corpus, *edition.documents()]
    assert [found for found in check(edition, 1, documents, [tei_all.path]).problems if found.code[0] == "U"] == []
    broken = documents[1].read_text(encoding="utf-8").replace("<seg type=", "<seg subtype=", 1)
    documents[1].write_text(broken.replace("</closer>", "</closer><p/>", 1), encoding="utf-8")
    found = check(edition, 1, documents, [tei_all.path]).problems
    assert {"U002", "U010"} <= {one.code for one in found}


# What they cannot do

READING = {
    "doc": "doc('{xml}') = '{secret}'",
    "document": "document('{xml}') = '{secret}'",
    "unparsed-text": "contains(unparsed-text('{txt}'), '{secret}')",
    "unparsed-text-lines": "unparsed-text-lines('{txt}') = '{secret}'",
    "unparsed-text-available": "unparsed-text-available('{txt}')",
    "doc-available": "doc-available('{xml}')",
    "collection": "collection('{folder}?select=secret.xml') = '{secret}'",
    "uri-collection": "exists(uri-collection('{folder}'))",
    "environment-variable": "environment-variable('PATH') != ''",
    "evaluate": "own:evaluate() = '{secret}'",
}
"""Ways in which a rule could look at something other than the document."""

EVALUATE = """<xsl:function name="own:evaluate"><xsl:evaluate xpath="'doc(''{xml}'')/string()'"/></xsl:function>"""


@pytest.fixture
def places(tmp_path: Path) -> dict[str, str]:
    """Return addresses of files that hold the secret, and the secret."""
    text, xml = tmp_path / "secret.txt", tmp_path / "secret.xml"
    text.write_text(SECRET, encoding="utf-8")
    xml.write_text(f"<secret>{SECRET}</secret>", encoding="utf-8")
    return {"txt": text.as_uri(), "xml": xml.as_uri(), "folder": tmp_path.as_uri(), "secret": SECRET}


@pytest.mark.parametrize("way", READING)
def test_a_rule_of_an_editor_reads_nothing_but_the_document(
    way: str, checked: Checking, places: dict[str, str]
) -> None:
    before = EVALUATE.format(**places) if way == "evaluate" else ""
    outcome = checked(schematron(report(READING[way].format(**places)), before=before))
    assert {found.code for found in outcome.problems} <= {"U013"}
    assert SECRET not in "".join(map(as_text, outcome.problems))


@pytest.mark.parametrize("way", READING)
def test_unlocked_the_same_rule_would_find_what_it_looks_for(way: str, tmp_path: Path, places: dict[str, str]) -> None:
    before = EVALUATE.format(**places) if way == "evaluate" else ""
    rules, made = tmp_path / "own.sch", tmp_path / "made.xsl"
    rules.write_text(schematron(report(READING[way].format(**places)), before=before), encoding="utf-8")
    transpiler = stylesheet(resource("xslt/schema/schematron-to-xslt.xsl"))
    made.write_text(transpiler.transform(read_tei(rules), {}, rules), encoding="utf-8")
    document = VALID / "tei" / f"{DOCUMENT}.xml"
    assert "<finding" in stylesheet(made).transform(read_tei(document), {}, document)


WRITING = """<xsl:function name="own:write"><xsl:result-document href="{folder}/written.xml"><x/></xsl:result-document>
  <xsl:sequence select="true()"/></xsl:function>"""

TRANSFORMING = """transform(map {{ 'source-node': ., 'stylesheet-text':
  replace('[xsl:stylesheet xmlns:xsl=~http://www.w3.org/1999/XSL/Transform~ version=~3.0~][xsl:template match=~/~]
  [xsl:result-document href=~{folder}/written.xml~][x/][/xsl:result-document][/xsl:template][/xsl:stylesheet]',
  '~', codepoints-to-string(34)) => translate('[]', '&lt;&gt;') }})?output = 'x'"""


def test_a_rule_of_an_editor_writes_nothing(checked: Checking, places: dict[str, str], tmp_path: Path) -> None:
    with pytest.raises(SchemaRefused, match="result-document"):
        checked(schematron(report("own:write()"), before=WRITING.format(**places)))
    assert only(checked(schematron(report(TRANSFORMING.format(**places))))).code == "U013"
    assert not (tmp_path / "written.xml").exists()


@pytest.mark.parametrize("way", ["import", "include"])
def test_a_rule_of_an_editor_takes_in_no_other_stylesheet(
    way: str, checked: Checking, places: dict[str, str], tmp_path: Path
) -> None:
    other = tmp_path / "other.xsl"
    other.write_text('<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"/>', "utf-8")
    with pytest.raises(SchemaRefused, match="prohibited"):
        checked(schematron(report("true()"), before=f'<xsl:{way} href="{other.as_uri()}"/>'))


@pytest.mark.parametrize("call", ["Q{java:java.lang.System}getProperty('user.home')", "Q{urn:none}run('x')"])
def test_a_rule_of_an_editor_calls_no_other_program(call: str, checked: Checking) -> None:
    with pytest.raises(SchemaRefused, match="Cannot find a 1-argument function"):
        checked(schematron(report(f"exists({call})")))


def test_a_schema_with_a_doctype_is_refused(checked: Checking, places: dict[str, str]) -> None:
    for content, name in ((schematron(report("true()")), "own.sch"), (relaxng("<start/>"), "own.rng")):
        with pytest.raises(SchemaRefused, match="DOCTYPE"):
            checked(f'<!DOCTYPE x [<!ENTITY e SYSTEM "{places["txt"]}">]>{content}', name)


# What goes beyond

BEYOND = {
    "own.sch queryBinding": (schematron("", ""), 'queryBinding="xslt"'),
    "own.sch include": (schematron('<include href="more.sch"/>'), 'line 3: <include href="more.sch"> is not supported'),
    "own.sch extends": (
        schematron('<pattern><rule context="x"><extends rule="y"/></rule></pattern>'),
        'is called rule="y"',
    ),
    "own.sch extends a file": (
        schematron('<pattern><rule context="x"><extends href="y.sch"/></rule></pattern>'),
        '<extends href="y.sch"> is not supported',
    ),
    "own.sch is-a": (schematron('<pattern is-a="none"/>'), 'is called is-a="none"'),
    "own.sch phase": (schematron(report("true()"), 'queryBinding="xslt3" defaultPhase="p"'), 'defaultPhase="p"'),
    "own.sch let of a phase": (schematron('<phase id="p"><let name="x" value="1"/></phase>'), "<let name"),
    "own.sch documents": (schematron('<pattern documents="doc.xml"/>'), '<pattern documents="doc.xml"> is not'),
    "own.sch library": (schematron('<library href="more.sch"/>'), "<library"),
    "own.sch group": (schematron('<group><rule context="x"/></group>'), "<group> is not supported"),
    "own.sch visit-each": (schematron('<pattern><rule context="x" visit-each="y"/></pattern>'), "<rule"),
    "own.sch XSLT in a rule": (
        schematron('<pattern><rule context="x"><xsl:variable name="y"/></rule></pattern>'),
        '<variable name="y"> is not supported',
    ),
    "own.sch XPath": (schematron(report("no-such-function()")), "does not compile"),
    "own.rng include": (relaxng('<include href="more.rng"/>'), "line 1: <include> is not supported"),
    "own.rng grammar": (relaxng("<start><grammar/></start>"), "<grammar> is not supported"),
    "own.rng parentRef": (relaxng('<start><parentRef name="x"/></start>'), "<parentRef> is not supported"),
    "own.rng undefined": (relaxng('<start><ref name="x"/></start>'), "refers to x"),
    "own.rng circle": (relaxng('<start><ref name="x"/></start><define name="x"><ref name="x"/></define>'), "to itself"),
    "own.rng datatype": (relaxng('<start><element name="x"><data type="none"/></element></start>'), "datatype none"),
    "own.rng prefix": (relaxng('<start><element name="x:y"><empty/></element></start>'), "prefix of x:y"),
    "own.rng name": (relaxng("<start><element/></start>"), "<element> has no name"),
    "own.rng below": (relaxng('<start><element name="x"><frame/></element></start>'), "<frame> is not supported"),
    "own.xsd": ('<schema xmlns="http://www.w3.org/2001/XMLSchema"/>', "no schema that Despatch reads"),
    "own.rnc": ("start = element TEI { empty }", "not well-formed"),
}


@pytest.mark.parametrize("case", BEYOND)
def test_a_schema_that_goes_beyond_is_refused_by_name(case: str, checked: Checking) -> None:
    content, reason = BEYOND[case]
    with pytest.raises(SchemaRefused) as refused:
        checked(content, case.split(maxsplit=1)[0])
    assert refused.value.exit_code is ExitCode.MISSING
    assert str(refused.value).startswith(case.split(maxsplit=1)[0])
    assert reason in str(refused.value)


# What is kept


def test_a_document_is_checked_again_where_a_named_schema_changed_and_only_there(checked: Checking) -> None:
    first, second = checked(schematron(report("true()"))), checked(schematron(report("true()")))
    assert (first.made, second.made) == (1, 0)
    assert first.problems == second.problems != ()
    changed = checked(schematron(report("false()")))
    assert (changed.made, changed.problems) == (1, ())


def test_without_a_named_schema_nothing_is_left_of_what_it_found(edition: Edition, checked: Checking) -> None:
    assert checked(schematron(report("true()"))).problems
    assert check(edition, 1, [edition.tei / f"{DOCUMENT}.xml"]).problems == ()


def test_a_check_by_another_schema_does_not_undo_what_is_known(edition: Edition, checked: Checking) -> None:
    document = [edition.tei / f"{DOCUMENT}.xml"]
    check(edition, 1, document)
    checked(schematron(report("true()")))
    assert check(edition, 1, document).made == 0
    assert checked(schematron(report("true()"))).made == 0


def test_a_schema_is_refused_in_other_processes_too(edition: Edition, tmp_path: Path) -> None:
    schema = tmp_path / "own.rng"
    schema.write_text(relaxng('<include href="more.rng"/>'), encoding="utf-8")
    for number in range(30):
        shutil.copy(edition.tei / f"{DOCUMENT}.xml", edition.tei / f"d{number}.xml")
    with pytest.raises(SchemaRefused, match=r"own\.rng"):
        check(edition, jobs=2, schemas=[schema])
