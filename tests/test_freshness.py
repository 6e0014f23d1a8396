"""Turn what is promised of fresh products into tests: what was made from the same is not made again."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.freshness import Freshness, fingerprint_of


def there() -> bool:
    return True


def missing() -> bool:
    return False


def remember(build: Path, **products: str) -> None:
    freshness = Freshness(build, "website")
    for product, fingerprint in products.items():
        freshness.made(product, fingerprint)
    freshness.write()


def test_a_product_made_from_the_same_is_fresh(tmp_path: Path) -> None:
    remember(tmp_path, d1="a", d2="b")
    freshness = Freshness(tmp_path, "website")
    assert freshness.is_fresh("d1", "a", there)
    assert not freshness.is_fresh("d2", "changed", there)
    assert not freshness.is_fresh("d3", "a", there)


def test_a_product_whose_file_is_gone_is_not_fresh(tmp_path: Path) -> None:
    remember(tmp_path, d1="a")
    assert not Freshness(tmp_path, "website").is_fresh("d1", "a", missing)


def test_stages_do_not_share_what_they_remember(tmp_path: Path) -> None:
    remember(tmp_path, d1="a")
    assert not Freshness(tmp_path, "typesetting").is_fresh("d1", "a", there)


def test_the_products_of_a_withdrawn_document_are_named(tmp_path: Path) -> None:
    remember(tmp_path, d1="a", d2="b", d3="c")
    freshness = Freshness(tmp_path, "website")
    freshness.is_fresh("d1", "a", there)
    freshness.made("d2", "new")
    assert freshness.gone() == ["d3"]


def test_what_was_fresh_stays_fresh_in_the_next_run(tmp_path: Path) -> None:
    remember(tmp_path, d1="a")
    second = Freshness(tmp_path, "website")
    second.is_fresh("d1", "a", there)
    second.write()
    assert Freshness(tmp_path, "website").is_fresh("d1", "a", there)


def test_a_damaged_record_costs_only_time(tmp_path: Path) -> None:
    remember(tmp_path, d1="a")
    for damage in (b"{", b"[]", b"\xff"):
        (tmp_path / ".state" / "website.json").write_bytes(damage)
        assert not Freshness(tmp_path, "website").is_fresh("d1", "a", there)


def test_the_same_products_give_the_same_record(tmp_path: Path) -> None:
    remember(tmp_path / "first", d1="a", d2="b")
    remember(tmp_path / "second", d2="b", d1="a")
    records = [(tmp_path / name / ".state" / "website.json").read_bytes() for name in ("first", "second")]
    assert records[0] == records[1]


def test_a_fingerprint_follows_the_content_of_files(tmp_path: Path) -> None:
    file = tmp_path / "corpus.xml"
    without = fingerprint_of(file)
    file.write_bytes(b"<TEI/>")
    assert without == fingerprint_of("")
    assert fingerprint_of(file) == fingerprint_of("<TEI/>") == fingerprint_of(b"<TEI/>")


@settings(deadline=None)
@given(st.lists(st.text(), max_size=4), st.lists(st.text(), max_size=4))
def test_law_other_parts_have_another_fingerprint(first: list[str], second: list[str]) -> None:
    assert (fingerprint_of(*first) == fingerprint_of(*second)) == (first == second)
