"""Factories: one complete, valid row of each kind; a test names only what it is about."""

from datetime import UTC, date, datetime

import factory
from django.db import transaction
from factory.django import DjangoModelFactory

from agenda import models as agenda
from portal import models as portal
from portal.shared.publication import PublicationState

NOON = datetime(2026, 10, 1, 12, 0, tzinfo=UTC)
SQUARE = {
    "type": "Polygon",
    "coordinates": [[[11.8, 52.6], [11.9, 52.6], [11.9, 52.7], [11.8, 52.6]]],
}


class Row(DjangoModelFactory):
    """Makes a row and all its parts in one transaction, as the rules across rows demand."""

    class Meta:
        abstract = True

    @classmethod
    def _generate(cls, strategy, params):
        with transaction.atomic():
            return super()._generate(strategy, params)


class PublicMixin(Row):
    """`public=True` makes the row published since before NOON, past all acts."""

    class Meta:
        abstract = True

    class Params:
        public = factory.Trait(state=PublicationState.PUBLISHED, published_at=datetime(2026, 1, 1, tzinfo=UTC))


class UserFactory(Row):
    class Meta:
        model = portal.User
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"person{n}")
    email = factory.LazyAttribute(lambda user: f"{user.username}@example.org")
    is_staff = True


class UnitFactory(Row):
    class Meta:
        model = portal.OrganisationUnit

    name = factory.Sequence(lambda n: f"Amt {n}")


class OrganisationFactory(Row):
    class Meta:
        model = portal.Organisation

    name = factory.Sequence(lambda n: f"Organisation {n}")


class MunicipalityFactory(Row):
    class Meta:
        model = portal.Municipality

    ags = factory.Sequence(lambda n: f"15090{n % 1000:03}")
    ars = factory.Sequence(lambda n: f"150900000{n % 1000:03}")
    name = factory.Sequence(lambda n: f"Ort {n}")
    slug = factory.Sequence(lambda n: f"ort-{n}")
    designation = "gemeinde"
    kind = "unitary"
    area_km2 = "10.00"
    geometry = SQUARE
    label_longitude = "11.8500"
    label_latitude = "52.6500"
    source = "Beispiel"


class TopicFactory(Row):
    class Meta:
        model = portal.Topic

    name = factory.Sequence(lambda n: f"Thema {n}")
    slug = factory.Sequence(lambda n: f"thema-{n}")


class ImageFactory(Row):
    class Meta:
        model = portal.Image

    title = factory.Sequence(lambda n: f"Bild {n}")
    file = factory.django.ImageField(filename="bild.png", width=40, height=30, format="PNG")
    alt_text = "Ein Haus"
    source = "Foto: Landkreis"


class DocumentFactory(PublicMixin):
    class Meta:
        model = portal.Document

    title = factory.Sequence(lambda n: f"Dokument {n}")
    file = factory.django.FileField(filename="dokument.pdf", data=b"%PDF-1.7 Beispiel")
    source = "Landkreis"


class PageFactory(PublicMixin):
    class Meta:
        model = portal.Page

    title = factory.Sequence(lambda n: f"Seite {n}")
    slug = factory.Sequence(lambda n: f"seite-{n}")
    body = "<p>Text</p>"


class NewsFactory(PublicMixin):
    class Meta:
        model = portal.News

    title = factory.Sequence(lambda n: f"Meldung {n}")
    slug = factory.Sequence(lambda n: f"meldung-{n}")
    dated_on = date(2026, 9, 1)
    teaser = "Kurz gesagt."


class AgendaFactory(PublicMixin):
    class Meta:
        model = agenda.Agenda

    title = factory.Sequence(lambda n: f"Agenda {n}")
    slug = factory.Sequence(lambda n: f"agenda-{n}")
    vision = "Gut leben auf dem Land."
    introduction = "<p>Einleitung</p>"
    method_note = "<p>Methode</p>"
    period_start = date(2026, 1, 1)
    short_until = date(2027, 6, 30)
    medium_until = date(2029, 12, 31)
    period_end = date(2032, 12, 31)
    data_as_of = date(2026, 9, 30)


class DecisionFactory(Row):
    class Meta:
        model = agenda.Decision

    agenda = factory.SubFactory(AgendaFactory)
    body = "Kreistag"
    decided_on = date(2026, 6, 18)
    reference_no = factory.Sequence(lambda n: f"0{n}/2026")
    subject = "Digitale Agenda"


class FieldFactory(Row):
    class Meta:
        model = agenda.ActionField

    code = factory.Sequence(lambda n: f"HF{n}")
    title = factory.Sequence(lambda n: f"Handlungsfeld {n}")
    slug = factory.Sequence(lambda n: f"handlungsfeld-{n}")
    summary = "Worum es geht."


class RoundFactory(Row):
    class Meta:
        model = agenda.AssessmentRound

    agenda = factory.SubFactory(AgendaFactory, public=True)
    title = "Erhebung"
    reference_date = factory.Sequence(lambda n: date.fromordinal(date(2020, 1, 1).toordinal() + n))
    method = "Gespräche mit den Ämtern"


class AssessmentFactory(Row):
    class Meta:
        model = agenda.Assessment

    round = factory.SubFactory(RoundFactory)
    field = factory.SubFactory(FieldFactory)
    applicability = "assessed"
    current_level = 1


class CriterionFactory(Row):
    class Meta:
        model = agenda.Criterion

    field = factory.SubFactory(FieldFactory)
    code = factory.Sequence(lambda n: f"K{n}")
    question = "Wie weit ist es?"
    level_0 = level_1 = level_2 = level_3 = level_4 = "Stufe"
    valid_from = date(2026, 1, 1)


class IndicatorFactory(PublicMixin):
    class Meta:
        model = agenda.Indicator

    code = factory.Sequence(lambda n: f"kennzahl-{n}")
    title = factory.Sequence(lambda n: f"Kennzahl {n}")
    unit = "%"


class ValueFactory(Row):
    class Meta:
        model = agenda.IndicatorValue

    indicator = factory.SubFactory(IndicatorFactory, public=True)
    as_of = factory.Sequence(lambda n: str(2000 + n % 26))
    value = 40
    source = "Beispielquelle"


class EvidenceFactory(Row):
    class Meta:
        model = agenda.Evidence

    agenda = factory.SubFactory(AgendaFactory, public=True)
    code = factory.Sequence(lambda n: f"Q{n}")
    kind = "document"
    title = factory.Sequence(lambda n: f"Beleg {n}")
    source = "Beispielquelle"
    as_of = "2025"


class FindingFactory(PublicMixin):
    class Meta:
        model = agenda.Finding

    agenda = factory.SubFactory(AgendaFactory, public=True)
    field = factory.SubFactory(FieldFactory)
    code = factory.Sequence(lambda n: f"F{n}")
    kind = "need"
    urgency = 3
    title = factory.Sequence(lambda n: f"Befund {n}")
    slug = factory.Sequence(lambda n: f"befund-{n}")
    statement = "So ist es."


class ChallengeFactory(PublicMixin):
    """Rests on one public finding of its agenda unless `findings` are given."""

    class Meta:
        model = agenda.Challenge
        skip_postgeneration_save = True

    agenda = factory.SubFactory(AgendaFactory, public=True)
    code = factory.Sequence(lambda n: f"C{n}")
    title = factory.Sequence(lambda n: f"Herausforderung {n}")
    slug = factory.Sequence(lambda n: f"herausforderung-{n}")
    problem = "Das Problem."
    goal = "Das Ziel."

    @factory.post_generation
    def findings(self, create, extracted, **_kwargs):
        if not create:
            return
        for finding in [FindingFactory(agenda=self.agenda, public=True)] if extracted is None else extracted:
            agenda.ChallengeFinding.objects.create(challenge=self, finding=finding)


class PackageFactory(PublicMixin):
    """Answers one public challenge of its agenda unless `challenges` are given."""

    class Meta:
        model = agenda.MeasurePackage
        skip_postgeneration_save = True

    agenda = factory.SubFactory(AgendaFactory, public=True)
    code = factory.Sequence(lambda n: f"P{n}")
    title = factory.Sequence(lambda n: f"Paket {n}")
    slug = factory.Sequence(lambda n: f"paket-{n}")
    horizon = "short"
    objective = "Der Zweck."
    lead = factory.SubFactory(OrganisationFactory)
    starts_on = date(2026, 2, 1)
    ends_on = date(2027, 6, 30)

    @factory.post_generation
    def challenges(self, create, extracted, **_kwargs):
        if not create:
            return
        self.challenges.set([ChallengeFactory(agenda=self.agenda, public=True)] if extracted is None else extracted)


class ProjectFactory(PublicMixin):
    """Has a lead and all challenges of its package; `lead=False` and `challenges=[…]` change that."""

    class Meta:
        model = agenda.Project
        skip_postgeneration_save = True

    package = factory.SubFactory(PackageFactory, public=True)
    field = factory.SubFactory(FieldFactory)
    code = factory.Sequence(lambda n: f"M{n}")
    title = factory.Sequence(lambda n: f"Projekt {n}")
    slug = factory.Sequence(lambda n: f"projekt-{n}")
    teaser = "Ein Satz."
    planned_start = date(2026, 3, 1)
    planned_end = date(2027, 5, 31)

    @factory.post_generation
    def lead(self, create, extracted, **_kwargs):
        if not create:
            return
        organisation = OrganisationFactory() if extracted is None else extracted
        if organisation:
            agenda.ProjectParty.objects.create(project=self, organisation=organisation, role="lead")

    @factory.post_generation
    def challenges(self, create, extracted, **_kwargs):
        if not create:
            return
        self.challenges.set(self.package.challenges.all() if extracted is None else extracted)


class MilestoneFactory(Row):
    class Meta:
        model = agenda.Milestone

    project = factory.SubFactory(ProjectFactory, public=True)
    title = factory.Sequence(lambda n: f"Meilenstein {n}")
    due_on = date(2026, 12, 31)
