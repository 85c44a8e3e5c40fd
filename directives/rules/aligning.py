"""Which of two rows of words (or paragraphs) are the same, in order, within a bounded number of steps.

Rows are trimmed at both ends and cut at what stands once in each (patience); only short gaps are searched in full. The
steps are counted, so that no text, however mangled, takes long: what is left when they are used up counts as changed.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Sequence

FULL_SEARCH = 150_000  # pairs of one gap that are looked at, at most

Pair = tuple[int, int]
Gap = tuple[int, int, int, int]  # from, to in the old row; from, to in the new one


class Steps:
    """How many steps are left for a comparison."""

    def __init__(self, left: int) -> None:
        self.left = left

    def take(self, steps: int) -> bool:
        """Use up so many; False, and none are used, where fewer are left."""
        if steps > self.left:
            return False
        self.left -= steps
        return True


def align(old: Sequence[Hashable], new: Sequence[Hashable], steps: Steps) -> list[Pair]:
    """The places (in `old`, in `new`) of what is the same, both rising."""
    pairs: list[Pair] = []
    gaps: list[Gap] = [(0, len(old), 0, len(new))]
    while gaps:
        gap = _trimmed(old, new, gaps.pop(), pairs)
        length, width = gap[1] - gap[0], gap[3] - gap[2]
        if not length or not width or not steps.take(length + width):
            continue
        if anchors := _anchors(old, new, gap):
            pairs += anchors
            gaps += _between(gap, anchors)
        elif length * width <= FULL_SEARCH and steps.take(length * width):
            pairs += _longest(old, new, gap)
    return sorted(pairs)


def _trimmed(old: Sequence[Hashable], new: Sequence[Hashable], gap: Gap, pairs: list[Pair]) -> Gap:
    """Pair what is the same at both ends of the gap; what is left between."""
    low, high, start, end = gap
    while low < high and start < end and old[low] == new[start]:
        pairs.append((low, start))
        low, start = low + 1, start + 1
    while low < high and start < end and old[high - 1] == new[end - 1]:
        high, end = high - 1, end - 1
        pairs.append((high, end))
    return low, high, start, end


def _anchors(old: Sequence[Hashable], new: Sequence[Hashable], gap: Gap) -> list[Pair]:
    """What stands once in each, as far as it stands in one order: the longest rising row of it."""
    low, high, start, end = gap
    there = {word: at for at, word in enumerate(new[start:end], start)}
    once, once_there = Counter(old[low:high]), Counter(new[start:end])
    found = [
        (at, there[word]) for at, word in enumerate(old[low:high], low) if once[word] == 1 and once_there.get(word) == 1
    ]
    ends: list[int] = []  # the least last place of a row of each length
    last: list[int] = []  # by length, which pair ends it
    before: list[int] = []
    for number, (_at, place) in enumerate(found):
        length = bisect_left(ends, place)
        before.append(last[length - 1] if length else -1)
        ends[length : length + 1], last[length : length + 1] = [place], [number]
    rising, number = [], last[-1] if last else -1
    while number >= 0:
        rising.append(found[number])
        number = before[number]
    return rising[::-1]


def _between(gap: Gap, anchors: Sequence[Pair]) -> list[Gap]:
    low, high, start, end = gap
    before = [(low - 1, start - 1), *anchors]
    after = [*anchors, (high, end)]
    return [(one[0] + 1, other[0], one[1] + 1, other[1]) for one, other in zip(before, after, strict=True)]


def _longest(old: Sequence[Hashable], new: Sequence[Hashable], gap: Gap) -> list[Pair]:
    """The longest common row of a short gap, by the table of all its beginnings."""
    low, high, start, end = gap
    width = end - start
    table = [[0] * (width + 1)]
    for word in reversed(old[low:high]):
        below, row = table[-1], [0] * (width + 1)
        for at in range(width - 1, -1, -1):
            same = word == new[start + at]
            row[at] = below[at + 1] + 1 if same else max(below[at], row[at + 1])
        table.append(row)
    table.reverse()
    pairs, at, place = [], 0, 0
    while at < high - low and place < width:
        if old[low + at] == new[start + place]:
            pairs.append((low + at, start + place))
            at, place = at + 1, place + 1
        elif table[at + 1][place] >= table[at][place + 1]:
            at += 1
        else:
            place += 1
    return pairs
