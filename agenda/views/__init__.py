"""The public pages of the agenda."""

from agenda.views.assessment import FieldDetail, assessment
from agenda.views.challenges import ChallengeDetail, ChallengeList
from agenda.views.findings import FindingDetail, FindingList
from agenda.views.overview import overview
from agenda.views.packages import PackageDetail, PackageList
from agenda.views.projects import ProjectDetail, ProjectList

__all__ = [
    "ChallengeDetail",
    "ChallengeList",
    "FieldDetail",
    "FindingDetail",
    "FindingList",
    "PackageDetail",
    "PackageList",
    "ProjectDetail",
    "ProjectList",
    "assessment",
    "overview",
]
