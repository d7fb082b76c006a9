"""The agenda's chain: frame, Ist-Stand, strategy, projects and their figures."""

from agenda.models.assessment import (
    Assessment,
    AssessmentRound,
    Criterion,
    CriterionRating,
)
from agenda.models.findings import Evidence, Finding
from agenda.models.frame import ActionField, Agenda, Decision
from agenda.models.indicator_links import ChallengeIndicator, PackageIndicator, ProjectIndicator
from agenda.models.indicators import Indicator, IndicatorTarget, IndicatorValue
from agenda.models.project_parts import FundingLine, Milestone, ProjectDependency, ProjectParty
from agenda.models.projects import Project
from agenda.models.strategy import Challenge, ChallengeFinding, MeasurePackage

__all__ = [
    "ActionField",
    "Agenda",
    "Assessment",
    "AssessmentRound",
    "Challenge",
    "ChallengeFinding",
    "ChallengeIndicator",
    "Criterion",
    "CriterionRating",
    "Decision",
    "Evidence",
    "Finding",
    "FundingLine",
    "Indicator",
    "IndicatorTarget",
    "IndicatorValue",
    "MeasurePackage",
    "Milestone",
    "PackageIndicator",
    "Project",
    "ProjectDependency",
    "ProjectIndicator",
    "ProjectParty",
]
