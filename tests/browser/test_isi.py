"""A citizen answers on a phone, in a real Chromium, with JavaScript and without."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from conftest import CHROMIUM
from offices import changed
from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect, sync_playwright
from serving import Server, running

from skm import instance
from skm.form import Form
from skm.instance import Instance
from skm.period import Period
from skm.store import open_store
from skm.store.rows import distribution, read_table

pytestmark = pytest.mark.browser

DEAF_MS = 450
PHONE: ViewportSize = {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def street_office(tmp_path_factory: pytest.TempPathFactory) -> Instance:
    office = instance.init(tmp_path_factory.mktemp("isi") / "kantor")
    return changed(office, "isi = false", "isi = true")


@pytest.fixture(scope="module")
def server(street_office: Instance) -> Iterator[Server]:
    with running(street_office) as started:
        yield started


@pytest.fixture
def form(street_office: Instance) -> Form:
    return street_office.questionnaire()


@pytest.fixture
def open_office(street_office: Instance, server: Server, form: Form) -> Instance:
    """The office before its first response."""
    with open_store(street_office) as store, store.writing() as db:
        for table in ("comment", form.table, "receipt"):
            db.execute(f"DELETE FROM {table}")
    return street_office


@contextmanager
def page_of(browser: Browser, *, javascript: bool = True) -> Iterator[Page]:
    """A phone's page; whatever its console complains of fails the test."""
    context = browser.new_context(
        viewport=PHONE,
        has_touch=True,
        java_script_enabled=javascript,
    )
    if javascript:
        context.clock.install()  # so that no test waits while the page is deaf
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()
    # A page that is sent back for correction has a status the browser remarks on.
    assert [said for said in complaints if "422" not in said] == []


@pytest.fixture
def page(browser: Browser, server: Server) -> Iterator[Page]:
    """The welcome screen."""
    with page_of(browser) as opened:
        opened.goto(f"{server.url}/isi")
        yield opened


def heading(page: Page) -> Locator:
    return page.locator(".screen.current h1, .screen.current h2")


def tap(page: Page, name: str) -> None:
    """Tap a button once it listens."""
    page.clock.run_for(DEAF_MS)
    page.locator(".screen.current, .steps").get_by_role("button", name=name, exact=True).tap()


def begin(page: Page) -> None:
    """Past welcome and service, to the first question."""
    tap(page, "Mulai")
    tap(page, "Kartu Keluarga")


def counted(office: Instance, form: Form) -> Callable[[str], tuple[int, int, int, int]]:
    """The distribution of the month that all responses lie in."""
    with open_store(office) as store:
        (day,) = set(read_table(store, form).columns["day"])
        return distribution(store, form, Period.month_of(day)).row


def test_a_survey_answered_tap_by_tap_is_counted_in_its_month(
    page: Page, open_office: Instance, form: Form
) -> None:
    begin(page)
    questions = form.asked_by(online=False)
    for number, question in enumerate(questions, 1):
        expect(heading(page)).to_have_text(question.text)
        expect(page.get_by_role("status")).to_have_text(
            f"Pertanyaan {number} dari {len(questions)}"
        )
        tap(page, question.labels[number % 4])
    for choice in ("Perempuan", "26–35 tahun", "SMA/SMK"):
        tap(page, choice)
    tap(page, "Lewati")
    page.get_by_label("Ada saran untuk kami?").fill("Kursi kurang.")
    tap(page, "Kirim jawaban")
    expect(page.get_by_role("heading")).to_have_text(
        "Terima kasih. Jawaban Bapak/Ibu sudah tersimpan."
    )
    row = counted(open_office, form)
    for number, question in enumerate(questions, 1):
        assert row(question.code).index(1) == number % 4
    with open_store(open_office) as store:
        table = read_table(store, form)
        names = ("service", "channel", "profile.pendidikan", "profile.pekerjaan")
        assert [table.columns[name][0] for name in names] == ["kk", "phone", "sma", None]
        assert [comment["text"] for comment in store.reader["comment"].rows] == ["Kursi kurang."]


def test_without_javascript_the_same_page_is_one_long_form(
    browser: Browser, server: Server, open_office: Instance, form: Form
) -> None:
    with page_of(browser, javascript=False) as page:
        page.goto(f"{server.url}/isi/kk")
        expect(page.locator("fieldset.question")).to_have_count(len(form.questions))
        expect(page.get_by_role("button", name="Mulai")).to_be_hidden()
        for question in form.questions:
            page.get_by_role("group", name=question.text).get_by_label(
                question.labels[2], exact=True
            ).check()
        page.get_by_role("button", name="Kirim jawaban").click()
        expect(page.get_by_role("heading")).to_have_text(re.compile("sudah tersimpan"))
    row = counted(open_office, form)
    assert {row(question.code) for question in form.questions} == {(0, 0, 1, 0)}


def test_a_double_tap_does_not_answer_the_next_question(page: Page, form: Form) -> None:
    begin(page)
    first, second, *_ = form.asked_by(online=False)
    before = answer_rows(page)
    tap(page, first.labels[0])
    after = answer_rows(page)
    tap(page, "Kembali")
    # A height at which both questions have an answer, so that a second tap would hit one.
    height = next(
        y for y in range(844) if any(y in row for row in before) and any(y in row for row in after)
    )
    page.clock.run_for(DEAF_MS)
    for pause in (120, DEAF_MS):
        page.touchscreen.tap(200, height)
        page.clock.run_for(pause)
    expect(heading(page)).to_have_text(second.text)
    expect(page.locator(".screen.current [aria-pressed=true]")).to_have_count(0)
    page.touchscreen.tap(200, height)
    expect(heading(page)).not_to_have_text(second.text)


@pytest.mark.parametrize("way", ["the page's button", "the phone's button"])
def test_back_keeps_the_answer_and_it_can_be_changed(
    page: Page, open_office: Instance, form: Form, way: str
) -> None:
    begin(page)
    question = form.asked_by(online=False)[0]
    tap(page, question.labels[0])
    if way == "the page's button":
        tap(page, "Kembali")
    else:
        page.go_back()
    expect(heading(page)).to_have_text(question.text)
    chosen = page.locator(".screen.current [aria-pressed=true]")
    expect(chosen).to_have_text(question.labels[0])
    tap(page, question.labels[3])
    skip_to_the_end(page)
    tap(page, "Kirim jawaban")
    expect(page.get_by_role("heading")).to_have_text(re.compile("sudah tersimpan"))
    assert counted(open_office, form)(question.code) == (0, 0, 0, 1)


def test_a_skipped_question_loses_the_answer_it_had(page: Page, form: Form) -> None:
    begin(page)
    question = form.asked_by(online=False)[0]
    tap(page, question.labels[0])
    tap(page, "Kembali")
    tap(page, "Lewati")
    expect(page.locator(f"input[name=q_{question.code}]:checked")).to_have_count(0)


def test_nothing_is_selected_before_the_person_selects(page: Page) -> None:
    expect(page.locator("input:checked")).to_have_count(0)
    expect(page.locator("[aria-pressed=true]")).to_have_count(0)


def test_it_is_answered_by_keyboard_alone_and_focus_follows_the_question(
    page: Page, form: Form
) -> None:
    page.get_by_role("button", name="Mulai").press("Enter")
    expect(heading(page)).to_be_focused()
    for _ in range(2):
        page.clock.run_for(DEAF_MS)
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(heading(page)).to_be_focused()
    second = form.asked_by(online=False)[1]
    expect(heading(page)).to_have_text(second.text)


def test_a_survey_without_any_answer_comes_back_with_a_kind_word(
    page: Page, server: Server
) -> None:
    tap(page, "Mulai")
    skip_to_the_end(page)
    tap(page, "Kirim jawaban")
    expect(page.get_by_role("alert")).to_contain_text("Mohon jawab paling sedikit satu")
    expect(heading(page)).to_have_text("Survei Kepuasan Masyarakat")


def test_back_after_sending_shows_nothing_of_the_last_person(page: Page, form: Form) -> None:
    begin(page)
    tap(page, form.asked_by(online=False)[0].labels[0])
    skip_to_the_end(page)
    page.get_by_label("Ada saran untuk kami?").fill("Rahasia saya")
    tap(page, "Kirim jawaban")
    expect(page.get_by_role("heading")).to_have_text(re.compile("sudah tersimpan"))
    page.go_back()
    expect(heading(page)).to_have_text("Survei Kepuasan Masyarakat")
    expect(page.locator("input:checked")).to_have_count(0)
    expect(page.locator("textarea")).to_have_value("")


@pytest.mark.parametrize(
    ("width", "height", "least"),
    [
        pytest.param(390, 844, (300, 56), id="phone: full-width rows of 56 px"),
        pytest.param(360, 560, (300, 56), id="cheap phone"),
        pytest.param(600, 1024, (126, 126), id="7 inch tablet upright"),
        pytest.param(1024, 600, (126, 126), id="7 inch tablet lying"),
        pytest.param(800, 1280, (126, 126), id="10 inch tablet"),
        pytest.param(1280, 800, (126, 126), id="desktop"),
    ],
)
def test_answers_are_large_enough_for_a_thumb_and_all_on_the_screen(
    page: Page, form: Form, width: int, height: int, least: tuple[int, int]
) -> None:
    page.set_viewport_size({"width": width, "height": height})
    expect(page.get_by_role("button", name="Mulai")).to_be_in_viewport(ratio=1)
    begin(page)
    for question in form.asked_by(online=False):
        boxes = [each.bounding_box() for each in page.locator(".current button.answer").all()]
        steps = page.locator(".steps").bounding_box()
        assert steps is not None
        assert len(boxes) == 4
        for box in boxes:
            assert box is not None
            assert box["width"] >= least[0]
            assert box["height"] >= least[1]
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= width
            if height > 560 or not question.help:
                assert box["y"] + box["height"] <= steps["y"]
        tap(page, "Lewati")


def test_a_page_weighs_little_and_asks_nobody_else(browser: Browser, server: Server) -> None:
    sizes: dict[str, int] = {}
    with page_of(browser) as page:
        page.on("response", lambda reply: sizes.update({reply.url: len(reply.body())}))
        page.goto(f"{server.url}/isi", wait_until="networkidle")
    assert all(url.startswith(server.url) for url in sizes)
    assert len(sizes) <= 5
    assert sum(sizes.values()) <= 60_000


def answer_rows(page: Page) -> list[range]:
    """The heights that the answers of the present question lie at."""
    boxes = [each.bounding_box() for each in page.locator(".current button.answer").all()]
    return [range(int(box["y"]) + 2, int(box["y"] + box["height"]) - 2) for box in boxes if box]


def skip_to_the_end(page: Page) -> None:
    while page.locator(".screen.last.current").count() == 0:
        tap(page, "Lewati")
