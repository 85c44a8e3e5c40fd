"""The addresses of the demo's mail."""

from django.urls import path

from tracker.demo.mail import letter, letter_html, mail

urlpatterns = [
    path("mail/", mail, name="demo_mail"),
    path("mail/<slug:name>/", letter, name="demo_letter"),
    path("mail/<slug:name>/html", letter_html, name="demo_letter_html"),
]
