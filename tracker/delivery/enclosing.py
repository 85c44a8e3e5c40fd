"""A scheduled paper in a mail: what is said of it, and its file, or where that is too large the way to it."""

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from directives.models import Channel, Delivery, KeptPaper
from tracker.delivery.channels import Enclosed
from tracker.paper_asking import day_words, kind_name, why_not
from tracker.papers.answering import FORMS

# Of a file that goes along; many offices take mails of ten, and in a mail it grows by a third.
MOST_ENCLOSED = 3 * 1024 * 1024  # bytes


@dataclass(frozen=True)
class Scheduled:
    """What a message says of a paper, in the active language."""

    paper: KeptPaper
    enclosed: bool

    @property
    def name(self) -> str:
        """What the paper is called."""
        return kind_name(self.paper.kind)

    @property
    def url(self) -> str:
        """The address of its page."""
        return settings.SITE_URL + reverse("kept_paper", args=[self.paper.uuid])

    @property
    def failed(self) -> str:
        """Why there is none this time; nothing where it was made."""
        return why_not(self.paper)

    @property
    def why(self) -> str:
        """By whose will it goes out, and on which days."""
        schedule = self.paper.schedule
        if schedule is None:
            return ""
        told = {"body": self.paper.body.name, "days": day_words(schedule.when)}
        return _("It was set up for %(body)s: %(days)s.") % told


def goes_along(delivery: Delivery) -> bool:
    """Whether the file itself goes with the message."""
    paper = delivery.paper
    return paper is not None and delivery.channel == Channel.EMAIL and 0 < paper.size <= MOST_ENCLOSED


def enclosed_with(delivery: Delivery) -> tuple[Enclosed, ...]:
    """The file, where it goes along. Raises OSError where it is not there now: the message is tried again."""
    paper = delivery.paper
    if paper is None or not goes_along(delivery):
        return ()
    with paper.file.open("rb") as file:
        return (Enclosed(paper.name, FORMS[paper.form].content_type, file.read()),)
