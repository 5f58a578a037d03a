"""What the other tests wait for: a page rests once a run has answered, and not before it has begun."""

import re

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.browser.figure import AT_REST, RUNS, Figure

PAGE = "pixels"
PRESS = f"""(choice) => {{
  choice.click();
  return [document.querySelector('.stApp').dataset.testScriptState, {AT_REST}];
}}"""


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("RERUN_SCRIPT", BackMsg.DESCRIPTOR.fields_by_name["rerun_script"].number),
        ("NEW_SESSION", ForwardMsg.DESCRIPTOR.fields_by_name["new_session"].number),
        ("SCRIPT_FINISHED", ForwardMsg.DESCRIPTOR.fields_by_name["script_finished"].number),
        ("FINISHED_EARLY_FOR_RERUN", ForwardMsg.FINISHED_EARLY_FOR_RERUN),
    ],
)
def test_the_numbers_are_streamlits(name: str, number: int) -> None:
    assert f"const {name} = {number};" in re.sub(r"; //.*", ";", RUNS)


def test_a_page_does_not_rest_from_the_press_until_the_answer_is_drawn(at_start: Figure) -> None:
    choice = at_start.page.get_by_role("radio", name="fox", exact=True).element_handle()
    assert choice is not None
    assert choice.evaluate(PRESS) == ["notRunning", False], "Streamlit knows nothing of the run yet"
    at_start.wait_for_server()
    assert at_start.address["picture"] == "noto-fox"
