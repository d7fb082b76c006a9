"""A public chain with a secret beside it in every place that the public must not see."""

from datetime import date
from types import SimpleNamespace

from django.core.files.base import ContentFile

from agenda import models as agenda
from portal.models import Document
from tests import factories as make

WORD = "Geheimnis"
LATER = "2999-01-01T00:00:00Z"


def secret(place):
    """The word of one place, so that a failing test names it."""
    return f"{WORD}-{place}"


def plant():
    """The public rows of one chain; everything else around them is secret."""
    frame = make.AgendaFactory(public=True)
    rows = SimpleNamespace(agenda=frame, field=make.FieldFactory())
    rows.finding = make.FindingFactory(agenda=frame, public=True, field=rows.field, owner=_unit("unit"))
    rows.challenge = make.ChallengeFactory(agenda=frame, public=True, findings=[rows.finding])
    rows.challenge.fields.add(rows.field)
    rows.package = make.PackageFactory(agenda=frame, public=True, challenges=[rows.challenge])
    rows.project = make.ProjectFactory(package=rows.package, public=True, field=rows.field, phase="running")
    rows.project.findings.add(rows.finding)
    rows.hidden = []
    for add in (_findings, _challenges, _packages, _projects, _evidence, _indicators, _assessments, _milestone):
        add(rows)
    make.AgendaFactory(title=secret("draft agenda"), vision=secret("vision"))
    return rows


def _unit(place):
    return make.UnitFactory(name=secret(place))


def _findings(rows):
    for place, state in (("draft finding", {}), ("future finding", {"public": True, "public_from": LATER})):
        finding = make.FindingFactory(
            agenda=rows.agenda, field=rows.field, title=secret(place), statement=secret(place), **state
        )
        agenda.ChallengeFinding.objects.create(challenge=rows.challenge, finding=finding, note=secret(f"note {place}"))
        rows.project.findings.add(finding)
        rows.hidden.append(finding)


def _challenges(rows):
    challenge = make.ChallengeFactory(
        agenda=rows.agenda, findings=[rows.finding], title=secret("draft challenge"), goal=secret("goal")
    )
    challenge.fields.add(rows.field)
    rows.package.challenges.add(challenge)
    rows.project.challenges.add(challenge)
    rows.hidden.append(challenge)


def _packages(rows):
    """A draft package holds a published project: the project is not public either."""
    package = make.PackageFactory(agenda=rows.agenda, challenges=[rows.challenge], title=secret("draft package"))
    below = make.ProjectFactory(
        package=package, public=True, field=rows.field, title=secret("below draft package"), lead=_club("lead below")
    )
    agenda.ProjectDependency.objects.create(predecessor=below, successor=rows.project, note=secret("note before"))
    rows.hidden += [package, below]


def _club(place):
    return make.OrganisationFactory(name=secret(place))


def _projects(rows):
    draft = make.ProjectFactory(
        package=rows.package,
        field=rows.field,
        title=secret("draft project"),
        teaser=secret("teaser"),
        phase="running",
        planned_end=date(2020, 1, 1),
        planned_start=None,
        lead=_club("lead of draft"),
    )
    draft.findings.add(rows.finding)
    agenda.ProjectDependency.objects.create(predecessor=draft, successor=rows.project, note=secret("note predecessor"))
    after = make.ProjectFactory(package=rows.package, field=rows.field, title=secret("draft successor"))
    agenda.ProjectDependency.objects.create(predecessor=rows.project, successor=after, note=secret("note successor"))
    merged = make.ProjectFactory(package=rows.package, field=rows.field, public=True, merged_into=draft)
    rows.merged = merged
    rows.hidden += [draft, after]


def _evidence(rows):
    hidden = make.EvidenceFactory(agenda=rows.agenda, title=secret("evidence"), summary=secret("s"), is_public=False)
    paper = Document.objects.create(
        title=secret("draft document"),
        source="Beispiel",
        file=ContentFile(b"%PDF-1.7", name=f"{secret('file')}.pdf"),
    )
    shown = make.EvidenceFactory(agenda=rows.agenda, title="Öffentlicher Beleg", document=paper)
    value = make.ValueFactory(indicator=make.IndicatorFactory(title=secret("draft indicator")), place=secret("place"))
    counted = make.EvidenceFactory(agenda=rows.agenda, kind="statistic", value=value, title="Gezählt")
    rows.finding.evidence.add(hidden, shown, counted)


def _indicators(rows):
    indicator = make.IndicatorFactory(title=secret("linked indicator"), field=rows.field)
    make.ValueFactory(indicator=indicator, source=secret("source"), place=secret("place of value"))
    framework = make.IndicatorFactory(title=secret("framework indicator"))
    make.ValueFactory(indicator=framework, source=secret("source of framework"))
    target = agenda.IndicatorTarget.objects.create(indicator=indicator, due_on="2027-12-31", value=80)
    linked = {"indicator": indicator, "target": target, "effect": secret("effect")}
    agenda.ChallengeIndicator.objects.create(challenge=rows.challenge, **linked)
    agenda.PackageIndicator.objects.create(package=rows.package, **linked)
    agenda.ProjectIndicator.objects.create(project=rows.project, drives_progress=True, **linked)


def _assessments(rows):
    published = make.RoundFactory(agenda=rows.agenda, title="Erhebung 2025")
    closed = make.RoundFactory(agenda=rows.agenda, title=secret("closed round"), method=secret("method"))
    for place, status, where in (
        ("draft assessment", "draft", published),
        ("submitted assessment", "submitted", published),
        ("assessment of closed round", "confirmed", closed),
    ):
        municipality = make.MunicipalityFactory()
        make.AssessmentFactory(
            round=where, field=rows.field, municipality=municipality, status=status, summary=secret(place)
        )
    make.AssessmentFactory(
        round=published, field=rows.field, status="confirmed", summary="Gut.", assessor=secret("assessor")
    )
    agenda.AssessmentRound.objects.filter(pk=published.pk).update(state="published")
    agenda.AssessmentRound.objects.filter(pk=closed.pk).update(state="closed")


def _milestone(rows):
    make.MilestoneFactory(
        project=rows.project,
        title=secret("milestone"),
        description=secret("milestone text"),
        due_on=date(2020, 1, 1),
        is_public=False,
    )
