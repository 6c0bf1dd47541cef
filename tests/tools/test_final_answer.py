import pytest

from tools.final_answer import FinalAnswerTool


@pytest.mark.parametrize("answer", ["At eight.", 42, None, {"guests": 3}])
def test_any_answer_comes_back_as_it_is(answer):
    assert FinalAnswerTool()(answer) is answer


def test_it_declares_any_type():
    assert FinalAnswerTool.output_type == FinalAnswerTool.inputs["answer"]["type"] == "any"
