"""What must not be passed over in silence: a paragraph that begins with an agency's name and holds a task."""

import re

from directives.rules.reading.addressees import Kind
from directives.rules.reading.asks_nothing import asks_nothing
from directives.rules.reading.following import tells
from directives.rules.reading.outline import Block
from directives.rules.reading.principals import ASKS
from directives.rules.reading.references import Mention
from directives.rules.reading.task_words import TASK, is_task
from directives.rules.reading.timing import after_the_time

REACH = 260  # letters between the name and the task, at most
REPORTED = re.compile(r"(?<!\w)(?:đã|đang|vừa|sẽ|từng|xin|trân trọng|cho biết|cho rằng|nhận thấy|là)(?!\w)")
CLOSING = re.compile(r"(?:xin |trân trọng )?(?:thông báo|báo) (?:để|đến|tới|ý kiến|nội dung|kết luận)")


def asked_unclearly(block: Block) -> Mention | None:
    """The agencies with whose names a paragraph begins that may ask something of them, although no rule reads it so."""
    if block.is_heading or not block.pieces:
        return None
    low, clause = block.line.low, block.pieces[0].clause
    chain = block.bodies.chain_at(clause.start)
    if chain is None or not chain.references[0].is_registered or ASKS.match(low, chain.end):
        return None
    if asks_nothing(block.bodies, clause.start, clause):
        return None
    at, end = chain.end, min(clause.end, chain.end + REACH)
    while at < end and low[at] in " ,:":
        at += 1
    at = after_the_time(low, at, end)
    if block.pieces[0].said.kind is Kind.PLEA or tells(low, at) or CLOSING.match(low, at):
        return None
    places = (each.start() for each in TASK.finditer(low, at, end) if not low[each.start() - 1].isalnum())
    task = next((place for place in places if is_task(low, place)), None)
    return None if task is None or REPORTED.search(low, at, task) else chain
