"""The degrees of secrecy of the Law on the Protection of State Secrets; none of them may come in."""

from django.utils.translation import gettext_lazy as _

SECRECY = (
    ("", _("Not classified")),
    ("secret", "Mật"),
    ("top secret", "Tối mật"),
    ("absolute secret", "Tuyệt mật"),
)
SECRECY_HINT = _("Classified documents may not be entered here, not even their subject.")
