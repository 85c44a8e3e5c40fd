"""The work of one agency is read in the order of its dates from an index."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("directives", "0058_reports_questions_and_paragraphs_found_by_words")]

    operations = [
        migrations.AddIndex(
            model_name="assignment",
            index=models.Index(fields=["agency", "due_on", "id"], name="assignments_of_agency_by_date"),
        ),
    ]
