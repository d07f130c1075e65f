"""The form of every page of a referral, by the page's key."""

from collections.abc import Mapping

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


def questions(form: type[PageForm]) -> dict[str, str]:
    """What each field of a form asks, for pages that show the answers again."""
    return {name: str(field.label) for name, field in form.base_fields.items()}


__all__ = ["CHILD_FORMS", "LATER", "PAGE_FORMS", "ROW_FORMS", "ChildForm", "PageForm", "RowForm", "questions"]
