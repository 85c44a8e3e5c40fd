"""The addresses of the agency's pages."""

from django.urls import path

from tracker.web import (
    absence,
    acts,
    assignment,
    assignments,
    attachments,
    deciding,
    idle,
    inbox,
    language,
    notices,
    preferences,
    sign_in,
    snoozing,
)

urlpatterns = [
    path("", assignments.assignments, name="assignments"),
    path("assignments/<uuid:uuid>/", assignment.assignment, name="assignment"),
    path("assignments/<uuid:uuid>/acknowledge/", acts.acknowledge, name="acknowledge"),
    path("assignments/<uuid:uuid>/start/", acts.start, name="start"),
    path("assignments/<uuid:uuid>/report/", acts.report, name="report"),
    path("assignments/<uuid:uuid>/hand-in/", acts.hand_in, name="hand_in"),
    path("assignments/<uuid:uuid>/extension/", acts.request_extension, name="request_extension"),
    path("assignments/<uuid:uuid>/decline/", acts.decline, name="decline"),
    path("assignments/<uuid:uuid>/snooze/", snoozing.put_off, name="snooze"),
    path("assignments/<uuid:uuid>/wake/", snoozing.let_come, name="wake"),
    path("extensions/", deciding.extensions, name="extensions"),
    path("extensions/<uuid:uuid>/", deciding.extension, name="extension"),
    path("extensions/<uuid:uuid>/grant/", deciding.grant, name="grant_extension"),
    path("extensions/<uuid:uuid>/refuse/", deciding.refuse, name="refuse_extension"),
    path("attachments/<uuid:uuid>/", attachments.attachment, name="attachment"),
    path("notices/", notices.notices, name="notices"),
    path("notices/<uuid:uuid>/", notices.notice, name="notice"),
    path("messages/", inbox.messages, name="messages"),
    path("messages/seen/", inbox.see_all_messages, name="see_all_messages"),
    path("messages/<uuid:uuid>/seen/", inbox.see_message, name="see_message"),
    path("absence/", absence.absence, name="absence"),
    path("absence/end/", absence.end, name="end_absence"),
    path("preferences/", preferences.preferences, name="preferences"),
    path("login/", sign_in.log_in, name="log_in"),
    path("logout/", sign_in.log_out, name="log_out"),
    path("language/", language.set_language, name="set_language"),
    path("here/", idle.here, name="here"),
]
