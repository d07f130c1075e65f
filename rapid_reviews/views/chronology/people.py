"""The people the chronologies name: for the filter, and for what stands in place of a name. roles.md."""

from typing import Any

from django.contrib import messages
from django.http import Http404
from django.urls import reverse

from cspr.cases.services import show_names
from cspr.govuk.parts import Row
from cspr.permissions import Permission
from cspr.views import CaseQuestion
from rapid_reviews.forms.chronology import PersonForm
from rapid_reviews.models import ChronologyPerson
from rapid_reviews.selectors import merged as select
from rapid_reviews.services import chronology_people as services
from rapid_reviews.services.weaving import keep_woven
from rapid_reviews.views.chronology.merged import OfTheChronology


class ChronologyPeople(OfTheChronology):
    """Who they are called; the names themselves after the recorded switch only."""

    permission = Permission.PREPARE_REVIEW
    template_name = "rapid_reviews/chronology/people.html"
    title = "People of the chronology"

    def context(self) -> dict[str, Any]:
        keep_woven(self.review, by=self.acting)
        people = select.people_known(self.review)
        rows = [self.row(one) for one in people]
        return {**super().context(), "rows": rows, "named": self.named, "merged_url": self.merged_url()}

    def row(self, person: ChronologyPerson) -> Row:
        names = ", ".join(filter(None, (person.name, person.other_names)))
        href = reverse("chronology_person", args=[self.case.pk, person.pk])
        return Row(person.called, names if self.named else person.get_kind_display(), href=href)


class PersonQuestion(OfTheChronology, CaseQuestion):
    """A question about one of them. It shows names, so showing it is recorded."""

    permission = Permission.PREPARE_REVIEW
    template_name = "layouts/question.html"
    form_class = PersonForm
    what = "People of the chronology, with names"

    def back_url(self) -> str:
        return reverse("chronology_people", args=[self.case.pk])


class AddPerson(PersonQuestion):
    title = "Add a person"
    once = True

    def save(self, form: PersonForm) -> str:
        services.add_person(self.review, answers=form.cleaned_data, by=self.acting)
        messages.success(self.request, "The person was added.")
        return self.back_url()


class AnswerPerson(PersonQuestion):
    title = "Change this person"
    person: ChronologyPerson

    def find(self) -> None:
        super().find()
        found = select.person_of(self.review, self.kwargs["person_id"])
        if found is None:
            raise Http404
        self.person = found

    def initial(self) -> dict[str, Any]:
        show_names(self.case, by=self.acting)
        return {name: getattr(self.person, name) for name in services.COLUMNS}

    def revised(self) -> Any:
        return self.person

    def save(self, form: PersonForm) -> str:
        revision = self.typed_revision()
        services.answer_person(self.person, answers=form.cleaned_data, revision=revision, by=self.acting)
        messages.success(self.request, "The person was saved.")
        return self.back_url()
