"""Who gets what at which address: the house's promise of rights. A route that is not here is red.

A row begins with its routes; behind ` @ ` stands what is in their address: `uuid=notice` is a thing of one's own side,
and then of the other's; `name:x` is just that word. Below are the methods (`rest`: all that were not named yet) with
the outcome for each caller: a status, or `login` for the way to the log-in page; `200/404` is 200 for one's own and
404 for another's. For groups of callers see `GROUPS` in `routes.py`.
"""

ROUTES = """
healthz
    rest              others 200

api:notices api:directives api:assignments
    GET               anonymous 401, others 200
    rest              anonymous 401, others 405
api:notice @ uuid=notice
    GET               anonymous 401, overseers 200, others 200/404
    rest              anonymous 401, others 405
api:directive @ uuid=directive
    GET               anonymous 401, overseers 200, others 200/404
    rest              anonymous 401, others 405
api:assignment @ uuid=assignment
    GET               anonymous 401, overseers 200, others 200/404
    rest              anonymous 401, others 405
api:nowhere @ rest:agencies/
    rest              others 404

assignments notices messages
    GET               strangers login, others 200
    rest              strangers login, others 405
assignment @ uuid=assignment
    GET               strangers login, overseers 200, others 200/404
    rest              strangers login, others 405
notice @ uuid=notice
    GET               strangers login, overseers 200, others 200/404
    rest              strangers login, others 405
attachment @ uuid=attachment
    GET               strangers login, overseers 200, others 200/404
    rest              strangers login, others 405
acknowledge start report hand_in request_extension decline @ uuid=assignment
    GET               strangers login, overseers 403, agency 200/404, others 403/404
    POST              strangers login, overseers 403, agency 302/404, others 403/404
    rest              strangers login, others 405
see_message @ uuid=message
    POST              strangers login, others 302/404
    rest              strangers login, others 405
see_all_messages
    POST              strangers login, others 302
    rest              strangers login, others 405
here
    rest              strangers login, others 204
set_language
    POST              others 302
    rest              others 405
log_in
    rest              strangers 200, others 302
log_out
    POST              others login
    rest              others 405

demo_mail
    GET               others 200
    rest              others 405
demo_letter demo_letter_html @ name:khong-co
    GET               others 404
    rest              others 405
"""

# What is posted, so that a POST is refused for who sends it and not for what it lacks.
BODIES = {
    "report": {"text": "Xong một nửa.", "percent": "50"},
    "hand_in": {"text": "Xong."},
    "request_extension": {"asked_due_on": "2025-03-31", "reason": "Chờ thẩm định."},
    "decline": {"reason": "Không thuộc chức năng."},
    "set_language": {"language": "en"},
}
