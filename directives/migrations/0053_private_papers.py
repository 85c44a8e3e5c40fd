from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("directives", "0052_lists_of_the_api")]

    operations = [
        migrations.AddField(
            model_name="keptpaper",
            name="private",
            field=models.BooleanField(default=False, verbose_name="for whoever asked alone"),
        ),
    ]
