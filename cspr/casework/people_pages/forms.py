"""Forms about people and organisations."""

from typing import Any

from cspr.govuk.fields import (
    ChoiceField,
    DateField,
    EmailField,
    ManyOf,
    PhoneField,
    SelectField,
    SelectOneOf,
    TextField,
)
from cspr.govuk.forms import Form
from cspr.people import selectors
from cspr.people.models import AgencyKind, BodyKind, Membership, Partner
from cspr.people.services import Place
from cspr.people.workflow import AGENCY_ROLES, PARTNER_ROLES, STAFF_ROLES, roles_to_give
from cspr.permissions import Role

STANDING = (("", "In force or to come"), ("ended", "Ended"))


class PeopleFilter(Form):
    """Narrows the list; the address keeps it. Names here are those of professionals."""

    words = TextField(label="Name or email address", required=False, max_length=100)
    role = SelectField(
        label="Role", choices=[("", "All roles"), *((one.value, one.label) for one in Role)], required=False
    )
    standing = SelectField(label="Standing", choices=STANDING, required=False)


class RoleForm(Form):
    """Which role is given: the ones that are the asker's to give."""

    role = ChoiceField(label="Which role will they have?", missing="Select a role")

    def __init__(self, *args: Any, acting: Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles = roles_to_give(Role(acting.role))
        self.fields["role"].choices = [(one.value, one.label) for one in roles]  # type: ignore[attr-defined]


class InviteForm(Form):
    """A person and the particulars of one role: only what this role needs is asked."""

    full_name = TextField(
        label="Full name", max_length=150, hint="If they have an account already, its name stays as it is."
    )
    email = EmailField(
        label="Work email address",
        autocomplete="off",
        hint="They sign in with it. A link to choose a password goes there.",
    )
    partnership = SelectOneOf(label="Partnership", missing="Select the partnership")
    agency = SelectOneOf(label="Agency", missing="Select the agency")
    body = SelectOneOf(label="Body", missing="Select the body")
    partner = ChoiceField(
        label="For which safeguarding partner do they act?",
        choices=Partner.choices,
        missing="Select which safeguarding partner they act for",
    )
    title = TextField(label="Job title", max_length=150, required=False)
    delegation = TextField(
        label="Delegation",
        max_length=300,
        required=False,
        hint="Who delegated the functions to them, when, and in which document.",
    )
    starts_on = DateField(label="First day", required=False, hint="Leave it empty for today.")
    ends_on = DateField(label="Last day", required=False, hint="Leave it empty where it is not known yet.")

    def __init__(self, *args: Any, acting: Membership, role: Role, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self._not_asked(acting, role):
            del self.fields[name]
        rows = {
            "partnership": selectors.partnerships_within(acting),
            "agency": selectors.agencies_within(acting),
            "body": selectors.panels(),
        }
        for name, queryset in rows.items():
            if name in self.fields:
                self.fields[name].queryset = queryset  # type: ignore[attr-defined]
        if role == Role.REVIEWER and "partnership" in self.fields:
            self.fields["partnership"].required = False

    @staticmethod
    def _not_asked(acting: Membership, role: Role) -> list[str]:
        administrator = acting.role == Role.ADMINISTRATOR
        asked = {
            "partnership": administrator and (role in STAFF_ROLES or role == Role.REVIEWER),
            "agency": role in AGENCY_ROLES,
            "body": role == Role.PANEL_OFFICER,
            "partner": role in PARTNER_ROLES,
            "delegation": role in PARTNER_ROLES,
        }
        return [name for name, is_asked in asked.items() if not is_asked]

    def place(self) -> Place:
        given = self.cleaned_data
        return Place(
            partnership=given.get("partnership"),
            agency=given.get("agency"),
            body=given.get("body"),
            partner=given.get("partner", ""),
        )


class ChangeRoleForm(Form):
    title = TextField(label="Job title", max_length=150, required=False)
    delegation = TextField(
        label="Delegation",
        max_length=300,
        required=False,
        hint="Who delegated the functions to them, when, and in which document.",
    )
    ends_on = DateField(label="Last day", required=False, hint="Leave it empty where it is not known yet.")

    def __init__(self, *args: Any, role: Role, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if role not in PARTNER_ROLES:
            del self.fields["delegation"]


class AgencyForm(Form):
    name = TextField(label="Name", max_length=150)
    kind = SelectField(label="Kind of agency", choices=[("", "Select"), *AgencyKind.choices])
    partnerships = ManyOf(
        label="Which partnerships does it serve?", missing="Select the partnerships it serves"
    )

    def __init__(self, *args: Any, acting: Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["partnerships"].queryset = selectors.partnerships_within(acting)  # type: ignore[attr-defined]
        if acting.role != Role.ADMINISTRATOR:
            del self.fields["partnerships"]


class PartnershipForm(Form):
    name = TextField(label="Name", max_length=150)
    code = TextField(
        label="Code",
        max_length=6,
        width="5",
        hint="2 to 6 capital letters: every reference of its cases begins with it, and it never changes.",
    )
    unit_email = EmailField(label="Email address of its business unit", required=False, autocomplete="off")
    unit_telephone = PhoneField(
        label="Telephone number of its business unit", required=False, autocomplete="off"
    )

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"].upper()
        if not (2 <= len(code) <= 6 and code.isascii() and code.isalpha()):
            self.refuse("The code must be 2 to 6 letters from A to Z", field="code")
        return code


class BodyForm(Form):
    name = TextField(label="Name", max_length=150)
    kind = SelectField(label="Office it holds", choices=[("", "Select"), *BodyKind.choices])
    email = EmailField(label="Email address", required=False, autocomplete="off")
    effective_from = DateField(label="From", required=False, hint="Leave it empty for today.")
