"""Turn the seeds into figures on each stage: `make bench`. It reports and judges nothing.

Seeds are repeated with varied text to 1,000 documents; each stage runs on one processor and on all, then again after
one document changed. Volume and single PDFs are set from 500 documents, then each of the two alone, then both of the
seeds, then both of a fifth on facing pages. Then the site is built of editions that grow, whose people, days and
shelfmarks vary, and the lists of names are large: once when the index of names has to be made, once when it is there.
Last comes alignment alone, in one process.
"""

from __future__ import annotations

import argparse
import gzip
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from pipeline.workers import usable_processors
from tests.benchmarks.material import add_names, make_edition
from tests.benchmarks.spread import PERSON, make_spread
from tests.benchmarks.stage import STAGES

CLONE = Path(__file__).resolve().parents[2]
RECORD = "tei/.despatch/captures.jsonl"
NAMES = 100_000
"""Persons in the list, beside the edition's own, in the last runs."""

HEAD = (
    f"{'stage':26}{'documents':>10}{'cores':>6}{'seconds':>9}{'CPU s':>8}{'docs/s':>8}{'made':>6}"
    f"{'main MB':>9}{'worker MB':>10}"
)


def report(label: str, stage: str, root: Path, jobs: int) -> None:
    """Run a stage in a process of its own and print a line of figures, or why it could not run."""
    command = [sys.executable, "-m", "tests.benchmarks.stage", stage, str(root), str(jobs)]
    done = subprocess.run(command, cwd=CLONE, capture_output=True, text=True, check=False)
    if done.returncode:
        print(f"{label:26}  did not run: {done.stderr.strip().splitlines()[-1]}", flush=True)
        return
    figures = json.loads(done.stdout.splitlines()[-1])
    count = documents(root) if stage != "convert" else sum(1 for _ in (root / "seeds").iterdir())
    line = (
        f"{label:26}{count:10}{jobs:6}{figures['seconds']:9.2f}{figures['cpu']:8.2f}{count / figures['seconds']:8.0f}"
    )
    print(f"{line}{figures['made']:6}{figures['memory']:9.0f}{figures['worker']:10.0f}", flush=True)


def sites(folder: Path, most: int, jobs: int) -> None:
    """Build the site of editions that grow, people and days of their own in each: time should grow as they do."""
    for count in sorted({max(10, most // 10), max(10, most // 3), most}):
        root = folder / f"site-{count}"
        make_spread(root, CLONE, count)
        report("site, people vary", "site", root, jobs)
        change_one(root / "tei", ".xml", "</p>", " [...]</p>")
        report("  one text changed", "site", root, jobs)
        name_another(root / "tei")
        report("  one's people changed", "site", root, jobs)
        report("  nothing changed", "site", root, jobs)
        weigh(root / "build" / "site")


def weigh(site: Path) -> None:
    """Print the heaviest page of a document, of a list, the page of the search, and what that looks in."""
    pages = {path: path.stat().st_size for path in site.rglob("*.html")}
    documents = {path.stem for path in (site / "tei").glob("*.xml")}
    search = sum(path.stat().st_size for path in (site / "search").rglob("*") if path.is_file())
    print(f"  {len(pages)} pages; the search looks in {search:,} bytes; the heaviest pages:")
    own = max((path for path in pages if path.stem in documents), key=pages.__getitem__)
    others = max((path for path in pages if path.stem not in {*documents, "guidelines"}), key=pages.__getitem__)
    for path in (own, others, site / "search.html"):
        content = path.read_bytes()
        packed = len(gzip.compress(content, mtime=0))
        print(f"    {path.relative_to(site).as_posix()}: {len(content):,} bytes, {packed:,} compressed")


def documents(root: Path) -> int:
    return sum(1 for path in (root / "tei").glob("*.xml") if path.name != "corpus.xml")


def change_one(folder: Path, suffix: str, old: str, new: str) -> None:
    """Change a little in the middle file of a folder."""
    files = sorted(path for path in folder.glob(f"*{suffix}") if path.name != "corpus.xml")
    if files:
        file = files[len(files) // 2]
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace(old, new, 1), encoding="utf-8", newline="")


def name_another(folder: Path) -> None:
    """Let the first name in the middle document of a folder mean another person."""
    files = sorted(path for path in folder.glob("*.xml") if path.name != "corpus.xml")
    file = files[len(files) // 2]
    text = file.read_text(encoding="utf-8")
    file.write_text(PERSON.sub('ref="authorities/persons.xml#invented-3"', text, count=1), encoding="utf-8", newline="")


def edit_many(root: Path, old: str, new: str) -> None:
    """Edit every tenth document, and change its seed otherwise, so that both hands meet in it."""
    seeds = {line["id"]: line["seed"] for line in map(json.loads, (root / RECORD).read_text("utf-8").splitlines())}
    for number, file in enumerate(sorted((root / "tei").glob("d*.xml"))):
        if number % 10 == 0:
            text = file.read_text(encoding="utf-8")
            file.write_text(text.replace(old, new, 2).replace("<closer>", "<!-- seen --><closer>"), encoding="utf-8")
            seed = root / seeds[file.stem]
            seed.write_bytes(seed.read_bytes().replace(" в ".encode(), " же в ".encode(), 3))


def part_of(root: Path, count: int) -> Path:
    """Return a copy of an edition's TEI with only so many of its documents."""
    part = root.with_name(f"{root.name}-{count}")
    shutil.copytree(root / "tei", part / "tei")
    files = sorted(path for path in (part / "tei").glob("*.xml") if path.name != "corpus.xml")
    for path in files[count:]:
        path.unlink()
    return part


def print_parts(folder: Path, edition: Path, jobs: int) -> None:
    """Run the print stage for the volume alone, for the documents' own PDFs alone, and for the edition of the seeds."""
    made = edition / "build" / "print"
    (made / "volume.pdf").unlink(missing_ok=True)
    report("print, volume alone", "print", edition, jobs)
    shutil.rmtree(made / "documents")
    report("print, documents alone", "print", edition, jobs)
    seeds = folder / "seeds-only"
    shutil.copytree(CLONE / "tei", seeds / "tei")
    report("print, the seeds", "print", seeds, jobs)
    facing = part_of(edition, max(5, documents(edition) // 5))
    corpus = facing / "tei" / "corpus.xml"
    rule = corpus.read_text(encoding="utf-8").replace("size: 170mm", "--parallel-texts: facing; size: 170mm")
    corpus.write_text(rule, encoding="utf-8")
    report("print, facing pages", "print", facing, jobs)


def benchmark(folder: Path, count: int, pages: int) -> None:
    print(HEAD)
    everything = usable_processors()
    for jobs in sorted({1, everything}):
        root = folder / f"on-{jobs}"
        make_edition(root, CLONE, count)
        for stage in [name for name in STAGES if name != "print"]:
            report(stage, stage, root, jobs)
        report("print", "print", part_of(root, pages), jobs)
    print_parts(folder, root.with_name(f"{root.name}-{pages}"), everything)
    again(root, everything)
    sites(folder, count, everything)
    known = folder / "many-names"
    make_edition(known, CLONE, count)
    add_names(known, NAMES)
    for run in ("first", "again"):
        report(f"convert, {NAMES:,} names, {run}", "convert", known, everything)
        shutil.rmtree(known / "tei" / ".despatch")
        (known / "build" / ".state" / "conversion.json").unlink()
    subprocess.run([sys.executable, "-m", "tests.benchmarks.alignment", str(root)], cwd=CLONE, check=False)


def again(root: Path, jobs: int) -> None:
    """Run the stages when nothing changed, and after one seed and one document did."""
    for stage in [name for name in STAGES if name != "print"]:
        report(f"{stage}, nothing changed", stage, root, jobs)
    change_one(root / "seeds", ".txt", " и ", " же и ")
    report("convert, one seed changed", "convert", root, jobs)
    edit_many(root, " и ", " <hi>и</hi> ")
    report("convert, each tenth edited", "convert", root, jobs)
    volume = next(root.parent.glob(f"{root.name}-*"))
    for place in (root, volume):
        change_one(place / "tei", ".xml", "</p>", " [...]</p>")
    for stage in ("check", "site", "print"):
        report(f"{stage}, one changed", stage, volume if stage == "print" else root, jobs)


def main() -> None:
    parser = argparse.ArgumentParser(prog="make bench", description="measure each stage on a large edition")
    parser.add_argument("--documents", type=int, default=1000, help="documents for convert, check and site")
    parser.add_argument("--sites", action="store_true", help="measure only the sites of editions that grow")
    parser.add_argument("--volume", type=int, default=500, help="documents in the printed volume")
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="despatch-bench-") as folder:
        if wanted.sites:
            print(HEAD)
            sites(Path(folder), wanted.documents, usable_processors())
        else:
            benchmark(Path(folder), wanted.documents, wanted.volume)


if __name__ == "__main__":
    main()
