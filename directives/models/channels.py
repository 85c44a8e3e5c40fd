"""By what messages leave: three ways that the rules know by name, and whatever else the settings name."""

from django.conf import settings
from django.db import models
from django.utils.functional import Promise
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _


class Channel(models.TextChoices):
    EMAIL = "email", _("E-mail")
    IN_APP = "in_app", _("In the application")
    # Only for whoever has an address there.
    MESSENGER = "messenger", _("Messenger")


def channel_names() -> list[str]:
    """The names of all channels."""
    return [*Channel.values, *(name for name in settings.DELIVERY_CHANNELS if name not in Channel.values)]


def channel_name(channel: str) -> str | Promise:
    """What people call the channel; another than the three says so itself."""
    if channel in Channel.values:
        return Channel(channel).label
    return import_string(settings.DELIVERY_CHANNELS[channel]).label


def channel_choices() -> list[tuple[str, str | Promise]]:
    """For the columns: asked when they are shown, so that a new channel needs no migration."""
    return [(name, channel_name(name)) for name in channel_names()]
