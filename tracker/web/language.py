"""The language of the reader: what was chosen on this device, else the account's, else Vietnamese.

The browser's own preference is left aside on pages: offices often run a browser in English and read
Vietnamese. The API has no other sign than Accept-Language, and obeys it.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_POST
from django.views.i18n import set_language as keep_choice

Answer = Callable[[HttpRequest], HttpResponse]
KNOWN = frozenset(code for code, _name in settings.LANGUAGES)


def language_of_reader(get_response: Answer) -> Answer:
    """Middleware: speak the reader's language for the whole request."""

    def speak(request: HttpRequest) -> HttpResponse:
        asked_by_header = request.path_info.startswith("/api/")
        language = translation.get_language_from_request(request) if asked_by_header else _chosen(request)
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = get_response(request)
        if asked_by_header:
            patch_vary_headers(response, ("Accept-Language",))
        response.headers.setdefault("Content-Language", language)
        return response

    return speak


@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Keep the choice on this device and, for somebody logged in, in the account."""
    language = request.POST.get("language")
    if request.user.is_authenticated and language in KNOWN:
        request.user.language = language
        request.user.save(update_fields=["language"])
    return keep_choice(request)


def _chosen(request: HttpRequest) -> str:
    kept = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
    if kept in KNOWN:
        return kept
    if request.user.is_authenticated and request.user.language in KNOWN:
        return request.user.language
    return settings.LANGUAGE_CODE
