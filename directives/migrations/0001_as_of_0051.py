"""A new database gets its tables as they stand after the first 51 migrations, in one step of two seconds and not in eighteen.

Nothing is said twice: the step replays what those migrations say of the models, makes the tables of the last state, and
then runs their SQL, which in an empty database sets up functions and triggers. A database that went through them keeps
its own way.
"""

from importlib import import_module
from pathlib import Path

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

LAST = "0051"
NAMES = sorted(path.stem for path in Path(__file__).parent.glob("0*.py") if path.stem[:4] <= LAST)
REPLACED = [name for name in NAMES if name != Path(__file__).stem]
# What an index needs is there before the tables are.
FUNCTIONS = "0024_found_by_words"


def _operations(name: str) -> list[Operation]:
    return import_module(f"{__package__}.{name}").Migration.operations


def _sql(name: str) -> list[Operation]:
    return [one for one in _operations(name) if isinstance(one, migrations.RunSQL)]


class MakeTables(Operation):
    """Every model of the replaced migrations, as the last of them leaves it."""

    reversible = False

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Replay them without building classes in between, which is what takes the time."""
        state.__dict__.pop("apps", None)
        for operation in (one for name in REPLACED for one in _operations(name)):
            operation.state_forwards(app_label, state)

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        for model in to_state.apps.get_app_config(app_label).get_models():
            schema_editor.create_model(model)

    def describe(self) -> str:
        return f"Makes the tables as of {LAST}"


class Migration(migrations.Migration):
    initial = True
    replaces = [("directives", name) for name in REPLACED]
    dependencies = [("accounts", "0006_systems_that_act")]
    operations = [
        *_sql(FUNCTIONS)[:1],
        MakeTables(),
        *_sql(FUNCTIONS)[1:],
        *(one for name in REPLACED if name != FUNCTIONS for one in _sql(name)),
    ]
