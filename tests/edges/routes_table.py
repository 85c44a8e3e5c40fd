"""Who gets what at which address: the house's promise of rights. A route that is not here is red.

A row begins with its routes; behind ` @ ` stands what is in their address: `uuid=notice` is a thing of one's own side,
and then of the other's; `=its` is one of the model that the route names; `name:x` is just that word. Below are the
methods (`rest`: all that were not named yet) with the outcome for each caller: a status, or `login` for the way to the
log-in page; `200/404` is 200 for one's own and 404 for another's. For groups of callers see `GROUPS` in `routes.py`.
"""

from tests.edges.routes_of_the_desk import DESK

PAGES = """
healthz
    rest              others 200
readyz
    rest              others 503
metrics
    rest              others 404

api:notices api:directives api:assignments api:statistics
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
api:acknowledge api:start api:report api:hand-in api:decline api:request-extension api:ask @ uuid=assignment
    POST              anonymous 401, overseers 403, agency key 200/404, others 403/404
    rest              anonymous 401, others 405
api:verify api:return api:resume @ uuid=assignment
    POST              anonymous 401, overseers 403, secretariat 409/404, others 403/404
    rest              anonymous 401, others 405
api:suspend api:withdraw api:reassign api:set-deadline @ uuid=assignment
    POST              anonymous 401, overseers 403, secretariat 200/404, others 403/404
    rest              anonymous 401, others 405
api:grant-extension api:refuse-extension @ uuid=extensionrequest
    POST              anonymous 401, overseers 403, secretariat chair standing_deputy 200/404, others 403/404
    rest              anonymous 401, others 405
api:snapshot
    GET               anonymous 401, key 200, others 403
    rest              anonymous 401, others 405
api:changes
    GET               anonymous 401, key 400, others 403
    rest              anonymous 401, others 405
api:nowhere @ rest:agencies/
    rest              others 404

assignments notices messages
    GET               strangers login, others 200
    rest              strangers login, others 405
assignment @ uuid=assignment
    GET               strangers login, overseers 200, others 200/404
    rest              strangers login, others 405
figures figure_rows figures_shares figures_pace
    GET               strangers login, others 200
    rest              strangers login, others 405
figures_league
    GET               strangers login, agency 404, others 200
    rest              strangers login, others 405
figures_taken @ name:decision
    GET               strangers login, others 200
    rest              strangers login, others 405
target @ uuid=indicator
    GET               strangers login, overseers 200, leaders secretariat 200/404, others 404
    POST              strangers login, overseers 403, leaders secretariat 403/404, others 404
    rest              strangers login, others 405
figures_by @ by:notice
    GET               strangers login, others 200
    rest              strangers login, others 405
feed
    GET               strangers login, others 200
    rest              strangers login, others 405
make_feed
    POST              strangers login, agency 200, others 403
    rest              strangers login, others 405
revoke_feed
    POST              strangers login, others 302
    rest              strangers login, others 405
device
    GET               strangers login, others 200
    POST              strangers login, others 302
    rest              strangers login, others 405
report_paper @ uuid=committee,form:xlsx
    GET               strangers login, overseers 200, leaders secretariat 200/404, others 404
    rest              strangers login, others 405
own_paper @ form:xlsx
    GET               strangers login, agency 200, others 404
    rest              strangers login, others 405
kept_papers paper_schedules
    GET               strangers login, others 200
    rest              strangers login, others 405
kept_paper kept_file @ uuid=keptpaper
    GET               strangers login, overseers 200, agency 404, others 200/404
    rest              strangers login, others 405
new_paper_schedule @ agency_pk=agency
    GET               strangers login, head 200/404, others 404
    POST              strangers login, head 400/404, others 404
    rest              strangers login, others 405
paper_schedule @ uuid=paperschedule
    GET,POST          strangers login, others 404
    rest              strangers login, others 405
act_on_schedule @ uuid=paperschedule,verb:pause
    POST              strangers login, others 404
    rest              strangers login, others 405
list_copy
    GET               strangers login, others 404
    rest              strangers login, others 405
not_sent manifest worker
    GET               others 200
    rest              others 405
calendar @ secret:khong-co
    GET               others 404
    rest              others 405
sitting
    GET               strangers login, others 200
    POST              strangers login, others 400
    rest              strangers login, others 405
carried
    POST              strangers login, others 302
    rest              strangers login, others 405
keep_sitting
    POST              strangers 401, others 200
    rest              others 405
password
    GET               strangers login, others 200
    POST              strangers login, others 400
    rest              strangers login, others 405
preferences
    GET               strangers login, others 200
    POST              strangers login, others 302
    rest              strangers login, others 405
messenger no_messenger keep_view forget_view
    POST              strangers login, others 302
    rest              strangers login, others 405
notice @ uuid=notice
directive_parts @ uuid=directive
    GET               strangers login, overseers 200, others 200/404
    rest              strangers login, others 405
attachment @ uuid=attachment
    GET               strangers login, overseers 200, others 200/404
    rest              strangers login, others 405
report hand_in request_extension ask decline @ uuid=assignment
    GET               strangers login, overseers 403, agency 200/404, others 403/404
    POST              strangers 401, overseers 403, agency 302/404, others 403/404
    rest              strangers login, others 405
keep_unsent @ uuid=assignment,act:report
    POST              strangers 401, overseers 403, agency 200/404, others 403/404
    rest              others 405
drop_unsent @ uuid=assignment,act:report
    POST              strangers login, overseers 302, others 302/404
    rest              strangers login, others 405
log_in_again
    rest              others 200
acknowledge start snooze @ uuid=assignment
    GET               strangers login, overseers 403, agency 200/404, others 403/404
    POST              strangers login, overseers 403, agency 302/404, others 403/404
    rest              strangers login, others 405
hand_down @ uuid=assignment
    GET               strangers login, overseers 403, agency 200/404, others 403/404
    POST              strangers login, overseers 400, others 400/404
    rest              strangers login, others 405
parts @ uuid=assignment
    GET               strangers login, overseers 200, agency 200/404, others 404
    rest              strangers login, others 405
nudge @ uuid=assignment
    POST              strangers login, overseers 403, agency 302/404, others 404
    rest              strangers login, others 405
verify_part @ uuid=part
    GET               strangers login, overseers 403, agency 200/404, others 404
    POST              strangers login, overseers 403, agency 302/404, others 404
    rest              strangers login, others 405
return_part withdraw_part @ uuid=part
    GET               strangers login, overseers 403, agency 200/404, others 404
    POST              strangers login, overseers 400, agency 400/404, others 404
    rest              strangers login, others 405
wake @ uuid=assignment
    POST              strangers login, overseers 302, others 302/404
    rest              strangers login, others 405
absence
    GET               strangers login, others 200
    POST              strangers login, officer 302, others 404
    rest              strangers login, others 405
change_absence end_absence @ uuid=absence
    POST              strangers login, officer 302/404, others 404
    rest              strangers login, others 405
assessments
    GET               strangers login, others 200
    rest              strangers login, others 405
self_assessment @ uuid=asked_assessment
    GET               strangers login, overseers 200, others 200/404
    POST              strangers login, overseers 403, agency 302/404, others 403/404
    rest              strangers login, others 405
extensions
    GET               strangers login, secretariat chair standing_deputy agency 200, others 403
    rest              strangers login, others 405
extension @ uuid=extensionrequest
    GET               strangers login, overseers 403, secretariat chair standing_deputy 200/404, others 403/404
    rest              strangers login, others 405
refuse_extension @ uuid=extensionrequest
    POST              strangers login, overseers 403, secretariat chair standing_deputy 400/404, others 403/404
    rest              strangers login, others 405
grant_extension @ uuid=extensionrequest
    POST              strangers login, overseers 403, secretariat chair standing_deputy 302/404, others 403/404
    rest              strangers login, others 405
questions
    GET               strangers login, secretariat agency 200, others 403
    rest              strangers login, others 405
question @ uuid=question
    GET               strangers login, overseers 403, secretariat 200/404, others 403/404
    POST              strangers login, overseers 403, secretariat 302/404, others 403/404
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

ROUTES = PAGES + DESK
