"""What actions, meetings, the family and proceedings give to the review's sections and to the calendar feed."""

from cspr.deadlines.feed_dates import add_to_feed
from rapid_reviews.presenters.family import family_facts
from rapid_reviews.presenters.meeting import meeting_dates
from rapid_reviews.presenters.proceedings import proceedings_facts
from rapid_reviews.presenters.safety import safety_facts
from rapid_reviews.selectors.facts import contribute


def connect() -> None:
    """Called once, when the app is ready."""
    contribute("immediate-action", safety_facts)
    contribute("parallel", proceedings_facts)
    contribute("family-told", family_facts)
    add_to_feed(meeting_dates)
