"""POST a key, get a token: OAuth 2.0 client credentials, told as RFC 6749 says it (sections 2.3.1, 4.4, 5.1, 5.2)."""

import binascii
from base64 import b64decode
from urllib.parse import unquote_plus

from django.http import HttpResponse, QueryDict
from django.utils.translation import gettext as _
from rest_framework.parsers import FormParser
from rest_framework.request import Request
from rest_framework.views import APIView

from accounts.models import ApiKey
from tracker import clock
from tracker.addresses import client_address
from tracker.api.answers import answer
from tracker.api.callers import KEY_IS_NO_GOOD, PLAIN_KEY
from tracker.api.limits import count_try, forget_try
from tracker.api.problems import INVALID, NOBODY, Kind, Problem
from tracker.api.tokens import SECONDS, token_of

GRANT = "client_credentials"
LONGEST_CLIENT = 50  # characters, of whoever comes from an address that nobody knows


class Refused(Exception):
    """Why there is no token: the word of RFC 6749, section 5.2, and a sentence."""

    def __init__(self, error: str, sentence: str, kind: Kind = INVALID) -> None:
        super().__init__(error)
        self.error, self.sentence, self.kind = error, sentence, kind


class Token(APIView):
    """POST `grant_type=client_credentials` with how the key begins as client and the key as its secret."""

    http_method_names = ["post"]
    authentication_classes = []
    permission_classes = []
    throttle_classes = []
    parser_classes = [FormParser]

    def post(self, request: Request) -> HttpResponse:
        try:
            client, secret = _credentials(request)
            who = str(client_address(request) or client[:LONGEST_CLIENT])
            count_try(request, who)
            key = _key(request, client, secret)
            forget_try(request, who)
            _fits(request.data, key)
        except Refused as refused:
            return _told(refused)
        ApiKey.objects.note_use(key, clock.now())
        told = answer(
            {
                "access_token": token_of(key),
                "token_type": "Bearer",
                "expires_in": SECONDS,
                "scope": " ".join(key.scopes),
            }
        )
        told["Cache-Control"] = "no-store"
        return told


def _key(request: Request, client: str, secret: str) -> ApiKey:
    """The live key of whoever asks, from where it may be used. Raises Refused."""
    key = ApiKey.objects.authenticate(secret, clock.now()) if PLAIN_KEY.fullmatch(secret) else None
    if key is None or client != f"dd_{key.prefix}" or not key.admits(client_address(request)):
        raise Refused("invalid_client", str(KEY_IS_NO_GOOD), NOBODY)
    return key


def _credentials(request: Request) -> tuple[str, str]:
    """Client and secret, from the header (each once more encoded as in a form) or from the body, never from both."""
    scheme, _gap, packed = request.headers.get("Authorization", "").partition(" ")
    in_body = request.data.get("client_id", ""), request.data.get("client_secret", "")
    if scheme.lower() != "basic":
        return in_body
    if in_body[1]:
        raise Refused("invalid_request", _("Send the key in the header or in the body, not in both."))
    try:
        client, _colon, secret = b64decode(packed, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return "", ""
    return unquote_plus(client), unquote_plus(secret)


def _fits(asked: QueryDict, key: ApiKey) -> None:
    """Pass where this grant is asked for, once, with no more than the key has. Raises Refused."""
    if any(len(values) > 1 for _name, values in asked.lists()):
        raise Refused("invalid_request", _("Give this parameter once."))
    if asked.get("grant_type") != GRANT:
        raise Refused("unsupported_grant_type", _("The only grant here is client_credentials."))
    if not set(asked.get("scope", "").split()) <= set(key.scopes):
        raise Refused("invalid_scope", _("The key has no such scope."))


def _told(refused: Refused) -> HttpResponse:
    """A problem like any other, that also says what a client of OAuth looks for."""
    more = {"error": refused.error, "error_description": refused.sentence}
    response = Problem(refused.kind, refused.sentence, more=more).response()
    if refused.kind is NOBODY:
        response["WWW-Authenticate"] = 'Basic realm="dondoc"'
    return response
