"""One of each along the red thread, for tests that open pages."""

from agenda.models import IndicatorTarget, ProjectDependency, ProjectIndicator
from tests.factories import (
    ChallengeFactory,
    EvidenceFactory,
    FindingFactory,
    MilestoneFactory,
    MunicipalityFactory,
    PackageFactory,
    ProjectFactory,
    ValueFactory,
)


def make_chain(agenda, field):
    """One of each: evidence → finding → challenge → package → project with all its parts."""
    value = ValueFactory()
    ValueFactory(indicator=value.indicator, as_of="heute", value=50)
    evidence = EvidenceFactory(agenda=agenda, kind="statistic", value=value)
    finding = FindingFactory(agenda=agenda, public=True, field=field)
    finding.evidence.add(evidence)
    challenge = ChallengeFactory(agenda=agenda, public=True, findings=[finding])
    challenge.fields.add(field)
    package = PackageFactory(agenda=agenda, public=True, challenges=[challenge])
    project = ProjectFactory(package=package, public=True, field=field, phase="running", progress_mode="indicator")
    project.findings.add(finding)
    project.municipalities.add(MunicipalityFactory())
    MilestoneFactory(project=project)
    target = IndicatorTarget.objects.create(indicator=value.indicator, due_on="2027-12-31", value=80)
    ProjectIndicator.objects.create(project=project, indicator=value.indicator, target=target, drives_progress=True)
    other = ProjectFactory(package=package, public=True, field=field, phase="running")
    ProjectDependency.objects.create(predecessor=other, successor=project)
    return finding, challenge, package, project
