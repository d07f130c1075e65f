"""Every stage a rapid review can show so far, each as one function of a partnership."""

from collections.abc import Callable

from cspr.seeding.moments import moment_ago
from cspr.seeding.review_story import ReviewStory
from cspr.seeding.stages import Made, Stages
from notifications import options
from rapid_reviews.options.review import Outcome
from rapid_reviews.options.sending import PanelAnswerKind


class ReviewStages:
    """The rapid reviews of one partnership."""

    def __init__(self, stages: Stages) -> None:
        self.stages = stages

    def _opened(
        self, sent_ago: int, what: str, *, age: int = 4, nature: options.Nature = options.Nature.SERIOUS_HARM
    ) -> ReviewStory:
        """A rapid review open since so many working days ago, when its notification was sent."""
        aware = sent_ago + 2
        story = self.stages.story(aware, what, age=age, nature=nature)
        one = self.stages.case(aware, story).dated().aware(moment_ago(aware)).tested("A")
        return ReviewStory(one.asked().viewed().decided().notified(moment_ago(sent_ago), early=True))

    def _made(self, stage: str, one: ReviewStory) -> Made:
        return Made(stage, [one.of.referral], one.case)

    def gathering(self, sent_ago: int = 8) -> Made:
        """Agencies are answering; a meeting lies ahead."""
        one = self._opened(sent_ago, "A child of four was found with burns; the accounts do not agree.")
        one.waiting_for_agencies().asked_a_guest().kept_safe().family_told().beside_proceedings().planned()
        return self._made("review_gathering", one)

    def with_partners(self, sent_ago: int = 13) -> Made:
        """Written after the returns and the meeting; one partner has signed."""
        one = self._opened(sent_ago, "A baby was shaken; the household was known to three agencies.", age=0)
        one.asked().kept_safe().family_told().met().written(Outcome.LOCAL_REVIEW)
        one.put().taken_back().put().signed("LA").commented()
        return self._made("review_with_partners", one)

    def escalated(self, sent_ago: int = 14) -> Made:
        """The police disagreed; the lead partners are deciding."""
        one = self._opened(sent_ago, "A child of nine was left without care for two days.", age=9)
        return self._made("review_escalated", one.met(minuted=False).written().put().signed("LA").dissented())

    def signed(self, sent_ago: int = 15) -> Made:
        """All three signed; to be sent today."""
        one = self._opened(sent_ago, "A young person was found with stab wounds near school.", age=14)
        return self._made("review_signed", one.written(Outcome.OTHER_LEARNING).put().signed())

    def sent(self, sent_ago: int = 16) -> Made:
        """Upheld by the lead partners, sent late; the Panel has not answered."""
        one = self._opened(sent_ago, "A child of six took an adult's medicine twice in a month.", age=6)
        one.written(Outcome.NATIONAL_MAY_BE_APPROPRIATE).put().signed("LA", "ICB").dissented().upheld()
        return self._made("review_sent", one.sent(late=True))

    def answered(self, sent_ago: int = 10) -> Made:
        """The Panel asked for more, was answered, and agreed."""
        one = self._opened(
            sent_ago, "A child of three fell from a window; a guard had been reported broken.", age=3
        )
        one.written().put().signed().sent().answered(PanelAnswerKind.ASKS_FOR_MORE, replied=True)
        return self._made("review_answered", one.answered(PanelAnswerKind.AGREES))

    def asked_for_more(self, sent_ago: int = 10) -> Made:
        """The Panel's question waits for its answer."""
        one = self._opened(sent_ago, "A child of seven was brought to hospital malnourished.", age=7)
        one.written().put().signed().sent()
        return self._made("review_asked_for_more", one.answered(PanelAnswerKind.ASKS_FOR_MORE))

    def reconsidered(self, sent_ago: int = 12) -> Made:
        """The Panel asked to reconsider; a second version is being prepared."""
        one = self._opened(
            sent_ago, "A child of eleven was harmed by an older child known to services.", age=11
        )
        one.written().put().signed().sent().answered(PanelAnswerKind.ASKS_TO_RECONSIDER)
        return self._made("review_reconsidered", one.reconsidered())

    def national(self, sent_ago: int = 12) -> Made:
        """The Panel will hold a national review; one partner has not discussed it, the father is not told."""
        one = self._opened(
            sent_ago,
            "A child of two died after a dog attack; the dog was known.",
            age=2,
            nature=options.Nature.DEATH,
        )
        one.family_told().written(Outcome.NATIONAL_MAY_BE_APPROPRIATE).put().signed().sent()
        one.answered(PanelAnswerKind.NATIONAL_REVIEW)
        return self._made("review_national", one.national_review())

    def closed(self, sent_ago: int = 6) -> Made:
        """Found not to meet the criteria after all (rule 4.7), after a first closing that was a mistake."""
        one = self._opened(sent_ago, "A child of one had marks that looked like injuries.", age=1)
        return self._made("review_closed", one.closed().opened_again().closed())


def all_reviews(stages: Stages) -> list[Made]:
    """One rapid review at every stage so far."""
    reviews = ReviewStages(stages)
    each: tuple[Callable[[], Made], ...] = (
        reviews.gathering, reviews.with_partners, reviews.escalated, reviews.signed, reviews.sent, reviews.answered,
        reviews.asked_for_more, reviews.reconsidered, reviews.national, reviews.closed,
    )  # fmt: skip
    return [one() for one in each]
