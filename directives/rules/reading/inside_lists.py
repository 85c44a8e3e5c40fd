"""Names inside other names: "tình hình của các bộ, ngành, địa phương, báo cáo ..." tells of whom, not who is told."""

import re

from directives.rules.reading.bodies import Bodies
from directives.rules.reading.task_words import is_task

# Words behind which those are named of whom, where or with whom something is; and the first words of a group.
WHOSE = re.compile(
    r"(?<!\w)(?:(?P<whose>(?:của|giữa|tại|từ|đối với|về|cho) )|(?P<helps>(?:phối hợp|cùng) (?:với )?)|"
    r"(?=(?:các|những|từng|mọi|toàn thể|tất cả) ))"
)
REACH = 240  # letters before a name in which its list may begin
# "Đối với các điểm cầu có các bộ, ngành tham dự: Chỉ đạo ...": what stands before the colon only describes.
DESCRIBES = re.compile(r" (?:tham dự|dự|tham gia|quản lý|phụ trách)[^,;.:]{0,40}: ")


def is_inside(bodies: Bodies, start: int, at: int) -> bool:
    """Whether the name at `at` of a clause that begins at `start` only goes on with a list of those spoken of.

    A list within one group always does; a list of single names behind "của" does where a comma closes it, one behind
    "phối hợp với" wherever it stands.
    """
    low = bodies.low
    for cue in WHOSE.finditer(low, max(start, at - REACH), at):
        first = bodies.mention_at(cue.end())
        if first is None or first.end <= start:
            continue
        if cue.end() < at < first.end:
            return True
        chain = bodies.chain_at(cue.end()) if cue["whose"] or cue["helps"] else None
        if chain and cue.end() < at < chain.end and (cue["helps"] or low.startswith(",", chain.end)):
            return True
    return False


def only_describes(low: str, start: int, after: int) -> bool:
    """Whether those who end at `after` of "Đối với ... có các bộ tham dự: Chỉ đạo ..." are only told of."""
    found = DESCRIBES.match(low, after) if low.startswith(("đối với ", "tại "), start) else None
    return found is not None and is_task(low, found.end())
