"""What a password must hold."""

from typing import Any

from django.contrib.auth.password_validation import MinimumLengthValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

CLASSES = (str.islower, str.isupper, str.isdigit, lambda sign: not sign.isalnum())


class FourClasses:
    """A password needs a small letter, a capital letter, a digit and another sign."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raise `ValidationError` when one of the four classes is missing."""
        if not all(any(belongs(sign) for sign in password) for belongs in CLASSES):
            raise ValidationError(self.get_help_text(), code="password_lacks_a_class")

    def get_help_text(self) -> str:
        return _("The password needs a small letter, a capital letter, a digit and another sign.")


class LongEnough(MinimumLengthValidator):
    """Django's shortest length, with a sentence in the reader's language."""

    def get_error_message(self) -> str:
        return _("The password needs at least %(length)d characters.") % {"length": self.min_length}

    def get_help_text(self) -> str:
        return self.get_error_message()
