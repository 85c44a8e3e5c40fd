"""Everybody changes their own password: the old one, and the new one twice."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import authenticate, update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.contrib.auth.forms import PasswordChangeForm
from django.contrib.auth.password_validation import password_validators_help_texts
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from directives.actions.passwords import change_password
from tracker import clock
from tracker.web.desk import SignedIn
from tracker.web.fields import dress, point_at_what_is_wrong

SAME = gettext_lazy("The new password is the one that you have. Choose another.")


class PasswordForm(PasswordChangeForm):
    """Django's own form with our words; a wrong old password counts as a wrong try at the door."""

    error_messages = {
        "password_incorrect": gettext_lazy(
            "This is not your present password. After five wrong tries log-in is locked."
        ),
        "password_mismatch": gettext_lazy("The two new passwords are not alike."),
    }
    short: tuple[str, ...] = ()

    def __init__(self, request: SignedIn, given: Any = None) -> None:
        super().__init__(request.user, given)
        self.request = request
        for name, label, missing in (
            ("old_password", _("Present password"), _("Please write your present password.")),
            ("new_password1", _("New password"), _("Please write the new password.")),
            ("new_password2", _("New password once more"), _("Please write the new password once more.")),
        ):
            self.fields[name].label = label
            self.fields[name].error_messages["required"] = missing
            self.fields[name].help_text = ""
        self.fields["new_password1"].help_text = " ".join(password_validators_help_texts())
        dress(self)

    def clean_old_password(self) -> str:
        """The door asks, so that its lock holds here as well: who found an open session cannot go on guessing."""
        typed: str = self.cleaned_data["old_password"]
        if authenticate(self.request, username=self.request.user.email, password=typed) is None:
            raise ValidationError(self.error_messages["password_incorrect"], code="password_incorrect")
        return typed

    def clean_new_password1(self) -> str:
        new: str = self.cleaned_data["new_password1"]
        if self.user.check_password(new):
            raise ValidationError(SAME)
        return new


@login_required
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def password(request: SignedIn) -> HttpResponse:
    """Change one's own password; this session goes on, those in other browsers end."""
    form = PasswordForm(request, request.POST if request.method == "POST" else None)
    if form.is_valid():
        change_password(request.user, form.cleaned_data["new_password1"], at=clock.now())
        update_session_auth_hash(request, request.user)
        messages.success(request, _("The password is changed. Wherever else you were logged in, you are logged out."))
        return redirect("password")
    if form.is_bound:
        form.fields["old_password"].widget.attrs.pop("autofocus", None)
        point_at_what_is_wrong(form)
    page = {"section": "password", "form": form}
    return render(request, "web/password.html", page, status=400 if form.is_bound else 200)
