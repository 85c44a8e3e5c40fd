"""Examples of being called, in curl; each makes the subscription that it needs."""

IT = r"""sed -E 's/^\{"id":"([^"]*)".*/\1/'"""
FIRST = r"""sed -E 's/^\{"results":\[\{"id":"([^"]*)".*/\1/'"""
CURL = 'curl -sS --fail-with-body -H "Authorization: Bearer $KEY"'
JSON = '-H "Content-Type: application/json"'
WANTED = '{"name": "Trung tâm điều hành", "endpoint": "https://tiepnhan.bo.gov.vn/dondoc", "events": ["assignment.*"]}'
MAKE = f"""{CURL} {JSON} \\\n  -d '{WANTED}' "$URL/subscriptions/\""""
ID = f"ID=$({MAKE} | {IT})"


def _post(name: str, body: str = "{}") -> str:
    return f"""{ID}\n{CURL} -H "If-Match: *" {JSON} \\\n  -d '{body}' "$URL/subscriptions/$ID/{name}/\""""


CALL = f'{ID}\nID=$({CURL} "$URL/subscriptions/$ID/calls/?limit=1" | {FIRST})'
EXAMPLES_OF_SYSTEMS = {
    "subscribe": MAKE,
    "list_subscriptions": f'{CURL} "$URL/subscriptions/"',
    "read_subscription": f'{ID}\n{CURL} "$URL/subscriptions/$ID/"',
    "change_subscription": _post("change", '{"events": ["notice.issue"]}'),
    "challenge_subscription": _post("challenge"),
    "end_subscription": _post("end"),
    "rotate_secret": _post("rotate-secret", '{"overlap_hours": 24}'),
    "list_calls": f'{ID}\n{CURL} "$URL/subscriptions/$ID/calls/?state=waiting"',
    "read_call": f'{CALL}\n{CURL} "$URL/calls/$ID/"',
    "pause_subscription": _post("pause"),
    "resume_subscription": _post("resume"),
    "replay": _post("replay", '{"since": "2026-11-01T00:00:00+07:00"}'),
    "send_call_again": f"{CALL}\n{CURL} {JSON} -d '{{}}' \"$URL/calls/$ID/send-again/\"",
}
