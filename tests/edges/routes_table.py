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

api:{committees,agencies,paragraphs,directives,assignments,reports,extensions,questions,indicators,readings}
api:{criteria-sets,assessments,events,statistics}
    GET               anonymous 401, others 200
    rest              anonymous 401, others 405
api:notices
    GET               anonymous 401, others 200
    POST              anonymous 401, secretariat 201, others 403
    rest              anonymous 401, others 405
api:committee @ uuid=committee
api:agency @ uuid=agency
    GET               anonymous 401, others 200
    rest              anonymous 401, others 405
api:notice @ uuid=notice
api:paragraph @ uuid=paragraph
api:directive @ uuid=directive
api:assignment @ uuid=assignment
api:one-report @ uuid=report
api:extension @ uuid=extensionrequest
api:question @ uuid=question
api:criteria-set @ uuid=criteriaset
api:assessment @ uuid=assessment
api:event @ uuid=event
    GET               anonymous 401, overseers 200, others 200/404
    rest              anonymous 401, others 405
api:paragraph#draft @ uuid=draft_paragraph
    GET               anonymous 401, secretariat 200/404, others 404
    rest              anonymous 401, others 405
api:indicator @ uuid=indicator
api:reading @ uuid=reading
    GET               anonymous 401, overseers 200, leaders secretariat 200/404, others 404
    rest              anonymous 401, others 405
api:acknowledge api:start api:report api:hand-in api:decline api:request-extension api:ask @ uuid=assignment
    POST              anonymous 401, overseers 403, agency key 200/404, others 403/404
    rest              anonymous 401, others 405
api:hand-down api:nudge @ uuid=assignment
    POST              anonymous 401, overseers 403, agency 200/404, others 403/404
    rest              anonymous 401, others 405
api:answer-question @ uuid=question
    POST              anonymous 401, overseers 403, secretariat 200/404, others 403/404
    rest              anonymous 401, others 405
api:change-notice api:mark-paragraph-notice api:issue-notice @ uuid=draft
    POST              anonymous 401, secretariat 200/404, others 404
    rest              anonymous 401, others 405
api:discard-notice @ uuid=draft
    POST              anonymous 401, secretariat 204/404, others 404
    rest              anonymous 401, others 405
api:set-paragraphs-notice @ uuid=draft
    POST              anonymous 401, secretariat 400/404, others 404
    rest              anonymous 401, others 405
api:add-directive-notice @ uuid=draft
    POST              anonymous 401, secretariat 201/404, others 404
    rest              anonymous 401, others 405
api:withdraw-notice @ uuid=notice
    POST              anonymous 401, overseers 403, secretariat 200/404, others 403/404
    rest              anonymous 401, others 405
api:change-directive api:remove-directive @ uuid=draft_directive
    POST              anonymous 401, secretariat 200/404, others 404
    rest              anonymous 401, others 405
api:assign-directive @ uuid=directive
    POST              anonymous 401, overseers 403, secretariat 200/404, others 403/404
    rest              anonymous 401, others 405
api:end-directive @ uuid=repeating
    POST              anonymous 401, overseers 403, secretariat 200/404, leaders 403/404, others 404
    rest              anonymous 401, others 405
api:add-reading-indicator @ uuid=indicator
    POST              anonymous 401, overseers 403, secretariat 201/404, leaders 403/404, others 404
    rest              anonymous 401, others 405
api:verify-reading @ uuid=reading
    POST              anonymous 401, overseers 403, secretariat 200/404, leaders 403/404, others 404
    rest              anonymous 401, others 405
api:notice-by-ref @ external_ref:khong-co
    GET               anonymous 401, others 404
    PUT               anonymous 401, others 400
    rest              anonymous 401, others 405
api:notice-by-number @ issuer:khong-co,year:2025,number:1,symbol:TB-VPCP
    GET,PUT           anonymous 401, others 404
    rest              anonymous 401, others 405
api:directive-by-ref @ uuid=draft,external_ref:khong-co
    GET               anonymous 401, others 404
    PUT               anonymous 401, secretariat 400/404, others 404
    rest              anonymous 401, others 405
api:token
    POST              others 415
    rest              others 405
api:bulk
    POST              anonymous 401, others 400
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
api:subscriptions
    GET               anonymous 401, administrator 200, others 403
    POST              anonymous 401, administrator 400, others 403
    rest              anonymous 401, others 405
api:subscription api:calls @ uuid=subscription
api:call @ uuid=call
    GET               anonymous 401, administrator 200, others 403
    rest              anonymous 401, others 405
api:pause-subscription api:end-subscription api:change-subscription api:rotate-secret api:replay @ uuid=subscription
api:send-call-again @ uuid=call
    POST              anonymous 401, administrator 200, others 403
    rest              anonymous 401, others 405
api:resume-subscription api:challenge-subscription @ uuid=subscription
    POST              anonymous 401, administrator 409, others 403
    rest              anonymous 401, others 405
api:schema api:docs
    GET               others 200
    rest              others 405
api:nowhere @ rest:khong-co/
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
    POST              strangers login, overseers 302, leaders secretariat 302/404, others 404
    rest              strangers login, others 405
agency_report_paper @ uuid=agency,kind:agency_period,form:xlsx
    GET               strangers login, overseers 200, agency 200/404, others 404
    POST              strangers login, overseers 302, agency 302/404, others 404
    rest              strangers login, others 405
paper_templates @ agency_pk=agency
    GET               strangers login, head 200/404, others 404
    rest              strangers login, others 405
bring_template @ agency_pk=agency,kind:own_list,form:docx
    GET               strangers login, head 200/404, others 404
    POST              strangers login, head 400/404, others 404
    rest              strangers login, others 405
present_template @ agency_pk=agency,kind:own_list,form:docx
    GET               strangers login, head 200/404, others 404
    rest              strangers login, others 405
look_at_template @ uuid=papertemplate
    GET               strangers login, others 404
    rest              strangers login, others 405
use_template @ uuid=papertemplate
    POST              strangers login, others 404
    rest              strangers login, others 405
use_built_in @ agency_pk=agency,kind:own_list,form:docx
    POST              strangers login, head 302/404, others 404
    rest              strangers login, others 405
own_paper @ form:xlsx
    GET               strangers login, agency 200, others 404
    POST              strangers login, agency 302, others 404
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
