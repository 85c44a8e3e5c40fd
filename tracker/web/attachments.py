"""Evidence files: handed out only to those who may see the assignment, and always as a download."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import FileResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from accounts.people import reach
from directives.models import Assignment, Attachment
from tracker import clock
from tracker.web.desk import SignedIn


@login_required
@require_safe
def attachment(request: SignedIn, uuid: UUID) -> FileResponse:
    """The file under its own name; a browser never opens it in our name."""
    sight = reach(request.user, clock.today())
    found = Attachment.objects.of(Assignment.objects.in_reach(sight)) | Attachment.objects.of_readings(sight)
    one = get_object_or_404(found, uuid=uuid)
    answer = FileResponse(one.file.open("rb"), as_attachment=True, filename=one.name, content_type=one.content_type)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer["Cache-Control"] = "private, no-store"
    return answer
