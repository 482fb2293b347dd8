"""The survey as a form of fields, made from the questionnaire."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Any, cast

from wtforms import Form as Fields
from wtforms import HiddenField, RadioField, TextAreaField
from wtforms.fields import Field
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import Length, Optional

from skm.form import Form, ProfileQuestion, Question
from skm.web.message import LONGEST_COMMENT, tidy_comment


class SurveyFields(Fields):
    """The fields of one survey; a group that is left blank is a skipped question."""

    questionnaire: Form
    online: bool | None

    token = HiddenField()

    def questions(self) -> Iterator[tuple[Question, Field]]:
        """Each question with its field, in the order of the screen."""
        for question in _asked(self.questionnaire, self.online):
            yield question, self[f"q_{question.code}"]

    def profile(self) -> Iterator[tuple[ProfileQuestion, Field]]:
        """Each profile question that is asked, with its field."""
        for question in _asked_profile(self.questionnaire):
            yield question, self[f"p_{question.code}"]

    def chosen_service(self) -> str | None:
        """The service that was picked, None where none was or none could be."""
        return cast(str | None, self["service"].data) if "service" in self else None

    def answers(self) -> dict[str, int | None]:
        """Level by question."""
        return {question.code: field.data for question, field in self.questions()}

    def profile_answers(self) -> dict[str, str]:
        """Code of the choice by profile question; only those answered."""
        return {question.code: field.data for question, field in self.profile() if field.data}

    def free_words(self) -> str | None:
        """The comment, None where there is none."""
        return tidy_comment(self["comment"].data) if "comment" in self else None

    def is_empty(self) -> bool:
        """Whether no question was answered; such a survey is no response."""
        return not any(self.answers().values())

    def sha256(self) -> str:
        """The hash that tells a second post of the same answers from other answers."""
        content = {
            "form": self.questionnaire.id,
            "service": self.chosen_service(),
            "answers": self.answers(),
            "profile": self.profile_answers(),
            "comment": self.free_words(),
        }
        canonical = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return sha256(canonical.encode()).hexdigest()


def survey_fields(
    form: Form, online: bool | None, services: Mapping[str, str], words: Mapping[str, str]
) -> type[SurveyFields]:
    """The class of a survey's fields.

    Args:
        form: the questionnaire in the language of the page.
        online: which variant of its questions is asked; None for both.
        services: names of the services to choose from by code; none where that is settled.
        words: the screen words of the language.
    """
    fields: dict[str, Any] = {"questionnaire": form, "online": online}
    if services:
        fields["service"] = _choice(words["service"], services)
    for question in _asked(form, online):
        labels = {str(level): label for level, label in enumerate(question.labels, start=1)}
        fields[f"q_{question.code}"] = _choice(question.text, labels, coerce=int)
    for asked in _asked_profile(form):
        choices = {choice.code: choice.label for choice in asked.choices}
        fields[f"p_{asked.code}"] = _choice(asked.text, choices)
    if form.comment:
        too_long = words["comment_too_long"].format(n=LONGEST_COMMENT)
        fields["comment"] = TextAreaField(
            form.comment.text,
            [Length(max=LONGEST_COMMENT, message=too_long)],
            # Browsers send a line break as two characters but count it as one.
            filters=[lambda text: text and text.replace("\r\n", "\n")],
        )
    return type("Survey", (SurveyFields,), fields)


def _asked(form: Form, online: bool | None) -> tuple[Question, ...]:
    if online is None:
        return tuple(form.question(code) for code in form.asked)
    return form.asked_by(online)


def _choice(label: str, choices: Mapping[str, str], coerce: type = str) -> RadioField:
    options = [SelectChoice(code, name) for code, name in choices.items()]
    return RadioField(label, [Optional()], coerce=coerce, choices=options)


def _asked_profile(form: Form) -> tuple[ProfileQuestion, ...]:
    return tuple(question for question in form.profile if question.asked)
