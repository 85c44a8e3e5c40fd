"""The addresses of the agency's pages."""

from django.urls import path

from tracker.web import assignments, idle, language, sign_in

urlpatterns = [
    path("login/", sign_in.log_in, name="log_in"),
    path("logout/", sign_in.log_out, name="log_out"),
    path("language/", language.set_language, name="set_language"),
    path("here/", idle.here, name="here"),
    path("", assignments.assignments, name="assignments"),
]
