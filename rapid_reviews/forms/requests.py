"""What the unit answers about a request: whom to ask, what they are told, why it is sent back or withdrawn."""

from typing import Any

from cspr.govuk.fields import (
    DateField,
    EmailField,
    LongTextField,
    ManyOf,
    MultipleChoiceField,
    TextField,
    past_date,
)
from cspr.govuk.forms import Form, not_before
from rapid_reviews.selectors.network import Candidate, Person
from rapid_reviews.services.requests import Telling


class TellingForm(Form):
    """What an agency is told, so that it can search its records, and no more than that."""

    context = LongTextField(
        label="What are they told about the incident?",
        called="what they are told about the incident",
        missing="Enter what they are told about the incident",
        hint="Each agency that you ask reads this. Say nothing that another agency told in confidence",
        rows=8,
    )
    people = MultipleChoiceField(
        label="Whom are they told of?",
        hint="Names, dates of birth and addresses as the referrals give them. Select those they need to search for",
        required=False,
    )
    from_on = DateField(label="Ask them to search from", called="the first day", rules=(past_date,))
    until_on = DateField(label="Ask them to search until", called="the last day", rules=(past_date,))
    rules = [not_before("until_on", "from_on")]

    def __init__(self, *args: Any, people: list[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if people:
            self.fields["people"].choices = [(one.key, one.words) for one in people]  # type: ignore[attr-defined]
        else:
            del self.fields["people"]

    def telling(self) -> Telling:
        given = self.cleaned_data
        people = tuple(given.get("people", ()))
        return Telling(given["context"], people, given["from_on"], given["until_on"])


class AskForm(TellingForm):
    """Which agencies of the network are asked, and what all of them are told."""

    agencies = ManyOf(label="Which agencies do you ask?", missing="Select at least one agency")
    field_order = ("agencies",)

    def __init__(self, *args: Any, candidates: list[Candidate], agencies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["agencies"]
        field.queryset = agencies  # type: ignore[attr-defined]
        field.hints = {  # type: ignore[attr-defined]
            str(one.agency.pk): one.named for one in candidates if one.is_named
        }


class AskGuestForm(TellingForm):
    """An organisation without account, and the one person there who answers."""

    organisation = TextField(label="Name of the organisation", max_length=150)
    name = TextField(label="Who answers there?", called="the name of who answers", max_length=130)
    email = EmailField(
        label="Their work email address",
        called="email address",
        autocomplete="off",
        hint="The link is sent there. It opens with a code that is sent to the same address, and only this request",
    )
    field_order = ("organisation", "name", "email")


class LinkForm(Form):
    """Who is sent the link: the same person, or another at the same organisation."""

    name = TextField(label="Who is it for?", called="who it is for", max_length=130)
    email = EmailField(
        label="Their work email address",
        called="email address",
        autocomplete="off",
        hint="The earlier link opens nothing any more. What was saved stays",
    )


class SendBackForm(Form):
    reason = LongTextField(
        label="What should be corrected or added?",
        called="what should be corrected",
        missing="Enter what should be corrected or added",
        hint="The agency reads this. What it sent stays on record; its correction is a new version",
    )


class AskAgainForm(Form):
    reason = LongTextField(
        label="What do you answer to the refusal?",
        called="what you answer to the refusal",
        missing="Enter what you answer to the refusal",
        hint="The agency reads this. Its refusal and the ground stay on record; its answer is a new version",
    )


class WithdrawForm(Form):
    reason = LongTextField(
        label="Why is the request withdrawn?", missing="Enter why the request is withdrawn", rows=4
    )
