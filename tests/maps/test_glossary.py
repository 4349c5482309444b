"""Explained words: found where they stand, once per page, and never made from somebody's text."""

import re
from dataclasses import replace

import pytest

from geo_lv.maps.glossary import TERMS, Words
from geo_lv.maps.model import Section
from geo_lv.maps.render import render_page

from .sample_page import PAGE

NNB = '<button popovertarget="begrip-nnb">'


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("", ""),
        ("Nnb is geen nul.", f"{NNB}Nnb</button> is geen nul."),
        ("Er staat nnb.", f"Er staat {NNB}nnb</button>."),
        ("Nnb of Nnb", f"{NNB}Nnb</button> of Nnb"),
        ("Nnbtje, xNnb, bij-Nnb en Nnb-plan", "Nnbtje, xNnb, bij-Nnb en Nnb-plan"),
        ("Een wijk, een buurt", "Een wijk, een buurt"),  # these are only in the list
    ],
)
def test_the_first_use_of_a_word_becomes_a_button(text: str, marked: str) -> None:
    assert str(Words().mark(text)) == marked


def test_a_longer_word_is_taken_whole() -> None:
    words = Words()
    assert ">sociale huurwoningen</button>" in words.mark("60 sociale huurwoningen")
    assert [term.id for term in words.used] == ["sociale-huur"]


def test_another_form_of_a_word_is_not_a_second_use() -> None:
    words = Words()
    words.mark("Een corporatie.")
    assert words.mark("Alle corporaties.") == "Alle corporaties."


@pytest.mark.parametrize(
    "attack", ["<b>Nnb</b>", '"><script>alert(1)</script> Nnb', "&amp; Nnb", "Nnb' onclick='x"]
)
def test_hostile_text_round_a_word_is_escaped(attack: str) -> None:
    marked = str(Words().mark(attack))
    left = marked.replace(f"{NNB}Nnb</button>", "")
    assert left != marked
    assert not re.search("[<>\"']", left)
    assert "&amp;" in left or "&" not in attack


def test_no_two_words_share_an_id_or_a_form() -> None:
    ids = [term.id for term in TERMS]
    forms = [form.lower() for term in TERMS for form in term.forms]
    assert len(set(ids)) == len(ids)
    assert len(set(forms)) == len(forms)
    assert all(re.fullmatch("[a-z-]+", term_id) for term_id in ids)
    names = [term.forms[0].lower() for term in TERMS]
    assert names == sorted(names)


def test_an_explanation_is_short_and_plain() -> None:
    for term in TERMS:
        sentences = re.findall(r"[^.]+\.", term.explanation)
        assert "".join(sentences) == term.explanation, term.id
        assert len(sentences) <= 3, term.id
        assert max(len(sentence.split()) for sentence in sentences) <= 20, term.id


def test_a_page_explains_only_the_words_it_uses() -> None:
    section = Section("links", "deel", "Deel", intro=("Nnb en een signaal.", "Nog eens Nnb."))
    html = render_page(replace(PAGE, kicker="", lead="", sections=(section,), map=None)).html
    assert re.findall(r'popovertarget="begrip-([a-z-]+)"', html) == ["peildatum", "nnb", "signaal"]
    assert re.findall(r'<div popover id="begrip-([a-z-]+)">', html) == [
        "peildatum",
        "nnb",
        "signaal",
    ]
