"""Reading sources: what becomes a report, what is skipped with which reason, and that nothing is fatal."""

from __future__ import annotations

import io
import json
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.dates import iso_date
from kg.errors import UsageError
from kg.language import language_of
from kg.model import Report
from kg.read import Note, OtherFiles, Skipped, read_reports
from kg.text import MAX_CHARACTERS, clean, decode


def items(*sources, **options):
    return list(read_reports([str(source) for source in sources], **options))


def piped(data: bytes, **options):
    return items("-", stdin=io.BytesIO(data), **options)


def only(found, kind):
    assert [type(item) for item in found] == [kind], found
    return found[0]


@pytest.fixture
def write(tmp_path):
    def write(name: str, content: str | bytes):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write


def test_a_text_file_is_one_report_named_after_the_file(write):
    report = only(items(write("one.txt", "Gunmen attacked a post.\nTwo died.\n")), Report)
    assert report.text == "Gunmen attacked a post.\nTwo died."
    assert report.given_ids == ("one.txt",)


def test_split_lines_gives_one_report_a_line_numbered_as_in_the_file(write):
    found = items(write("heads.txt", "First.\r\n\r\nThird."), split_lines=True)
    assert [(report.text, report.given_ids) for report in found] == [
        ("First.", ("heads.txt:1",)),
        ("Third.", ("heads.txt:3",)),
    ]


def test_header_lines_say_what_text_can_not(write):
    head = "Title: Raid\nPublished: 2019-03-27T08:00:00Z\nPublisher: Example\nUrl: https://e.org/a\nId: x1"
    text = head + "\n\nBody.\n"
    report = only(items(write("a.txt", text)), Report)
    assert (report.title, report.published, report.publisher, report.url, report.given_ids, report.text) == (
        "Raid", "2019-03-27", "Example", "https://e.org/a", ("x1",), "Body.",
    )  # fmt: skip


@pytest.mark.parametrize(
    "text",
    ["Title: no blank line after it", "JNIM: we did it\n\nMore.", "Published: 2019\nnot a header\n\nMore."],
)
def test_lines_that_are_no_header_stay_text(write, text):
    assert only(items(write("a.txt", text)), Report).text == text


def test_an_unknown_header_line_is_noted(write):
    note, report = items(write("a.txt", "Title: T\nAuthor: A\n\nBody."))
    assert isinstance(note, Note)
    assert "author" in note.text
    assert report.text == "Body."


def test_options_fill_in_only_what_a_report_lacks(write):
    path = write("r.jsonl", '{"text": "One.", "published": "2020"}\n{"text": "Two."}\n')
    one, two = items(path, published="2019-03", publisher="Example", url="https://e.org")
    assert (one.published, two.published, two.publisher, two.url) == (
        "2020",
        "2019-03",
        "Example",
        "https://e.org",
    )


@pytest.mark.parametrize(
    "options", [{"published": "27/03/2019"}, {"published": "2019-02-30"}, {"url": "javascript:x"}]
)
def test_a_wrong_option_is_a_usage_error(options):
    with pytest.raises(UsageError):
        items("-", **options)


def test_no_source_is_a_usage_error():
    with pytest.raises(UsageError):
        items()


def test_json_lines_keep_their_identifiers_and_ignore_other_fields(write):
    lines = [
        {"id": "a", "text": "One.", "facts": []},
        {"id": 7, "text": "Two.", "title": None},
        {"text": "Three.", "language": "en-GB"},
    ]
    found = items(write("r.jsonl", "\n".join(map(json.dumps, lines))))
    assert [report.given_ids[0] for report in found] == ["a", "7", "r.jsonl:3"]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"text": "cut', "malformed JSON"),
        ("[1, 2]", "not a JSON object"),
        ('{"title": "no text"}', '"text" is missing'),
        ('{"text": 3}', '"text" is missing or not a string'),
        ('{"text": "x", "url": ["y"]}', '"url" is not a string'),
        ('{"text": "x", "published": "yesterday"}', "is not an ISO date"),
        ('{"text": "x", "language": "??"}', "is not a language tag"),
        ('{"text": "  "}', "empty"),
        ("[" * 100_000, "malformed JSON"),
        ('{"text": "x", "title": "' + "t" * 10_001 + '"}', "title is longer"),
    ],
)
def test_a_bad_line_is_skipped_with_its_reason_and_the_rest_is_read(write, line, reason):
    skipped, report = items(write("r.jsonl", line + '\n{"text": "Good."}\n'))
    assert skipped.source.endswith("r.jsonl:1")
    assert reason in skipped.reason
    assert "\n" not in skipped.reason
    assert report.text == "Good."


def test_a_folder_is_read_in_sorted_order_and_other_files_are_counted(write, tmp_path):
    for name in ("b.txt", "a/z.txt", "a.txt", "x.jsonl", "page.html", "photo.jpg", ".hidden/h.txt", ".h.txt"):
        write("in/" + name, '{"text": "Text."}' if name.endswith("jsonl") else "Text.")
    found = items(tmp_path / "in")
    assert [item.given_ids[0] for item in found[:-1]] == ["a/z.txt", "a.txt", "b.txt", "x.jsonl:1"]
    assert found[-1] == OtherFiles(str(tmp_path / "in"), 2)


@pytest.mark.parametrize("name", ["page.html", "feed.rss", "feed.xml"])
def test_a_page_or_feed_gets_one_clear_line(write, name):
    assert "HTML and feeds are not read" in only(items(write(name, "<p>x</p>")), Skipped).reason


def test_standard_input_is_text_or_json_lines_as_its_start_says():
    assert only(piped(b"Some text."), Report).given_ids == ("-",)
    assert [item.given_ids for item in piped(b"One.\nTwo.\n", split_lines=True)] == [("-:1",), ("-:2",)]
    assert only(piped(b'\n{"text": "One.", "id": "x"}\n'), Report).given_ids == ("x",)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
@pytest.mark.parametrize("split_lines", [False, True])
def test_unicode_with_a_mark_is_read_alike(encoding, split_lines):
    text = "Mali’s army in Ménaka"
    assert only(piped(text.encode(encoding), split_lines=split_lines), Report).text == text


def test_json_lines_in_utf16_are_read(write):
    path = write("r.jsonl", '{"text": "Ménaka"}\n{"text": "Gao"}'.encode("utf-16"))
    assert [report.text for report in items(path)] == ["Ménaka", "Gao"]


def test_latin1_is_read_with_a_note_once_a_file():
    lines = "Attaque à Ménaka.\nDeuxième à Gao.\n".encode("cp1252")
    note, *reports = piped(lines, split_lines=True)
    assert "Windows-1252" in note.text
    assert [report.text for report in reports] == ["Attaque à Ménaka.", "Deuxième à Gao."]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \n\t", "empty"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "binary"),
        ("text".encode("utf-16-le"), "byte order mark"),
        (b"\xff\xfea\0b", "damaged UTF-16"),
        ("Mali’s army ".encode() + b"\xe2\x80 cut", "damaged UTF-8"),
        ("Боевики напали на село".encode("koi8-r"), "unknown encoding"),
        (bytes(range(1, 32)) * 4, "binary"),
        (b"a" * (MAX_CHARACTERS + 1), "longer than 1,000,000 characters"),
        (b"a" * (5 * MAX_CHARACTERS), "longer than 1,000,000 characters"),
    ],
)
def test_what_is_no_text_is_skipped(data, reason):
    assert reason in only(piped(data), Skipped).reason


def test_a_line_of_200_megabytes_is_passed_over_in_little_memory(tmp_path):
    import tracemalloc

    path = tmp_path / "long.txt"
    with path.open("wb") as file:
        file.write(b"Before.\n")
        for _ in range(200):
            file.write(b"a" * 1_000_000)
        file.write(b"\nAfter.\n")
    tracemalloc.start()
    before, skipped, after = items(path, split_lines=True)
    [whole] = items(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (before.text, after.text, after.given_ids) == ("Before.", "After.", ("long.txt:3",))
    assert "longer than" in skipped.reason
    assert "longer than" in whole.reason
    assert peak < 100_000_000


def test_missing_and_unreadable_sources_are_skipped_and_the_rest_is_read(write, tmp_path):
    good = write("good.txt", "Good.")
    missing, below_a_file, report = items(tmp_path / "no", good / "x.txt", good)
    assert "no such file" in missing.reason
    assert "can't be read" in below_a_file.reason
    assert report.text == "Good."


def test_a_pipe_given_by_name_is_read(tmp_path):
    read_end, write_end = os.pipe()
    os.write(write_end, b"Piped.")
    os.close(write_end)
    assert only(items(f"/dev/fd/{read_end}"), Report).text == "Piped."
    os.close(read_end)


def test_another_language_is_kept_and_noted():
    french = (
        "Les combattants ont attaqué une position de l'armée dans la région de Gao, et le ministère "
        "a confirmé que des soldats sont morts pour la défense de la ville."
    )
    note, report = piped(french.encode())
    assert "language fr" in note.text
    assert report.language == "fr"


@pytest.mark.parametrize(
    "text",
    [
        "Northern Mali clans swear allegiance to JNIM",
        "Mouvement pour l'unicité et le jihad en Afrique de l'Ouest claims attack",
        "Gao",
        "12",
    ],
)
def test_a_headline_with_foreign_names_is_english(text):
    assert language_of(text) == "en"


def test_a_script_is_enough_to_tell_a_language():
    assert language_of("تنظيم القاعدة") == "ar"
    assert language_of("JNIM (جماعة) claims an attack") == "en"


def test_an_address_that_is_none_is_left_out_with_a_note():
    note, report = piped(b'{"text": "x", "url": "javascript:alert(1)"}')
    assert "not a web address" in note.text
    assert report.url == ""


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2019", "2019"), ("2019-03", "2019-03"), ("2019-03-27", "2019-03-27"),
        ("2019-03-27T23:59:59+02:00", "2019-03-27"),
        ("2019-13", ""), ("2019-02-29", ""), ("27/03/2019", ""), ("0000", ""), ("", ""), ("٢٠١٩", ""),
    ],
)  # fmt: skip
def test_iso_dates_keep_their_precision(text, date):
    assert iso_date(text) == date


def test_cleaning_takes_out_what_can_deceive_or_break_a_file():
    assert clean(" a\u202eb\u200bc\u00add\r\ne\x1ff\ud800\ufffeg\u2028h ") == "abcd\nef\ufffd\ufffdg\nh"
    assert clean("a\u200cb") == "a\u200cb"


@given(st.text(st.characters(), max_size=200))
def test_cleaning_twice_changes_nothing(text):
    once = clean(text)
    assert clean(once) == once
    once.encode("utf-8")


@given(st.binary(max_size=300), st.booleans())
def test_no_bytes_break_reading(data, split_lines):
    for item in piped(data, split_lines=split_lines):
        assert isinstance(item, Report | Skipped | Note)


@given(st.lists(st.text(st.characters(), min_size=1, max_size=50), max_size=5))
def test_whatever_json_lines_hold_comes_out_cleaned(texts):
    data = "\n".join(
        json.dumps({"text": text, "id": str(index)}) for index, text in enumerate(texts)
    ).encode()
    reports = {item.given_ids[0]: item.text for item in piped(data) if isinstance(item, Report)}
    assert reports == {str(index): clean(text) for index, text in enumerate(texts) if clean(text)}


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=100))
def test_utf8_decodes_to_itself(text):
    if not text.startswith("\ufeff"):
        assert decode(text.encode()) == (text, "")


def test_reading_twice_gives_the_same(write, tmp_path):
    write("in/a.txt", "A.")
    write("in/b.jsonl", '{"text": "B."}\n{"text": 1}')
    assert items(tmp_path / "in") == items(tmp_path / "in")
