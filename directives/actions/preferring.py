"""People choose for themselves which messages they get by which channels."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from directives.actions.recording import record
from directives.models import DeliveryKind, Preference, channel_names
from directives.rules.duties import duty
from directives.rules.refusals import Invalid

UNKNOWN_BOX = _("There is no such message or channel.")
CHOOSE_PREFERENCES = "choose_preferences"
# Kind and channel of a message.
Box = tuple[str, str]


@transaction.atomic
def choose_preferences(choices: Mapping[Box, bool], *, by: User, at: datetime) -> list[Preference]:
    """Note what `by` wants from now on; boxes that are not among the choices stay as they are.

    Returns the rows that changed. Raises Invalid for an unknown box, and with its reason for a duty that would be
    switched off; then nothing is noted at all.
    """
    for (kind, channel), wanted in choices.items():
        if kind not in DeliveryKind.values or channel not in channel_names():
            raise Invalid("box", UNKNOWN_BOX)
        if not wanted and (reason := duty(kind, channel)):
            raise Invalid("box", reason)
    # Locked, so that two pages of one person are noted one after the other.
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    known = {(row.kind, row.channel): row.wanted for row in Preference.objects.filter(user=by)}
    changed = [
        Preference(user=by, kind=kind, channel=channel, wanted=wanted)
        for (kind, channel), wanted in sorted(choices.items())
        if known.get((kind, channel), True) != wanted
    ]
    Preference.objects.bulk_create(
        changed, update_conflicts=True, unique_fields=["user", "kind", "channel"], update_fields=["wanted"]
    )
    if changed:
        told = {f"{row.kind}:{row.channel}": row.wanted for row in changed}
        before = {box: not wanted for box, wanted in told.items()}
        record(by, CHOOSE_PREFERENCES, by=by, at=at, before=before, after=told)
    return changed
