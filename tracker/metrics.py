"""The machinery in figures, as Prometheus reads them.

All of them are read from the database when they are asked for, so every process gives the same answer and none keeps
anything.
"""

from collections.abc import Iterator
from datetime import datetime

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from directives.models import SubscriptionState
from tracker.watching import calls, changes, oldest_unsealed, on_hold, sealed, ticks, waiting_messages


class Figures(Collector):
    """How it stands at `now`."""

    def __init__(self, *, now: datetime) -> None:
        self.now = now

    def collect(self) -> Iterator[Metric]:
        yield from self._messages()
        yield from self._calls()
        ages = GaugeMetricFamily("dondoc_tick_age_seconds", "Since a duty was last looked at.", labels=["duty"])
        for duty, at in ticks().items():
            if at is not None:
                ages.add_metric([duty], self._age(at))
        yield ages
        unsealed, oldest = oldest_unsealed()
        yield GaugeMetricFamily("dondoc_events_unsealed", "Events that wait for their seal.", value=unsealed)
        yield GaugeMetricFamily("dondoc_oldest_unsealed_seconds", "Age of the oldest of them.", value=self._age(oldest))
        yield CounterMetricFamily("dondoc_events_sealed", "Events in the chain of history.", value=sealed())
        many, oldest = changes()
        yield GaugeMetricFamily("dondoc_changes", "Changes of calendar or ladders being worked off.", value=many)
        yield GaugeMetricFamily("dondoc_oldest_change_seconds", "Age of the oldest of them.", value=self._age(oldest))
        yield GaugeMetricFamily("dondoc_sending_on_hold", "1 while nothing may be sent.", value=int(on_hold()))

    def _messages(self) -> Iterator[Metric]:
        counts = GaugeMetricFamily(
            "dondoc_messages", "Messages that are not sent: due, later, dead, held.", labels=["channel", "state"]
        )
        oldest = GaugeMetricFamily(
            "dondoc_oldest_message_seconds", "How long the oldest message is due.", labels=["channel"]
        )
        for row in waiting_messages(now=self.now):
            for state in ("due", "later", "dead", "held"):
                counts.add_metric([row.channel, state], getattr(row, state))
            oldest.add_metric([row.channel], self._age(row.oldest))
        yield counts
        yield oldest

    def _calls(self) -> Iterator[Metric]:
        found = calls(now=self.now)
        systems = GaugeMetricFamily("dondoc_subscriptions", "Other systems that are told.", labels=["state"])
        for state in SubscriptionState.values:
            systems.add_metric([state], found.subscriptions.get(state, 0))
        yield systems
        counts = GaugeMetricFamily("dondoc_calls", "Calls that are not taken: due, later, dead.", labels=["state"])
        for state in ("due", "later", "dead"):
            counts.add_metric([state], getattr(found, state))
        yield counts
        yield GaugeMetricFamily("dondoc_oldest_call_seconds", "How long it is due.", value=self._age(found.oldest))

    def _age(self, at: datetime | None) -> float:
        return (self.now - at).total_seconds() if at is not None else 0
