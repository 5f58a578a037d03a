"""Play, pause, step, loop, speed, the slider and the keys do what they say."""

import pytest

from tests.browser.figure import Figure

END = 200


def output(figure: Figure, name: str) -> str:
    said: str = figure.slider(name).evaluate(
        "(input) => input.parentElement.querySelector('output').textContent"
    )
    return said


def test_buttons(at_rest: Figure) -> None:
    at_rest.button("step").click()
    at_rest.button("step").click()
    at_rest.button("step").click()
    assert at_rest.step == 3
    at_rest.button("step back").click()
    assert at_rest.step == 2
    at_rest.wait_for_frames()
    assert output(at_rest, "step").split(" ")[0] == "2"
    at_rest.wait_for_address(step="2")

    at_rest.button("play").click()
    assert at_rest.ask("player.isPlaying()")
    at_rest.wait_for("Number(player.state().step) > 8")
    at_rest.button("pause").click()
    assert not at_rest.ask("player.isPlaying()")
    step = at_rest.step
    at_rest.wait_for_frames()
    assert at_rest.step == step
    at_rest.wait_for_address(step=str(step))

    at_rest.button("restart").click()
    assert at_rest.step == 0
    at_rest.button("step back").click()
    assert at_rest.step == 0
    at_rest.ask(f"player.goTo({END})")
    at_rest.button("step").click()
    assert at_rest.step == END


def test_play_goes_to_the_end_and_stops_there_and_play_again_starts_anew(at_rest: Figure) -> None:
    at_rest.ask(f"player.goTo({END - 5})")
    at_rest.button("play").click()
    at_rest.wait_for("!player.isPlaying()")
    assert at_rest.step == END
    at_rest.wait_for_address(step=str(END))
    at_rest.button("play").click()
    at_rest.wait_for(f"player.isPlaying() && Number(player.state().step) < {END}")


def test_loop_comes_round_again(at_rest: Figure) -> None:
    at_rest.button("loop").click()
    assert at_rest.button("loop").get_attribute("aria-pressed") == "true"
    at_rest.ask(f"player.goTo({END - 5})")
    at_rest.button("play").click()
    at_rest.wait_for(f"player.isPlaying() && Number(player.state().step) < {END - 5}")
    assert at_rest.ask("player.isPlaying()")


def test_speed(at_rest: Figure) -> None:
    """Two seconds in frames of 50 ms, walked within one task, so that no real frame comes between."""
    walk = """(() => {
        const { clock } = player;
        clock.goTo(0);
        clock.play();
        for (let time = 1; time <= 2001; time += 50) clock.advance(time);
        const { step } = clock;
        clock.goTo(0);
        return step;
    })()"""
    walked = []
    for speed in ("1", "2", "0.25"):
        at_rest.page.get_by_label("speed").select_option(speed)
        walked.append(at_rest.ask(walk))
    assert walked[0] == pytest.approx(END / 8 * 2, abs=1)
    assert walked[1] == pytest.approx(2 * walked[0], abs=1)
    assert walked[2] == pytest.approx(walked[0] / 4, abs=1)


def test_scrubbing_pauses_and_shows_the_step(at_rest: Figure) -> None:
    at_rest.button("play").click()
    box = at_rest.slider("step").bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    at_rest.page.mouse.move(x, y)
    at_rest.page.mouse.down()
    assert not at_rest.ask("player.isPlaying()")
    assert at_rest.step == pytest.approx(END / 2, abs=3)
    at_rest.page.mouse.move(x + box["width"] / 4, y, steps=4)
    assert at_rest.step == pytest.approx(0.75 * END, abs=8)
    at_rest.page.mouse.up()
    at_rest.wait_for_address(step=str(at_rest.step))


def test_keys_on_the_figure(at_rest: Figure) -> None:
    keyboard = at_rest.page.keyboard
    at_rest.page.locator(".live-root").focus()
    top = at_rest.page.evaluate("document.querySelector('[data-testid=stMain]').scrollTop")
    keyboard.press("ArrowRight")
    keyboard.press("ArrowRight")
    assert at_rest.step == 2
    keyboard.press("ArrowLeft")
    assert at_rest.step == 1
    keyboard.press("End")
    assert at_rest.step == END
    keyboard.press("Home")
    assert at_rest.step == 0
    keyboard.press("Space")
    at_rest.wait_for("player.isPlaying() && Number(player.state().step) > 2")
    keyboard.press("Space")
    assert not at_rest.ask("player.isPlaying()")
    assert at_rest.page.evaluate("document.querySelector('[data-testid=stMain]').scrollTop") == top


def test_keys_on_a_slider_move_only_that_slider(at_rest: Figure) -> None:
    at_rest.ask("player.goTo(40)")
    before = at_rest.ask("player.places()")
    at_rest.slide("learning_rate", "ArrowRight", times=2)
    at_rest.slide("learning_rate", "ArrowLeft")
    assert at_rest.ask("player.places()") == before | {"learning_rate": before["learning_rate"] + 1}
    at_rest.slide("learning_rate", "Home")
    assert at_rest.ask("player.places()") == before | {"learning_rate": 0}
    at_rest.slide("step", "ArrowRight")
    at_rest.slide("step", "ArrowRight")
    assert at_rest.ask("player.places()") == before | {"learning_rate": 0, "step": 42}
    at_rest.slide("iterations", "ArrowLeft")
    assert at_rest.ask("player.places()")["iterations"] == before["iterations"] - 1
    assert at_rest.step == 42
    at_rest.wait_for_address(step="42", iterations=str(END - 1), learning_rate="0.001")


def test_fewer_iterations_bring_the_step_back(at_rest: Figure) -> None:
    at_rest.ask(f"player.goTo({END})")
    at_rest.slide("iterations", "ArrowLeft", times=3)
    end = int(at_rest.state["iterations"])
    assert end < END
    assert at_rest.step == end
    at_rest.wait_for_frames()
    assert output(at_rest, "step") == f"{end} / {end}"
    at_rest.wait_for_address(step=str(end), iterations=str(end))


def test_what_moves_is_heard_only_at_rest(at_rest: Figure) -> None:
    heard = at_rest.page.locator(".live-root .heard")
    assert heard.get_attribute("aria-live") == "polite"
    at_rest.button("step").click()
    at_rest.wait_for_frames()
    at_rest.page.wait_for_function(
        "() => { const said = (name) => document.querySelector(`.live-root ${name}`).textContent;"
        " return said('.heard') === said('.sentence') && said('.heard').startsWith('Step 1 '); }"
    )
    before = heard.inner_text()
    at_rest.ask("player.play()")
    at_rest.wait_for("Number(player.state().step) > 8")
    assert heard.text_content() == before
    at_rest.ask("player.pause()")
    at_rest.page.wait_for_function(
        "document.querySelector('.live-root .heard').textContent"
        " === document.querySelector('.live-root .sentence').textContent"
    )
    assert heard.text_content() != before
