"""The form of every page of a referral, by the page's key."""

from collections.abc import Mapping
from typing import Any

from cspr.govuk.forms import Conditional
from notifications.forms.referral.about_referral import (
    AwarenessForm,
    DelayForm,
    PurposeForm,
    ReferrerForm,
    SafeguardingLeadForm,
)
from notifications.forms.referral.base import LATER, PageForm
from notifications.forms.referral.children import (
    AboutChildForm,
    CareForm,
    ChildForm,
    HomeForm,
    IdentityForm,
    PlansForm,
)
from notifications.forms.referral.events import (
    AbuseForm,
    HarmForm,
    ImmediateActionForm,
    MediaForm,
    WhatHappenedForm,
    WhenForm,
    WhereForm,
)
from notifications.forms.referral.rows import (
    FamilyMemberForm,
    InvolvedAgencyForm,
    KeyDateForm,
    ProceedingForm,
    RowForm,
)

PAGE_FORMS: Mapping[str, type[PageForm]] = {
    form.page: form
    for form in (
        ReferrerForm, SafeguardingLeadForm, PurposeForm, AwarenessForm, DelayForm, WhenForm, WhereForm,
        WhatHappenedForm, HarmForm, AbuseForm, ImmediateActionForm, MediaForm,
    )
}  # fmt: skip
CHILD_FORMS: Mapping[str, type[ChildForm]] = {
    form.page: form for form in (IdentityForm, AboutChildForm, HomeForm, CareForm, PlansForm)
}
ROW_FORMS: Mapping[str, type[RowForm]] = {
    form.page: form for form in (FamilyMemberForm, InvolvedAgencyForm, KeyDateForm, ProceedingForm)
}


def questions(form: type[PageForm], row: Any) -> dict[str, str]:
    """What each field of a form asks of this row, for pages that show the answers again.

    A field that belongs to another answer is left out where that answer was not given.
    """
    rules = [rule for rule in form.rules if isinstance(rule, Conditional)]
    given = {rule.shown_when: getattr(row, rule.shown_when) for rule in rules}
    hidden = {name for rule in rules if not rule.is_shown(given) for name in rule.names}
    return {name: str(field.label) for name, field in form.base_fields.items() if name not in hidden}


def questions_of(page: str, row: Any) -> dict[str, str]:
    """What the page of this key asks of a referral, or of a row of one of its lists."""
    forms: Mapping[str, type[PageForm]] = {**PAGE_FORMS, **CHILD_FORMS, **ROW_FORMS}
    return questions(forms[page], row)


__all__ = [
    "CHILD_FORMS",
    "LATER",
    "PAGE_FORMS",
    "ROW_FORMS",
    "ChildForm",
    "PageForm",
    "RowForm",
    "questions",
    "questions_of",
]
