"""The desk: a second device moves the projector, and both come back from whatever happens to the line."""

from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page, expect

from explainer.chapters import CHAPTERS
from explainer.talk.shelf import bundled_talk
from explainer.talk.talks import TalkScene
from explainer.words import TALK
from tests.browser.conftest import LARGE, PHONE
from tests.browser.serving import serve
from tests.browser.talk import Projector

WORDS = TALK["desk"]
INSECURE = """
delete Crypto.prototype.randomUUID;
for (const name of ["clipboard", "wakeLock", "serviceWorker"])
  Object.defineProperty(Navigator.prototype, name, { value: undefined });
"""
"""What a page at http://192.168.1.5 does not have."""
Contexts = Callable[..., BrowserContext]


def scenes() -> tuple[TalkScene, ...]:
    return bundled_talk("short", CHAPTERS).scenes


def address_of(projector: Projector) -> str:
    """Where the start page says that a desk is."""
    link = projector.page.locator(".invitation a")
    link.wait_for()
    return link.get_attribute("href") or ""


def open_desk(context: BrowserContext, address: str) -> Page:
    desk = context.new_page()
    desk.goto(address)
    expect(desk.get_by_role("status").get_by_text(WORDS["connected"], exact=True)).to_be_visible()
    return desk


def press_next(desk: Page) -> None:
    desk.get_by_role("button", name=WORDS["next"]).click()


def test_a_phone_moves_the_projector_and_reads_the_notes(projector: Projector, new_context: Contexts) -> None:
    phone = new_context(**PHONE)
    phone.add_init_script(INSECURE)
    desk = open_desk(phone, address_of(projector))
    first, second = scenes()[:2]
    press_next(desk)
    projector.wait_for_step(first.name, 0)
    expect(desk.get_by_role("heading", level=1)).to_have_text(first.name)
    expect(desk.get_by_text(first.notes)).to_be_visible()
    assert first.notes not in projector.page.content()
    desk.get_by_role("slider").press("ArrowLeft")
    projector.wait_for("screen.told().control.text !== it", first.figure.texts[first.control])
    desk.keyboard.press("PageDown")
    projector.wait_for_step(second.name, 0)
    press_next(desk)
    projector.wait_for_step(second.name, 1)
    assert projector.ask("screen.figures.player.clock.progress") == 1
    desk.get_by_role("button", name=WORDS["black"]).click()
    expect(projector.page.locator(".black")).to_be_visible()
    desk.get_by_role("button", name=WORDS["light"]).click()
    expect(projector.page.locator(".black")).to_be_hidden()
    desk.get_by_role("button", name=WORDS["back"]).click()
    projector.wait_for_step(second.name, 0)


def test_both_come_back_after_a_reload_and_a_cut_line(projector: Projector, new_context: Contexts) -> None:
    desk = open_desk(new_context(**PHONE), address_of(projector))
    press_next(desk)
    projector.wait_for_step(scenes()[0].name, 0)
    projector.page.reload()
    projector.wait_for_step(scenes()[0].name, 0)
    desk.reload()
    expect(desk.get_by_role("heading", level=1)).to_have_text(scenes()[0].name)
    for page, channel in ((desk, "talkDesk.channel"), (projector.page, "talkScreen.remote.channel")):
        page.evaluate(f"{channel}.socket.close()")
        desk.wait_for_function("talkDesk.isReady")
        page.wait_for_function(f"{channel}.isConnected")
    desk.context.set_offline(True)
    desk.evaluate("talkDesk.channel.lose()")
    expect(desk.get_by_text(WORDS["looking"])).to_be_visible()
    desk.context.set_offline(False)
    desk.wait_for_function("talkDesk.isReady")
    press_next(desk)
    projector.wait_for_step(scenes()[1].name, 0)


def test_a_wrong_key_and_none_are_said(projector: Projector, new_context: Contexts) -> None:
    address, context = address_of(projector), new_context(**PHONE)
    desk = context.new_page()
    desk.goto(address[:-4] + "AAAA")
    expect(desk.get_by_text(TALK["hub"]["secret"])).to_be_visible()
    desk.get_by_role("button", name=WORDS["next"]).click(force=True)  # it says that it is disabled
    assert projector.ask("screen.told().place") == -1
    bare = context.new_page()
    bare.goto(address.partition("#")[0])
    expect(bare.get_by_role("heading", name=WORDS["no_secret"])).to_be_visible()
    open_desk(context, address)


def test_a_second_desk_is_told_and_both_work(projector: Projector, new_context: Contexts) -> None:
    address = address_of(projector)
    one, other = open_desk(new_context(), address), open_desk(new_context(), address)
    for desk in (one, other):
        expect(desk.get_by_text(WORDS["other_desk"])).to_be_visible()
    press_next(one)
    projector.wait_for_step(scenes()[0].name, 0)
    press_next(other)
    projector.wait_for_step(scenes()[1].name, 0)
    other.close()
    expect(one.get_by_text(WORDS["other_desk"])).to_be_hidden()


def test_a_rehearsal_becomes_the_plan(projector: Projector, new_context: Contexts) -> None:
    desk = open_desk(new_context(), address_of(projector))
    press_next(desk)
    projector.wait_for_step(scenes()[0].name, 0)
    projector.ask("screen.remote.clock.seconds.set(it, 200)", scenes()[0].name)
    projector.ask("screen.remote.tell(true)")
    with desk.expect_download() as saved:
        desk.get_by_role("button", name=TALK["rehearsal"]["adopt"]).click()
    text = saved.value.path().read_text(encoding="utf-8")
    assert saved.value.suggested_filename == "short.toml"
    planned = [f"minutes = {scene.minutes:g}" for scene in scenes()]
    lines = [line for line in text.splitlines() if line.startswith("minutes")]
    assert lines == ["minutes = 3.5", *planned[1:]]  # 200 seconds, to half a minute


def test_a_server_started_again_finds_both_where_they_were(new_context: Contexts) -> None:
    with serve() as first:
        port = first.rpartition(":")[2]
        projector = Projector(new_context(viewport=LARGE)).open(first, "short")
        desk = open_desk(new_context(**PHONE), address_of(projector))
        press_next(desk)
        projector.wait_for_step(scenes()[0].name, 0)
    expect(desk.get_by_text(WORDS["looking"])).to_be_visible()
    with serve(port=int(port)):
        desk.wait_for_function("talkDesk.isReady")
        expect(desk.get_by_role("heading", level=1)).to_have_text(scenes()[0].name)
        press_next(desk)
        projector.wait_for_step(scenes()[1].name, 0)
