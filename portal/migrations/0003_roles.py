"""Make the roles of the staff and give them their rights on the portal's own models."""

from django.db import migrations

from portal import roles

CONTENT = ["page", "news", "document", "image", "topic"]
RIGHTS = {
    roles.REDAKTION: dict.fromkeys(CONTENT, roles.ALL)
    | {"organisation": roles.WRITE, "municipality": roles.EDIT, "report": roles.READ},
    roles.FACHAMT: {
        "document": roles.WRITE,
        "image": roles.WRITE,
        "topic": roles.READ,
        "organisation": roles.WRITE,
        "report": roles.READ,
    },
    roles.FOERDERUNG: {
        "document": roles.ALL,
        "image": roles.WRITE,
        "topic": roles.READ,
        "organisation": roles.WRITE,
        "report": roles.READ,
        "outgoingmail": roles.READ,
    },
    roles.VERANSTALTUNGEN: {
        "document": roles.ALL,
        "image": roles.WRITE,
        "topic": roles.READ,
        "organisation": roles.WRITE,
        "outgoingmail": roles.EDIT,
        "report": roles.READ,
    },
    roles.BEAUFTRAGTE: dict.fromkeys(CONTENT, roles.ALL)
    | {
        "organisation": roles.ALL,
        "organisationunit": roles.READ,
        "municipality": roles.EDIT,
        "report": roles.EDIT,
        "outgoingmail": roles.READ,
    },
    roles.ADMINISTRATION: dict.fromkeys(CONTENT, roles.ALL)
    | {
        "user": roles.ALL,
        "organisationunit": roles.ALL,
        "organisation": roles.ALL,
        "municipality": roles.ALL,
        "municipalassociation": roles.ALL,
        "municipalitypopulation": roles.ALL,
        "report": roles.ALL,
        "outgoingmail": roles.EDIT,
    },
}


def grant(apps, _schema_editor):
    """Give."""
    roles.grant(apps, "portal", RIGHTS)
    roles.grant(apps, "auth", {roles.ADMINISTRATION: {"group": roles.ALL}})


def take_back(apps, _schema_editor):
    """Take back; the groups stay, people may be in them."""
    roles.ungrant(apps, "portal", RIGHTS)
    roles.ungrant(apps, "auth", {roles.ADMINISTRATION: {}})


class Migration(migrations.Migration):
    dependencies = [("portal", "0002_rules"), ("auth", "0012_alter_user_first_name_max_length")]
    operations = [migrations.RunPython(grant, take_back)]
