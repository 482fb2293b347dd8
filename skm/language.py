"""Languages of the survey: words of the screens, and question packs of the forms.

A pack gives other words for what the Indonesian form says. It cannot change which questions
there are, nor the number or order of their answers; what it leaves out stays Indonesian.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from skm import resources
from skm.errors import refuse
from skm.form import Comment, Form, ProfileQuestion, Question
from skm.form_parts import Labels, four_labels
from skm.toml_file import Table, TomlFile

INDONESIAN = "id"
"""The language that forms are written in and that every other one falls back to."""

_PLACEHOLDER = re.compile(r"\{[^{}]*\}")
_BRACE = re.compile(r"[{}]")


@dataclass(frozen=True)
class ProfileTexts:
    """Words for a profile question; ``choices`` by the code of the answer."""

    text: str | None
    choices: Mapping[str, str]


@dataclass(frozen=True)
class Language:
    """One language of the screens.

    Attributes:
        code: as ``bahasa`` in office.toml and the page's ``lang`` name it.
        name: in the language itself.
        draft: nobody who speaks it has checked it; off until an office lists it.
        screen: the words of the screens by key, complete; placeholders as ``{n}``.
        profile: words for profile questions by their code, for every form that asks them.
        comment: words for the comment box, or None.
        services: names of services by their code in office.toml, those that are known.
    """

    code: str
    name: str
    draft: bool
    screen: Mapping[str, str]
    profile: Mapping[str, ProfileTexts]
    comment: Comment | None
    services: Mapping[str, str]


@dataclass(frozen=True)
class QuestionWords:
    """Words for one question; None where the pack leaves them out."""

    text: str | None
    labels: Labels | None
    help: str | None


_NO_WORDS = QuestionWords(None, None, None)
_NO_PROFILE_TEXTS = ProfileTexts(None, {})


@dataclass(frozen=True)
class QuestionTexts:
    """The question pack of one form in one language, by the code of the question."""

    form: str
    language: str
    draft: bool
    questions: Mapping[str, QuestionWords]


def load_language(code: str, own: Path | None = None) -> Language:
    """The words of a language.

    Args:
        code: ``id``, ``en`` ...
        own: the office's folder of forms; what lies in its ``languages/`` goes before the
            shipped file of the same name.

    Raises:
        SkmError: there is no such language, and those there are are named; or its file has
            unknown words or placeholders.
    """
    files = _language_files(own)
    if code not in files:
        expected = " atau ".join(sorted(files))
        raise refuse("Bahasa tidak dikenal", found=code, expected=expected)
    shipped = _language_files(None)[INDONESIAN]
    original = _words(TomlFile(shipped).root.table("screen"), None)
    return _load(files[code], original)


def all_languages(own: Path | None = None) -> tuple[Language, ...]:
    """Every language there is, drafts too, Indonesian first."""
    codes = sorted(_language_files(own), key=lambda code: (code != INDONESIAN, code))
    return tuple(load_language(code, own) for code in codes)


def load_question_texts(form: Form, language: str, own: Path | None = None) -> QuestionTexts:
    """The question pack of a form; an empty one where there is none.

    Raises:
        SkmError: the pack names unknown questions, has not four labels, or has other faults.
    """
    files = _files(own)
    name = f"{form.id}.{language}"
    if name not in files:
        return QuestionTexts(form.id, language, False, {})
    document = TomlFile(files[name])
    root = document.root
    for key, wanted in (("form", form.id), ("language", language)):
        if (written := root.text(key)) and written != wanted:
            root.fault(key, "Berbeda dari nama berkas", found=written, expected=wanted)
    draft = root.flag("draft", default=False)
    table = root.table("question")
    known = {question.code for question in form.questions}
    questions = {}
    for code in table.keys:
        if code not in known:
            table.fault(code, f"Bukan pertanyaan formulir {form.id}", found=code)
        questions[code] = _question_words(table.table(code))
    document.refuse_faults()
    return QuestionTexts(form.id, language, draft, questions)


def translated(form: Form, language: Language, own: Path | None = None) -> Form:
    """The form in another language; codes, order and official sentences stay as they are.

    >>> from skm.form import find_form
    >>> form = translated(find_form("permenpanrb-14-2017"), load_language("en"))
    >>> form.question("biaya").labels[3], form.element("biaya").name
    ('Free', 'Biaya/Tarif')

    Raises:
        SkmError: the question pack has faults.
    """
    texts = load_question_texts(form, language.code, own).questions
    elements = (
        replace(
            element,
            questions=tuple(
                _reworded(question, texts.get(question.code, _NO_WORDS))
                for question in element.questions
            ),
        )
        for element in form.elements
    )
    profile = (
        _reworded_profile(question, language.profile.get(question.code, _NO_PROFILE_TEXTS))
        for question in form.profile
    )
    comment = form.comment and (language.comment or form.comment)
    return replace(form, elements=tuple(elements), profile=tuple(profile), comment=comment)


def _reworded(question: Question, words: QuestionWords) -> Question:
    return replace(
        question,
        text=words.text or question.text,
        labels=words.labels or question.labels,
        help=words.help or question.help,
    )


def _reworded_profile(question: ProfileQuestion, words: ProfileTexts) -> ProfileQuestion:
    choices = (
        replace(choice, label=words.choices.get(choice.code, choice.label))
        for choice in question.choices
    )
    return replace(question, text=words.text or question.text, choices=tuple(choices))


def _files(own: Path | None) -> dict[str, Path]:
    files: dict[str, Path] = {}
    for folder in (resources.folder("survey_forms"), own):
        if folder is not None:
            files |= {path.stem: path for path in (folder / "languages").glob("*.toml")}
    return files


def _language_files(own: Path | None) -> dict[str, Path]:
    return {name: path for name, path in _files(own).items() if "." not in name}


def _load(path: Path, original: Mapping[str, str]) -> Language:
    document = TomlFile(path)
    root = document.root
    if (code := root.text("code")) and code != path.stem:
        root.fault("code", "Berbeda dari nama berkas", found=code, expected=path.stem)
    profile = root.optional_table("profile")
    comment = root.optional_table("comment")
    services = root.optional_table("service")
    language = Language(
        code=code,
        name=root.text("name"),
        draft=root.flag("draft", default=False),
        screen={**original, **_words(root.table("screen"), original)},
        profile={key: _profile_texts(profile.table(key)) for key in profile.keys}
        if profile
        else {},
        comment=Comment(comment.text("text"), comment.optional_text("note")) if comment else None,
        services=_texts(services) if services else {},
    )
    document.refuse_faults()
    return language


def _words(table: Table, original: Mapping[str, str] | None) -> dict[str, str]:
    words = _texts(table)
    if original is None:
        return words
    for key, text in words.items():
        if key not in original:
            expected = "salah satu dari " + ", ".join(original)
            table.fault(key, "Kata layar tidak dikenal", found=key, expected=expected)
            continue
        known = set(_PLACEHOLDER.findall(original[key]))
        strange = set(_PLACEHOLDER.findall(text)) - known
        if strange or _BRACE.search(_PLACEHOLDER.sub("", text)):
            expected = ", ".join(sorted(known)) or "teks tanpa kurung kurawal"
            table.fault(key, "Isian {...} tidak dikenal", found=text, expected=expected)
    return words


def _texts(table: Table) -> dict[str, str]:
    return {key: table.text(key) for key in table.keys}


def _profile_texts(table: Table) -> ProfileTexts:
    choices = table.optional_table("choices")
    return ProfileTexts(table.optional_text("text"), _texts(choices) if choices else {})


def _question_words(table: Table) -> QuestionWords:
    return QuestionWords(
        text=table.optional_text("text"),
        labels=four_labels(table) if "labels" in table else None,
        help=table.optional_text("help"),
    )
