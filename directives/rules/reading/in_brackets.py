"""Who does it and who helps, said in brackets behind the task: "(Bộ A chủ trì; Bộ B, Bộ C phối hợp)"."""

import re
from collections.abc import Iterable, Iterator

from directives.rules.reading.bodies import Bodies
from directives.rules.reading.references import Mention

PLACES = re.compile(r"[(] ?|[,;:] (?:và |còn |do |giao )?|(?<=\()(?:do |giao )")
LEADS = re.compile(r" (?:là (?:cơ quan |đơn vị )?)?(?:chủ trì|làm đầu mối|đầu mối|thực hiện)(?! \w{1,12} với)(?!\w)")
LEADING = re.compile(r"(?:cơ quan |đơn vị )?(?:chủ trì|thực hiện|đầu mối)(?: thực hiện| tham mưu)?(?: là)?: ")
HELPS = re.compile(
    r"(?: liên quan)? (?:cùng |tích cực |chủ động |tham gia )?(?:phối hợp|tham gia)(?: thực hiện| xây dựng)?(?!\w)"
)
HELPING = re.compile(
    r"(?:cơ quan |đơn vị |có sự |cùng )?(?:phối hợp|tham gia)(?: thực hiện| chặt chẽ)?(?: là| gồm| của| với| cùng)?:? "
)
MOST = 12  # places in a bracket where a name may begin, at most


def lead_in(bodies: Bodies, brackets: Iterable[tuple[int, int]]) -> Mention | None:
    """Who is said in brackets to do it; None where nobody is."""
    return next((found for found, leads in _named(bodies, brackets) if leads), None)


def helping_in(bodies: Bodies, brackets: Iterable[tuple[int, int]]) -> list[Mention]:
    """Those who are said in brackets to help."""
    return [found for found, leads in _named(bodies, brackets) if not leads]


def _named(bodies: Bodies, brackets: Iterable[tuple[int, int]]) -> Iterator[tuple[Mention, bool]]:
    """Each mention in brackets that leads (True) or helps (False)."""
    low = bodies.low
    for opened, closed in brackets:
        reach = opened
        for place in list(PLACES.finditer(low, opened, closed))[:MOST]:
            at = place.end()
            label = LEADING.match(low, at) or HELPING.match(low, at)
            chain = bodies.chain_at(label.end() if label else at) if at > reach else None
            if chain is None or chain.end > closed:
                continue
            if label:
                yield chain, label.re is LEADING
                reach = chain.end
            elif LEADS.match(low, chain.end, closed):
                yield chain, True
            elif HELPS.match(low, chain.end, closed):
                yield chain, False
                reach = chain.end
