"""Help for the tests of reading: what is proposed for a text that each test writes itself."""

from datetime import date

from directives.rules.notice_proposals import read_notice
from tracker.documents.register import register_of_the_seeds

ISSUED = date(2025, 9, 12)
REGISTER = register_of_the_seeds()


def read(*lines, issued_on=ISSUED, register=REGISTER):
    return read_notice("\n\n".join(lines), issued_on, register).directives


def only(*lines, issued_on=ISSUED, register=REGISTER):
    (proposal,) = read(*lines, issued_on=issued_on, register=register)
    return proposal


def leads(proposal):
    return [each.name for each in proposal.leads]


def coordinating(proposal):
    return [each.name for each in proposal.coordinating]
