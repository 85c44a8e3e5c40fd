"""Who gets what at the addresses of the desk; to be read as `routes_table.py` says."""

DESK = """
admin:index admin:watch admin:directives_{notice,session,assignment,extensionrequest,question,delivery,event}_changelist
admin:directives_{indicator,reading,criteriaset,bulkchange}_changelist
admin:directives_{calendarday,ladder,merger}_changelist admin:accounts_{agency,agencygroup,committee}_changelist
    GET,POST          strangers login, overseers secretariat 200, others 403
    rest              others 405
admin:directives_seal_changelist
    GET,POST          strangers login, overseers 200, others 403
    rest              others 405
admin:directives_merger_change @ object_id=its
    GET               strangers login, overseers secretariat 200, others 403
    POST              strangers login, administrator 400, others 403
    rest              others 405
admin:accounts_{user,office,absence,apikey}_changelist
admin:directives_{subscription,call,trustednetwork}_changelist admin:directives_{subscription,trustednetwork}_add
admin:directives_{calendarday,ladder,merger}_add
admin:accounts_{agency,agencygroup,committee,user,office,absence,apikey}_add
    GET,POST          strangers login, administrator 200, others 403
    rest              others 405
admin:directives_{notice,session,indicator,reading,criteriaset}_add admin:notice_read admin:list_choose
    GET,POST          strangers login, secretariat 200, others 403
    rest              others 405
admin:directives_{assignment,bulkchange,extensionrequest,question,delivery,event,seal,call}_add
    GET,POST          strangers login, others 403
    rest              others 405

admin:directives_{notice,session,assignment,extensionrequest,question,delivery,event,indicator,reading}_sheet
admin:directives_{bulkchange,criteriaset}_sheet
admin:reports_sheet
admin:directives_{calendarday,ladder,merger}_sheet admin:accounts_{agency,agencygroup,committee}_sheet
    GET               strangers login, overseers secretariat 200, others 403
    POST              strangers login, overseers secretariat 405, others 403
    rest              others 405
admin:directives_seal_sheet
    GET               strangers login, overseers 200, others 403
    POST              strangers login, overseers 405, others 403
    rest              others 405
admin:accounts_{user,office,absence,apikey}_sheet admin:directives_{subscription,call,trustednetwork}_sheet
    GET               strangers login, administrator 200, others 403
    POST              strangers login, administrator 405, others 403
    rest              others 405

admin:papers
    GET               strangers login, overseers secretariat 200, others 403
    POST              strangers login, overseers secretariat 405, others 403
    rest              others 405
admin:notice_paper @ pk=notice,form:xlsx
admin:overdue_paper admin:period_paper admin:briefing_paper @ committee_pk=committee,form:xlsx
    GET               strangers login, overseers 200, secretariat 200/404, others 403
    POST              strangers login, overseers 302, secretariat 302/404, others 403
    rest              others 405
admin:paper_templates @ committee_pk=committee
    GET               strangers login, secretariat 200/404, overseers 404, others 403
    POST              strangers login, overseers secretariat 405, others 403
    rest              others 405
admin:bring_template @ committee_pk=committee,kind:overdue,form:docx
    GET               strangers login, secretariat 200/404, overseers 404, others 403
    POST              strangers login, secretariat 400/404, overseers 404, others 403
    rest              others 405
admin:present_template @ committee_pk=committee,kind:overdue,form:docx
    GET               strangers login, secretariat 200/404, overseers 404, others 403
    POST              strangers login, overseers secretariat 405, others 403
    rest              others 405
admin:look_at_template @ uuid=papertemplate
    GET               strangers login, secretariat 200/404, overseers 404, others 403
    POST              strangers login, overseers secretariat 405, others 403
    rest              others 405
admin:use_template @ uuid=papertemplate
admin:use_built_in @ committee_pk=committee,kind:overdue,form:docx
    GET               strangers login, overseers secretariat 405, others 403
    POST              strangers login, secretariat 302/404, overseers 404, others 403
    rest              others 405
admin:paper_schedules
    GET               strangers login, overseers secretariat 200, others 403
    POST              strangers login, overseers secretariat 405, others 403
    rest              others 405
admin:new_paper_schedule @ committee_pk=committee
    GET               strangers login, secretariat 200/404, overseers 404, others 403
    POST              strangers login, secretariat 400/404, overseers 404, others 403
    rest              others 405
admin:paper_schedule @ uuid=paperschedule
    GET               strangers login, overseers 200, secretariat 200/404, others 403
    POST              strangers login, overseers 404, secretariat 400/404, others 403
    rest              others 405
admin:act_on_schedule @ uuid=paperschedule,verb:pause
    GET               strangers login, overseers secretariat 405, others 403
    POST              strangers login, overseers 404, secretariat 302/404, others 403
    rest              others 405
admin:kept_paper admin:kept_file @ uuid=keptpaper
    GET               strangers login, overseers 200, secretariat 200/404, others 403
    POST              strangers login, overseers secretariat 405, others 403
    rest              others 405
admin:letter_paper @ committee_pk=committee,agency_pk=agency,form:xlsx
    GET               strangers login, overseers 400, secretariat 400/404, others 403
    POST              strangers login, overseers 400, secretariat 400/404, others 403
    rest              others 405

admin:directives_notice_change @ object_id=draft
admin:directive_change @ pk=draft,directive_pk=draft_directive
    GET               strangers login, overseers 404, secretariat 200/404, others 403
    POST              strangers login, overseers 404, secretariat 412/404, others 403
    rest              others 405
admin:notice_reading @ uuid=intake
admin:directive_add @ pk=draft
admin:amendment_restate @ pk=correction,directive_pk=directive
    GET,POST          strangers login, overseers 404, secretariat 200/404, others 403
    rest              others 405
admin:notice_paragraphs admin:notice_issue admin:notice_discard @ pk=draft
admin:amendment_issue @ pk=correction
    GET               strangers login, overseers 404, secretariat 200/404, others 403
    POST              strangers login, overseers 404, secretariat 302/404, others 403
    rest              others 405
admin:notice_split @ pk=draft
admin:notice_compare_anew @ pk=correction
admin:amendment_decide @ pk=correction,directive_pk=directive
admin:paragraph_{mark,cut,join} @ pk=draft,paragraph_pk=draft_paragraph
admin:proposals_{take,undo,mark} @ pk=draft
admin:proposal_{take,aside,join} @ pk=draft,proposal_pk=proposal
admin:paragraph_propose @ pk=draft,paragraph_pk=draft_paragraph
admin:directive_remove @ pk=draft,directive_pk=draft_directive
    GET               strangers login, overseers secretariat 405, others 403
    POST              strangers login, overseers 404, secretariat 302/404, others 403
    rest              others 405
admin:draft_bodies @ pk=draft
    GET               strangers login, overseers 404, secretariat 200/404, others 403
    POST              strangers login, overseers secretariat 405, others 403
    rest              others 405
admin:proposal_correct admin:proposal_split @ pk=draft,proposal_pk=proposal
    GET               strangers login, overseers secretariat 405, others 403
    POST              strangers login, overseers 404, secretariat 400/404, others 403
    rest              others 405
admin:notice_list @ pk=draft
    GET,POST          strangers login, overseers 404, secretariat 200/404, others 403
    rest              others 405
admin:notice_list_columns @ pk=draft,sha256:0a
    GET,POST          strangers login, overseers 404, secretariat 302/404, others 403
    rest              others 405
admin:notice_list_run @ pk=draft,uuid=listrun
    GET,POST          strangers login, overseers 404, secretariat 200/404, others 403
    rest              others 405
admin:notice_list_check admin:notice_list_enter @ pk=draft,sha256:0a
    GET               strangers login, overseers secretariat 405, others 403
    POST              strangers login, overseers 404, secretariat 302/404, others 403
    rest              others 405
admin:notice_directives_sheet @ pk=notice
    GET               strangers login, overseers 200, secretariat 200/404, others 403
    POST              strangers login, overseers secretariat 405, others 403
    rest              others 405
admin:notice_version @ pk=notice,number:1
    GET               strangers login, overseers 302, secretariat 302/404, others 403
    POST              strangers login, overseers secretariat 405, others 403
    rest              others 405
admin:notice_compare @ pk=correction
    GET               strangers login, overseers 404, secretariat 200/404, others 403
    POST              strangers login, overseers secretariat 405, others 403
    rest              others 405
admin:notice_withdraw @ pk=notice
    GET               strangers login, overseers secretariat 405, others 403
    POST              strangers login, secretariat 302/404, others 403
    rest              others 405
admin:directive_end @ pk=notice,directive_pk=repeating
    GET               strangers login, secretariat 200/404, others 403
    POST              strangers login, secretariat 302/404, others 403
    rest              others 405
admin:directive_assign @ pk=notice,directive_pk=directive
    GET               strangers login, secretariat 200/404, others 403
    POST              strangers login, secretariat 302/404, others 403
    rest              others 405
admin:directive_links @ pk=notice,directive_pk=directive
admin:notice_amend @ pk=notice
    GET               strangers login, overseers 403, secretariat 200/404, others 403
    POST              strangers login, overseers 403, secretariat 302/404, others 403
    rest              others 405
admin:directives_criteriaset_change @ object_id=its
    GET               strangers login, overseers 200, secretariat 200/404, others 403
    POST              strangers login, overseers 403, secretariat 302/404, others 403
    rest              others 405
admin:assessment_verify @ pk=assessment
    GET               strangers login, overseers 200, secretariat 200/404, others 403
    POST              strangers login, overseers 403, secretariat 302/404, others 403
    rest              others 405
admin:indicator_set_anew @ pk=indicator
    GET               strangers login, overseers 403, secretariat 200/404, others 403
    POST              strangers login, overseers 403, secretariat 400/404, others 403
    rest              others 405
admin:reading_verify @ pk=reading
    GET               strangers login, overseers 200, secretariat 200/404, others 403
    POST              strangers login, overseers 403, secretariat 302/404, others 403
    rest              others 405
admin:directive_unlink @ pk=notice,directive_pk=directive,link_pk=directivelink
    GET               strangers login, overseers secretariat 405, others 403
    POST              strangers login, overseers 403, secretariat 302/404, others 403
    rest              others 405
admin:directive_join @ pk=notice,directive_pk=directive,keeper_pk=twin
    GET               strangers login, overseers 403, secretariat 200/404, others 403
    POST              strangers login, overseers 403, secretariat 302/404, others 403
    rest              others 405

admin:directives_notice_change#issued admin:directives_{assignment,delivery}_change @ object_id=its
    GET,POST          strangers login, overseers 200, secretariat 200/404, others 403
    rest              others 405
admin:directives_{bulkchange,extensionrequest,question}_change @ object_id=its
    GET,POST          strangers login, overseers 302, secretariat 302/404, others 403
    rest              others 405
admin:assignment_verb @ pk=waiting,name:verify
admin:assignment_verb#return @ pk=waiting,name:return
admin:assignment_verb#suspend @ pk=assignment,name:suspend
admin:assignment_verb#withdraw @ pk=assignment,name:withdraw
    GET               strangers login, overseers secretariat 302, others 403
    POST              strangers login, secretariat 302/404, others 403
    rest              others 405
admin:waiting @ key:hand_ins
    GET,POST          strangers login, overseers 404, secretariat 200, others 403
    rest              others 405
admin:keep_filter @ of_list:directives_assignment
    GET,POST          strangers login, overseers secretariat 302, others 403
    rest              others 405
admin:forget_filter @ pk=savedfilter
    GET               strangers login, overseers secretariat 404, others 403
    POST              strangers login, overseers secretariat 404, others 403
    rest              others 405
admin:petition_seen @ pk=asking
    GET               strangers login, overseers secretariat 302, others 403
    POST              strangers login, secretariat 302/404, others 403
    rest              others 405
admin:verification
    GET,POST          strangers login, overseers secretariat 302, others 403
    rest              others 405
admin:verification_of @ pk=waiting
    GET,POST          strangers login, overseers 200, secretariat 200/404, others 403
    rest              others 405
admin:verification_decide @ pk=waiting,answer:verify
admin:verification_decide#return @ pk=waiting,answer:return
    GET               strangers login, overseers secretariat 302, others 403
    POST              strangers login, secretariat 302/404, others 403
    rest              others 405
admin:evidence @ uuid=picture
    GET               strangers login, overseers 200, secretariat 200/404, others 403
    POST              strangers login, overseers secretariat 405, others 403
    rest              others 405
admin:bulk_change @ uuid=chosen
    GET               strangers login, overseers 404, secretariat 200/404, others 403
    POST              strangers login, overseers 404, secretariat 302/404, others 403
    rest              others 405
admin:bulk_change#told @ uuid=bulkchange
    GET               strangers login, overseers 200, secretariat 200/404, others 403
    POST              strangers login, overseers 403, secretariat 409/404, others 403
    rest              others 405
admin:bulk_change_sheet @ uuid=bulkchange
    GET               strangers login, overseers 200, secretariat 200/404, others 403
    POST              strangers login, overseers secretariat 405, others 403
    rest              others 405
admin:bulk_change_want @ uuid=wishing
admin:bulk_change_again @ uuid=bulkchange
    GET               strangers login, overseers secretariat 405, others 403
    POST              strangers login, overseers 404, secretariat 302/404, others 403
    rest              others 405
admin:extension_desk
    GET               strangers login, overseers secretariat 200, others 403
    POST              strangers login, secretariat 302, others 403
    rest              others 405
admin:question_desk
    GET,POST          strangers login, overseers secretariat 302, others 403
    rest              others 405
admin:question_of @ pk=question
    GET               strangers login, overseers 200, secretariat 200/404, others 403
    POST              strangers login, overseers 403, secretariat 302/404, others 403
    rest              others 405
admin:extension_decide @ pk=extensionrequest,answer:refuse
admin:extension_decide#grant @ pk=extensionrequest,answer:grant
admin:delivery_verb @ pk=delivery,name:hold
    GET               strangers login, overseers 302, secretariat 302/404, others 403
    POST              strangers login, secretariat 302/404, others 403
    rest              others 405

admin:briefing @ committee_pk=committee
    GET,POST          strangers login, overseers 200, secretariat 200/404, others 403
    rest              others 405

admin:directives_session_change @ object_id=its
    GET               strangers login, overseers 200, secretariat 200/404, others 403
    POST              strangers login, secretariat 412/404, others 403
    rest              others 405
admin:directives_{calendarday,ladder}_change admin:accounts_{agency,agencygroup,committee}_change @ object_id=its
    GET               strangers login, overseers secretariat 200, others 403
    POST              strangers login, administrator 412, others 403
    rest              others 405
admin:accounts_{user,office,absence}_change admin:directives_{subscription,trustednetwork}_change @ object_id=its
    GET               strangers login, administrator 200, others 403
    POST              strangers login, administrator 412, others 403
    rest              others 405
admin:directives_{calendarday,trustednetwork}_delete admin:accounts_absence_delete @ object_id=its
    GET,POST          strangers login, administrator 200, others 403
    rest              others 405
admin:directives_call_change @ object_id=its
    GET,POST          strangers login, administrator 200, others 403
    rest              others 405
admin:subscription_act @ pk=subscription,name:pause
    GET,POST          strangers login, administrator 302, others 403
    rest              others 405
admin:call_send_again @ pk=call
    GET,POST          strangers login, administrator 302, others 403
    rest              others 405
admin:accounts_apikey_change @ object_id=its
    GET               strangers login, administrator 200, others 403
    POST              strangers login, others 403
    rest              others 405
admin:key_successor @ pk=apikey
    GET               strangers login, administrator 200, others 403
    POST              strangers login, administrator 400, others 403
    rest              others 405
admin:directives_{event,indicator,reading}_change @ object_id=its
    GET               strangers login, overseers 200, secretariat 200/404, others 403
    POST              strangers login, others 403
    rest              others 405
admin:directives_seal_change @ object_id=its
    GET               strangers login, overseers 200, others 403
    POST              strangers login, others 403
    rest              others 405

admin:directives_notice_history @ object_id=draft
    GET,POST          strangers login, overseers 404, secretariat 200/404, others 403
    rest              others 405
admin:directives_notice_history#issued @ object_id=notice
admin:directives_criteriaset_history @ object_id=its
admin:directives_{session,assignment,extensionrequest,question,delivery,event,indicator,reading}_history @ object_id=its
admin:directives_bulkchange_history @ object_id=its
    GET,POST          strangers login, overseers 200, secretariat 200/404, others 403
    rest              others 405
admin:directives_seal_history @ object_id=its
    GET,POST          strangers login, overseers 200, others 403
    rest              others 405
admin:directives_{calendarday,ladder,merger}_history @ object_id=its
admin:accounts_{agency,agencygroup,committee}_history @ object_id=its
    GET,POST          strangers login, overseers secretariat 200, others 403
    rest              others 405
admin:accounts_{user,office,absence,apikey}_history @ object_id=its
admin:directives_{subscription,call,trustednetwork}_history @ object_id=its
    GET,POST          strangers login, administrator 200, others 403
    rest              others 405

admin:directives_{notice,session,assignment,extensionrequest,ladder,merger,delivery,event,seal}_delete @ object_id=its
admin:directives_{indicator,reading,criteriaset,bulkchange,question,subscription,call}_delete @ object_id=its
admin:accounts_{agency,agencygroup,committee,user,office,apikey}_delete @ object_id=its
    GET,POST          strangers login, others 403
    rest              others 405
# Django's old addresses of a row: they lead to its page, which asks who may see it.
admin/directives/{notice,session,assignment,extensionrequest,calendarday,ladder}/<path:object_id>/ @ object_id=its
admin/directives/{criteriaset,subscription,call,trustednetwork}/<path:object_id>/ @ object_id=its
admin/directives/{delivery,event,seal,indicator,reading,merger,bulkchange,question}/<path:object_id>/ @ object_id=its
admin/accounts/{agency,agencygroup,committee,user,office,absence,apikey}/<path:object_id>/ @ object_id=its
admin:app_list @ app_label:directives
    GET,POST          strangers login, overseers secretariat 302, others 403
    rest              others 405

admin:login
    rest              strangers login, overseers secretariat 302, others 403
admin:logout
    GET               strangers 302, overseers secretariat 405, others 403
    POST              strangers 302, overseers secretariat login, others 403
    rest              others 405
admin:password_change admin:password_change_done
    GET,POST          strangers login, overseers secretariat 302, others 403
    rest              others 405
admin:jsi18n
    GET               strangers login, overseers secretariat 200, others 403
    POST              strangers login, overseers secretariat 405, others 403
    rest              others 405
admin:autocomplete
    GET               strangers login, others 403
    POST              strangers login, overseers secretariat 405, others 403
    rest              others 405
admin:view_on_site @ content_type_id:1,object_id=draft
admin/(?P<url>.*)$ @ url:nowhere/
    GET,POST          strangers login, overseers secretariat 404, others 403
    rest              others 405
"""
