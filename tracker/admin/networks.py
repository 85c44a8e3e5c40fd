"""Trusted networks: where inside the government's networks other systems may be called, as an administrator decided."""

from ipaddress import ip_network
from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.roles import Verb
from directives.models import TrustedNetwork
from directives.rules.endpoints import HIGHEST_PORT, may_be_trusted
from tracker.admin.fields import RowForm
from tracker.admin.rows import DeskAdmin

MOST_PORTS = 10


class PortsField(forms.CharField):
    """Numbers of ports with commas between."""

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(map(str, value)) if isinstance(value, list) else value

    def clean(self, value: Any) -> Any:
        words = super().clean(value).replace(",", " ").split()
        ports = sorted({int(word) for word in words if word.isascii() and word.isdigit() and len(word) < 6})
        if len(ports) < len(set(words)) or not ports or not 0 < ports[0] <= ports[-1] <= HIGHEST_PORT:
            raise forms.ValidationError(_("Write numbers of ports with commas between, such as 443, 8443."))
        if len(ports) > MOST_PORTS:
            raise forms.ValidationError(_("At most %(most)d ports."), params={"most": MOST_PORTS})
        return ports

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)


class NetworkForm(RowForm):
    ports = PortsField(label=_("ports"), initial="443")

    class Meta:
        model = TrustedNetwork
        fields = ("network", "ports", "unencrypted", "note")

    def clean_network(self) -> str:
        """In one spelling; never this machine itself, nor what hides another address, nor half the world."""
        try:
            network = ip_network(self.cleaned_data["network"].strip())
        except ValueError:
            raise forms.ValidationError(_("Write a network as 10.20.0.0/16 or fd12:3456::/32.")) from None
        if not may_be_trusted(network):
            raise forms.ValidationError(
                _("This network is not opened: it is too wide, or holds this machine itself or special addresses.")
            )
        return str(network)


@admin.register(TrustedNetwork)
class NetworkAdmin(DeskAdmin):
    kept_with = (Verb.MANAGE_KEYS,)
    form = NetworkForm
    list_display = ("network", "ports_named", "unencrypted", "note")
    search_fields = ("network", "note")
    search_help_text = _("Network, or words of its note")
    fields = (("network", "ports"), "unencrypted", "note")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A network that is closed again; the register keeps that it was open."""
        return self.has_change_permission(request, obj)

    @admin.display(description=_("ports"))
    def ports_named(self, row: TrustedNetwork) -> str:
        return ", ".join(map(str, row.ports))
