"""The walk through all verbs, in which trees, names and words change as well, without a word to history."""

from accounts.models import Agency, Committee
from directives.models import Directive, Notice
from tests.actions.test_summary import Walk
from tests.make import make_agency, make_committee


class Changing(Walk):
    def __init__(self, seed: int) -> None:
        super().__init__(seed)
        self.above = [make_agency(), make_agency()]
        self.higher = make_committee()
        self.move_agency(self.agencies[0], self.above[0])
        self.move_committee(self.committees[0], self.higher)

    def step(self) -> None:
        """Now and then one of these deeds, else a step of the walk."""
        if self.chance.random() < 0.25:
            deed = self.chance.choice([self.move_agency, self.move_committee, self.rename, self.reword])
            deed()
            self.done.append(deed.__name__)
        else:
            super().step()

    def move_agency(self, chosen: Agency | None = None, parent: Agency | None = None) -> None:
        """An agency comes under another one, or under none."""
        chosen = chosen or self.chance.choice([*self.agencies, *self.units.values()])
        parent = parent or self.chance.choice([None, *self.above])
        Agency.objects.filter(pk=chosen.pk).update(parent=parent)

    def move_committee(self, chosen: Committee | None = None, parent: Committee | None = None) -> None:
        """A committee comes under another one, or under none."""
        chosen = chosen or self.chance.choice(self.committees)
        Committee.objects.filter(pk=chosen.pk).update(parent=parent or self.chance.choice([None, self.higher]))

    def rename(self) -> None:
        """An agency, an issuer or a committee is named otherwise."""
        issuers = [notice.issuer for notice in Notice.objects.select_related("issuer").order_by("pk")]
        body = self.chance.choice([*self.agencies, self.chance.choice(issuers), *self.committees])
        type(body).objects.filter(pk=body.pk).update(name_vi=f"Tên {len(self.done)}", code=f"ma-{len(self.done)}")

    def reword(self) -> None:
        """A notice or a directive is worded otherwise."""
        model, column = self.chance.choice([(Notice, "subject"), (Notice, "symbol"), (Directive, "wording")])
        chosen = self.chance.choice(model.objects.values_list("pk", flat=True))
        model.objects.filter(pk=chosen).update(**{column: f"Lời {len(self.done)}"})
