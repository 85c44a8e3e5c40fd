"""Examples of what is written beside the verbs of an assignment, in curl; each begins with what it needs."""

IT = r"""sed -E 's/^\{"id":"([^"]*)".*/\1/'"""
FIRST = r"""sed -E 's/^\{"results":\[\{"id":"([^"]*)".*/\1/'"""
CURL = 'curl -sS --fail-with-body -H "Authorization: Bearer $KEY"'
JSON = '-H "Content-Type: application/json"'
SENTENCE = '"quote": "Báo cáo kết quả", "due_on": "2030-12-31", "addressees": [{"role": "lead", "agency": "bca"}]'
LEAD = '"addressees": [{"role": "lead", "agency": "bca"}]'
MONTHLY = f'"quote": "Báo cáo kết quả", "deadline_kind": "recurring", "recurrence": "monthly", {LEAD}'
TEXT = '"text": "1. Báo cáo kết quả."'
WHOLE = f'"number": 9001, "symbol": "TB-VPCP", "issuer": "vpcp", "issued_on": "2026-01-05", {TEXT}'


def _put(address: str, body: str) -> str:
    return f"""{CURL} -X PUT {JSON} \\\n  -d '{{{body}}}' "$URL/{address}/\""""


def _post(address: str, body: str = "") -> str:
    return f"""{CURL} -H "If-Match: *" {JSON} \\\n  -d '{{{body}}}' "$URL/{address}/\""""


def _first(query: str) -> str:
    return f'ID=$({CURL} "$URL/{query}&limit=1" | {FIRST})'


NOTICE = f"ID=$({_put('notices/by-ref/vi-du', TEXT)} | {IT})"
DIRECTIVE = f"{NOTICE}\nID=$({_put('notices/$ID/directives/by-ref/vi-du-1', SENTENCE)} | {IT})"
ISSUED = _first("notices/?state=issued&committee=ubqg-cds")
EXAMPLES = {
    "draft_notice": _post("notices", f'"subject": "Kết luận phiên họp", {TEXT}'),
    "change_notice": f"{NOTICE}\n" + _post("notices/$ID/change", '"subject": "Kết luận phiên họp"'),
    "set_paragraphs_notice": f"{NOTICE}\n" + _post("notices/$ID/set-paragraphs"),
    "mark_paragraph_notice": f"{NOTICE}\n"
    + _post("notices/$ID/mark-paragraph", '"position": 1, "handled_as": "information"'),
    "add_directive_notice": f"{NOTICE}\n" + _post("notices/$ID/add-directive", SENTENCE),
    "discard_notice": f"{NOTICE}\n" + _post("notices/$ID/discard"),
    "issue_notice": f"ID=$({_put('notices/by-ref/vi-du-2', WHOLE)} | {IT})\n"
    + _put("notices/$ID/directives/by-ref/vi-du-2", SENTENCE)
    + "\n"
    + _post("notices/$ID/issue", '"unhandled_ok": true'),
    "withdraw_notice": f"{ISSUED}\n" + _post("notices/$ID/withdraw", '"reason": "Ban hành nhầm"'),
    "change_directive": f"{DIRECTIVE}\n" + _post("directives/$ID/change", '"product": "Báo cáo"'),
    "remove_directive": f"{DIRECTIVE}\n" + _post("directives/$ID/remove"),
    "assign_directive": _first("directives/?state=in_progress")
    + "\n"
    + _post("directives/$ID/assign", '"agency": "bnv", "role": "coordinating", "due_on": "2030-12-31"'),
    "end_directive": f"ID=$({_put('notices/by-ref/vi-du-3', WHOLE.replace('9001', '9003'))} | {IT})\n"
    + _put("notices/$ID/directives/by-ref/vi-du-3", MONTHLY)
    + "\n"
    + _post("notices/$ID/issue", '"unhandled_ok": true')
    + f'\nID=$({CURL} "$URL/notices/$ID/directives/by-ref/vi-du-3/" | {IT})\n'
    + _post("directives/$ID/end", '"until": "2030-12-31", "reason": "Đã có hệ thống báo cáo"'),
    "answer_question": "# ID is that of a question, from the message about it.\n"
    + _post("questions/$ID/answer", '"text": "Đến hết tháng trước"'),
    "add_reading_indicator": _first("indicators/?ordering=code")
    + "\n"
    + _post("indicators/$ID/add-reading", '"as_of": "2024-01-05", "value": "97.5", "source": "Hệ thống VNeID"'),
    "verify_reading": _first("readings/?verified=no") + "\n" + _post("readings/$ID/verify"),
    "put_notice_by_ref": _put("notices/by-ref/vi-du", TEXT),
    "find_notice_by_ref": _put("notices/by-ref/vi-du", TEXT) + f'\n{CURL} "$URL/notices/by-ref/vi-du/"',
    "put_notice_by_number": _put("notices/by-number/vpcp/2026/9002/TB-VPCP", f'"issued_on": "2026-01-05", {TEXT}'),
    "find_notice_by_number": f'{CURL} "$URL/notices/by-number/vpcp/2024/369/TB-VPCP/"',
    "put_directive_by_ref": f"{NOTICE}\n" + _put("notices/$ID/directives/by-ref/vi-du-1", SENTENCE),
    "find_directive_by_ref": f"{DIRECTIVE}\n{NOTICE}\n" + f'{CURL} "$URL/notices/$ID/directives/by-ref/vi-du-1/"',
    "do_many": f"{NOTICE}\n{CURL} {JSON} \\\n"
    """  -d '{"requests": [{"to": "notices/'$ID'/change/", "if_match": "*", "body": {}}]}' "$URL/bulk/\"""",
}
