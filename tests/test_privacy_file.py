"""Every rule of PRIVACY.md names the tests that prove it, and they exist."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
TEXT = (ROOT / "PRIVACY.md").read_text("utf-8")
DUTCH, ENGLISH = TEXT.split("## English")


def rules(text: str) -> list[str]:
    return re.findall(r"^(\d\. .*?)(?=^\d\. |^\S)", text + "\nx", re.DOTALL | re.MULTILINE)


def test_both_languages_have_the_same_rules() -> None:
    assert [rule[0] for rule in rules(DUTCH)] == [rule[0] for rule in rules(ENGLISH)]
    assert len(rules(DUTCH)) == 7


@pytest.mark.parametrize("rule", rules(DUTCH), ids=lambda rule: rule[:30])
def test_a_rule_names_tests_that_exist(rule: str) -> None:
    named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", rule)
    assert named, "no test proves this"
    for file, name in named:
        tree = ast.parse((ROOT / file).read_text("utf-8"))
        assert name in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
