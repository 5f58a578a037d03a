"""The course as static pages: all that the app's pages say stands there, and every link leads somewhere."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from explainer.chapters import ORDER
from explainer.export.course.__main__ import main
from explainer.export.course.files import Files, NotOursError
from explainer.export.course.folder import make_course
from explainer.export.course.markup import formula, html_of, line_of
from explainer.export.course.page_runs import PageRun
from explainer.words import COMMON, COURSE, words
from explainer.words.questions import Question
from tests.export.course import PageRead
from tests.opening import open_page

LARGEST = 10_000_000  # bytes
PAGES = ("home", "sigmoid", "graph")
ADDRESS = "https://cats.example/course"
PROJECT = "https://code.example/cats"
FILES = {"home": "index.html"} | {name: f"{name}.html" for name in ORDER}


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three pages of the course: quick ones."""
    folder = tmp_path_factory.mktemp("made") / "course"
    make_course(folder, ADDRESS, PROJECT, pages=PAGES)
    return folder


@pytest.fixture(scope="module")
def pages(course: Path) -> dict[str, PageRead]:
    return {name: PageRead(course / FILES[name]) for name in PAGES}


def broken_links(folder: Path, made: dict[str, PageRead]) -> Iterator[str]:
    """What leads nowhere: files that are not there, places that a page does not have."""
    known = {FILES[name]: page for name, page in made.items()}
    for name, page in made.items():
        for tag, attributes in page.tags:
            for key in ("href", "src"):
                link = attributes.get(key)
                if link is None or urlsplit(link).scheme:
                    continue
                parts = urlsplit(link)
                file = parts.path or FILES[name]
                exists = (folder / file).is_file() or file in FILES.values()
                place = parts.fragment
                if not exists or (place and file in known and place not in known[file].ids):
                    yield f"{name}: <{tag}> {link}"


def test_every_link_leads_somewhere(course: Path, pages: dict[str, PageRead]) -> None:
    assert list(broken_links(course, pages)) == []
    used = {attributes["block"] for page in pages.values() for attributes in page.data["figures"].values()}
    assert all((course / "files" / f"{block}.js").is_file() for block in used)


def test_a_page_asks_no_other_host_for_anything(pages: dict[str, PageRead]) -> None:
    for page in pages.values():
        fetched = [one["href"] for one in page.every("link") if one["rel"] != "canonical"]
        fetched += [one.get("src") for tag, one in page.tags if tag in {"script", "img"}]
        assert [link for link in fetched if link and urlsplit(link).netloc] == []


@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_its_title_description_and_picture(
    name: str, course: Path, pages: dict[str, PageRead]
) -> None:
    page, said = pages[name], words(name)
    assert page.meta("description") in {f"{said.question} {said.promise}", COMMON["frame"]["description"]}
    assert page.meta("og:title").startswith(COMMON["title"] if name == "home" else said.nav)
    picture = page.meta("og:image")
    assert picture.startswith(f"{ADDRESS}/files/")
    assert (course / picture.removeprefix(f"{ADDRESS}/")).read_bytes().startswith(b"\x89PNG")
    (canonical,) = [one["href"] for one in page.every("link") if one["rel"] == "canonical"]
    assert canonical == f"{ADDRESS}/{FILES[name]}"
    assert len(page.every("h1")) == 1
    (here,) = [one for one in page.every("a") if one.get("aria-current") == "page"]
    assert here["href"] == FILES[name]


@pytest.mark.parametrize("name", PAGES)
def test_what_the_page_of_the_app_says_stands_there(name: str, pages: dict[str, PageRead]) -> None:
    app, text = open_page(name), pages[name].text
    said = [element.value for element in (*app.title, *app.header)]
    by_script = {f"**{COMMON['questions']['heading']}**", COMMON["questions"]["press"]}
    assert said and [one for one in said if one not in text] == []
    for paragraph in app.markdown:
        if "$" not in paragraph.value and paragraph.value not in by_script:
            first = paragraph.value.split("\n")[0].split("*")[0].split("`")[0].split("[")[0].strip(" -|#")
            assert first in text, paragraph.value
    for note in words(name).deeper:
        assert note.title in text


@pytest.mark.parametrize("name", PAGES[1:])
def test_all_scenes_and_questions_are_there(name: str, pages: dict[str, PageRead]) -> None:
    data, said = pages[name].data, words(name)
    assert [scene["name"] for scene in data["scenes"]] == [scene.name for scene in said.scenes]
    asked = [one["name"] for spot in data["tasks"].values() for one in spot]
    asked += [scene["task"]["name"] for scene in data["scenes"] if scene["task"]]
    assert sorted(asked) == sorted(question.name for question in said.all_questions())


@pytest.mark.parametrize("name", PAGES[1:])
def test_nothing_of_an_answer_can_be_read(name: str, pages: dict[str, PageRead]) -> None:
    def plain(question: Question) -> str:
        return max(question.because.replace("*", "{").split("{")[0].split("}"), key=len).strip()

    told = [plain(question) for question in words(name).all_questions() if len(plain(question)) > 20]
    assert told and [one for one in told if one in pages[name].text] == []


def test_a_scene_with_other_data_brings_other_words_and_tables(pages: dict[str, PageRead]) -> None:
    data = pages["sigmoid"].data
    begins = data["figures"]["outlier"]
    (study,) = [scene for scene in data["scenes"] if scene["name"] == "a long study"]
    assert study["own"]["data"] == "hours" != data["own"]["data"]
    assert study["block"] != begins["block"]
    assert "hours" in study["places"]["about"] and "hours" not in pages["sigmoid"].text


def test_what_needs_python_is_greyed_and_leads_to_the_commands(pages: dict[str, PageRead]) -> None:
    for name in PAGES[1:]:
        page = pages[name]
        assert len(page.every("fieldset")) >= 1
        assert all("disabled" in one for one in page.every("fieldset"))
        assert COURSE["needs_python"] in page.text and "make run" in page.text
        assert PROJECT in [one.get("href") for one in page.every("a")]
        live = [one for one in page.every("button") if "data-scene" in one]
        assert len(live) == len(words(name).scenes) and all("disabled" not in one for one in live)


# ---- the folder


def test_a_folder_of_somebody_else_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "thesis.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(NotOursError):
        Files(tmp_path)
    assert main(["--out", str(tmp_path)]) == 1
    assert COURSE["making"]["not_ours"].format(folder=tmp_path) in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_its_own_folder_is_made_anew(tmp_path: Path) -> None:
    Files(tmp_path / "course").page("old.html", "")
    files = Files(tmp_path / "course")
    assert not (tmp_path / "course" / "old.html").exists()
    assert files.add("a.txt", b"four") == "files/a.txt"
    assert files.size == 4


def test_a_folder_that_cannot_be_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--out", "/proc/course"]) == 1
    assert "/proc/course cannot be written" in capsys.readouterr().err


@pytest.mark.whole
def test_the_whole_course_is_small_and_says_what_it_does(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "course"
    assert main(["--out", str(folder)]) == 0
    said = capsys.readouterr().out
    assert COURSE["making"]["at"].format(place=11, count=11, page=words("recap").nav) in said
    assert sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) <= LARGEST
    made = {name: PageRead(folder / file) for name, file in FILES.items()}
    assert list(broken_links(folder, made)) == []
    assert len(made["recap"].data["tasks"]["recap"]) == len(words("recap").questions)


# ---- runs of pages, Markdown


def test_boxes_with_something_to_read_are_open_and_pictures_are_kept() -> None:
    run = PageRun("cats")
    assert "mistakes" in run.figures
    assert all(content.startswith(b"\x89PNG") for content in run.pictures.values())
    assert len(run.pictures) >= 4  # what it sees, what spoke for it, and both again with the nudge
    assert run.texts["picture"] == "cat"


def test_a_run_follows_its_address() -> None:
    run = PageRun("sigmoid", {"data": "hours"})
    assert run.texts["data"] == "hours"
    assert run.figures["outlier"].path != PageRun("sigmoid").figures["outlier"].path


def test_markup_becomes_html_and_nothing_else_does() -> None:
    assert html_of("a *b* **c** `d`") == (
        '<p>a <em>b</em> <strong>c</strong> <code translate="no">d</code></p>'
    )
    assert line_of("<script>alert(1)</script>") == "&lt;script&gt;alert(1)&lt;/script&gt;"
    assert line_of("[there](/descent?learning_rate=1&step=2)") == (
        '<a href="descent.html?learning_rate=1&amp;step=2">there</a>'
    )
    assert (
        line_of("[there](https://cats.example/descent)") == '<a href="https://cats.example/descent">there</a>'
    )
    assert "<table>" in html_of("| a |\n|--:|\n| 1 |")


@pytest.mark.parametrize(
    ("latex", "parts"),
    [
        (r"\frac{1}{1 + e^{-z}}", ["<mfrac>", "<msup><mi>e</mi>"]),
        (r"w^T x + b", ["<msup><mi>w</mi><mi>T</mi></msup>"]),
        (r"\sigma(z)", ["&#x003C3;"]),
    ],
)
def test_formulas_are_mathml(latex: str, parts: list[str]) -> None:
    assert all(part in formula(latex) for part in parts)
    assert 'display="block"' in formula(latex, is_block=True)
