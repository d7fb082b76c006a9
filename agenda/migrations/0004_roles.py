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
    roles.REDAKTION: {
        model: roles.WRITE for model in [*CHAIN, *PARTS, "evidence", "indicator", "assessment"]
    }
    | {
        model: roles.READ
        for model in ["agenda", "actionfield", "decision", "criterion", "assessmentround"]
    },
    roles.FACHAMT: {
        model: roles.EDIT
        for model in ["project", "measurepackage", "challenge", "finding", "indicator"]
    }
    | {
        model: ("view", "add", "change", "delete")
        for model in ["milestone", "indicatorvalue", "projectparty"]
    }
    | {
        model: roles.READ
        for model in ["agenda", "actionfield", "evidence", "fundingline", "projectdependency"]
    },
    roles.FOERDERUNG: {model: roles.READ for model in [*CHAIN, *FRAME]}
    | {"fundingline": ("view", "add", "change", "delete")},
    roles.VERANSTALTUNGEN: {model: roles.READ for model in [*CHAIN, "agenda", "actionfield"]},
    roles.BEAUFTRAGTE: {model: roles.ALL for model in [*CHAIN, *PARTS, *FRAME]},
    roles.ADMINISTRATION: {model: roles.READ for model in [*CHAIN, *PARTS, *FRAME]},
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
