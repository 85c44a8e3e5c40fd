"""`manage.py messenger EMAIL`: the address by which a person is reached by messenger."""

from argparse import ArgumentParser
from getpass import getpass
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from accounts.models import User
from directives.actions.reaching import forget_messenger, set_messenger
from tracker import clock
from tracker.delivery.channels.messenger import understood
from tracker.waiting_lines import keyboard


class Command(BaseCommand):
    help = "Set the address of a person's messenger, as apprise writes it; it is asked for, since it holds a secret."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", help="the person's log-in")
        parser.add_argument("--forget", action="store_true", help="reach the person by messenger no longer")

    def handle(self, *, email: str, forget: bool, **options: Any) -> None:
        user = User.objects.filter(email__iexact=email).first()
        if user is None:
            raise CommandError(_("There is no account %(email)s.") % {"email": email})
        if forget:
            if not forget_messenger(user, who=keyboard(), at=clock.now()):
                raise CommandError(_("There was no address."))
        else:
            address = getpass(_("Address (such as tgram://token/chat): ")).strip()
            if not understood(address):
                raise CommandError(_("The address of the messenger is not understood."))
            set_messenger(user, address, who=keyboard(), at=clock.now())
        self.stdout.write(_("Noted. It holds from the next message on."))
