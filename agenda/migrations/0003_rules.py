"""Put the agenda's rules across rows into the database."""

from django.db import migrations

from agenda import rules_sql


class Migration(migrations.Migration):
    dependencies = [("agenda", "0002_initial")]
    operations = [
        rules_sql.PROJECT_AGENDA_OF_PACKAGE,
        rules_sql.ACTION_FIELD_DEPTH,
        rules_sql.DEPENDENCIES_ACYCLIC,
        rules_sql.CLOSED_ROUND_READ_ONLY,
        rules_sql.RATINGS_OF_CLOSED_ROUND_READ_ONLY,
        *[rule.operation() for rule in rules_sql.DEFERRED_RULES],
    ]
