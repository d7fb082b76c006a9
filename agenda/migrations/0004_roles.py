"""Give the roles their rights on the agenda."""

from django.db import migrations

from portal import roles

CHAIN = ["finding", "challenge", "measurepackage", "project"]
PARTS = [
    "challengefinding",
    "projectparty",
    "milestone",
    "fundingline",
    "projectdependency",
    "indicatorvalue",
    "indicatortarget",
    "challengeindicator",
    "packageindicator",
    "projectindicator",
    "criterionrating",
]
FRAME = [
    "agenda",
    "actionfield",
    "decision",
    "criterion",
    "assessmentround",
    "assessment",
    "evidence",
    "indicator",
]
RIGHTS = {
    roles.REDAKTION: dict.fromkeys([*CHAIN, *PARTS, "evidence", "indicator", "assessment"], roles.WRITE)
    | dict.fromkeys(["agenda", "actionfield", "decision", "criterion", "assessmentround"], roles.READ),
    roles.FACHAMT: dict.fromkeys(["project", "measurepackage", "challenge", "finding", "indicator"], roles.EDIT)
    | dict.fromkeys(["milestone", "indicatorvalue", "projectparty"], ("view", "add", "change", "delete"))
    | dict.fromkeys(["agenda", "actionfield", "evidence", "fundingline", "projectdependency"], roles.READ),
    roles.FOERDERUNG: dict.fromkeys([*CHAIN, *FRAME], roles.READ)
    | {"fundingline": ("view", "add", "change", "delete")},
    roles.VERANSTALTUNGEN: dict.fromkeys([*CHAIN, "agenda", "actionfield"], roles.READ),
    roles.BEAUFTRAGTE: dict.fromkeys([*CHAIN, *PARTS, *FRAME], roles.ALL),
    roles.ADMINISTRATION: dict.fromkeys([*CHAIN, *PARTS, *FRAME], roles.READ),
}


def grant(apps, _schema_editor):
    """Give."""
    roles.grant(apps, "agenda", RIGHTS)


def take_back(apps, _schema_editor):
    """Take back."""
    roles.ungrant(apps, "agenda", RIGHTS)


class Migration(migrations.Migration):
    dependencies = [("agenda", "0003_rules"), ("portal", "0003_roles")]
    operations = [migrations.RunPython(grant, take_back)]
