"""Put the portal's rule across rows into the database: organisation units have two levels."""

from django.db import migrations

from portal.shared.rules_sql import depth_two


class Migration(migrations.Migration):
    dependencies = [("portal", "0001_initial")]
    operations = [depth_two("portal_organisationunit", "Organisationseinheiten haben höchstens zwei Ebenen.")]
