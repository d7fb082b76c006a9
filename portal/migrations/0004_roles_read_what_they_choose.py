"""Let roles read what their forms offer to choose: units of the administration, and municipalities."""

from django.db import migrations

from portal import roles

RIGHTS = {
    roles.REDAKTION: {"organisationunit": roles.READ, "municipalassociation": roles.READ},
    roles.BEAUFTRAGTE: {"municipalassociation": roles.READ},
    roles.FACHAMT: {"organisationunit": roles.READ, "municipality": roles.READ},
    roles.FOERDERUNG: {"organisationunit": roles.READ},
    roles.VERANSTALTUNGEN: {"organisationunit": roles.READ},
}


def grant(apps, _schema_editor):
    """Give."""
    roles.grant(apps, "portal", RIGHTS)


def take_back(apps, _schema_editor):
    """Take back exactly these."""
    permissions = apps.get_model("auth", "Permission")
    for name, models in RIGHTS.items():
        for group in apps.get_model("auth", "Group").objects.filter(name=name):
            codenames = [f"{action}_{model}" for model, actions in models.items() for action in actions]
            found = permissions.objects.filter(content_type__app_label="portal", codename__in=codenames)
            group.permissions.remove(*found)


class Migration(migrations.Migration):
    dependencies = [("portal", "0003_roles")]
    operations = [migrations.RunPython(grant, take_back)]
