"""The agenda's rules across rows; `agenda/migrations/0003_rules.py` puts them into the database."""

from __future__ import annotations

from django.db import migrations

from portal.shared.rules_sql import DeferredRule, depth_two

ADOPTED_HAS_DECISION = DeferredRule(
    name="agenda_agenda_adopted_has_decision",
    table="agenda_agenda",
    message="Eine beschlossene Agenda braucht einen Beschluss.",
    broken="EXISTS (SELECT 1 FROM agenda_agenda a WHERE a.id = subject AND a.status IN ('adopted', 'superseded')"
    " AND NOT EXISTS (SELECT 1 FROM agenda_decision d WHERE d.agenda_id = a.id AND d.outcome = 'adopted'))",
    watches=(
        ("agenda_agenda", "INSERT OR UPDATE OF status", "NEW.id"),
        ("agenda_decision", "UPDATE OR DELETE", "OLD.agenda_id"),
    ),
)
CHALLENGE_HAS_FINDING = DeferredRule(
    name="agenda_challenge_published_has_finding",
    table="agenda_challenge",
    message="Eine veröffentlichte Herausforderung braucht mindestens einen Befund.",
    broken="EXISTS (SELECT 1 FROM agenda_challenge c WHERE c.id = subject AND c.state = 'published'"
    " AND NOT EXISTS (SELECT 1 FROM agenda_challengefinding l WHERE l.challenge_id = c.id))",
    watches=(
        ("agenda_challenge", "INSERT OR UPDATE OF state", "NEW.id"),
        ("agenda_challengefinding", "UPDATE OR DELETE", "OLD.challenge_id"),
    ),
)
PACKAGE_HAS_CHALLENGE = DeferredRule(
    name="agenda_measurepackage_published_has_challenge",
    table="agenda_measurepackage",
    message="Ein veröffentlichtes Maßnahmenpaket braucht mindestens eine Herausforderung.",
    broken="EXISTS (SELECT 1 FROM agenda_measurepackage p WHERE p.id = subject AND p.state = 'published'"
    " AND NOT EXISTS (SELECT 1 FROM agenda_measurepackage_challenges l WHERE l.measurepackage_id = p.id))",
    watches=(
        ("agenda_measurepackage", "INSERT OR UPDATE OF state", "NEW.id"),
        ("agenda_measurepackage_challenges", "UPDATE OR DELETE", "OLD.measurepackage_id"),
    ),
)
PACKAGE_ENDS_IN_HORIZON_BROKEN = (
    "EXISTS (SELECT 1 FROM agenda_measurepackage p JOIN agenda_agenda a ON a.id = p.agenda_id WHERE {which} AND NOT"
    " CASE p.horizon WHEN 'short' THEN p.ends_on BETWEEN a.period_start AND a.short_until"
    " WHEN 'medium' THEN p.ends_on > a.short_until AND p.ends_on <= a.medium_until"
    " ELSE p.ends_on > a.medium_until AND p.ends_on <= a.period_end END)"
)
PACKAGE_ENDS_IN_HORIZON_MESSAGE = "Das Ende des Maßnahmenpakets liegt nicht in seinem Horizont."
PACKAGE_ENDS_IN_HORIZON = DeferredRule(
    name="agenda_measurepackage_ends_in_horizon",
    table="agenda_measurepackage",
    message=PACKAGE_ENDS_IN_HORIZON_MESSAGE,
    broken=PACKAGE_ENDS_IN_HORIZON_BROKEN.format(which="p.id = subject"),
    watches=(("agenda_measurepackage", "INSERT OR UPDATE OF horizon, ends_on, agenda_id", "NEW.id"),),
)
AGENDA_KEEPS_HORIZONS = DeferredRule(
    name="agenda_agenda_horizons_hold_packages",
    table="agenda_agenda",
    message="Mit diesen Zeiträumen läge das Ende eines Maßnahmenpakets nicht mehr in seinem Horizont.",
    broken=PACKAGE_ENDS_IN_HORIZON_BROKEN.format(which="p.agenda_id = subject"),
    watches=(
        (
            "agenda_agenda",
            "UPDATE OF period_start, short_until, medium_until, period_end",
            "NEW.id",
        ),
    ),
)
PROJECT_HAS_LEAD = DeferredRule(
    name="agenda_project_published_has_lead",
    table="agenda_project",
    message="Ein veröffentlichtes Projekt braucht genau eine Federführung.",
    broken="EXISTS (SELECT 1 FROM agenda_project p WHERE p.id = subject AND p.state = 'published'"
    " AND NOT EXISTS (SELECT 1 FROM agenda_projectparty l WHERE l.project_id = p.id AND l.role = 'lead'))",
    watches=(
        ("agenda_project", "INSERT OR UPDATE OF state", "NEW.id"),
        ("agenda_projectparty", "UPDATE OR DELETE", "OLD.project_id"),
    ),
)
PROJECT_HAS_CHALLENGE = DeferredRule(
    name="agenda_project_published_has_challenge",
    table="agenda_project",
    message="Ein veröffentlichtes Projekt braucht mindestens eine Herausforderung.",
    broken="EXISTS (SELECT 1 FROM agenda_project p WHERE p.id = subject AND p.state = 'published'"
    " AND NOT EXISTS (SELECT 1 FROM agenda_project_challenges l WHERE l.project_id = p.id))",
    watches=(
        ("agenda_project", "INSERT OR UPDATE OF state", "NEW.id"),
        ("agenda_project_challenges", "UPDATE OR DELETE", "OLD.project_id"),
    ),
)
PROJECT_CHALLENGES_BROKEN = (
    "EXISTS (SELECT 1 FROM agenda_project_challenges l JOIN agenda_project p ON p.id = l.project_id WHERE {which}"
    " AND NOT EXISTS (SELECT 1 FROM agenda_measurepackage_challenges c"
    " WHERE c.measurepackage_id = p.package_id AND c.challenge_id = l.challenge_id))"
)
PROJECT_CHALLENGES_OF_PACKAGE = DeferredRule(
    name="agenda_project_challenges_of_package",
    table="agenda_project",
    message="Die Herausforderungen eines Projekts müssen auch Herausforderungen seines Maßnahmenpakets sein.",
    broken=PROJECT_CHALLENGES_BROKEN.format(which="p.id = subject"),
    watches=(
        ("agenda_project_challenges", "INSERT OR UPDATE", "NEW.project_id"),
        ("agenda_project", "UPDATE OF package_id", "NEW.id"),
    ),
)
PACKAGE_KEEPS_CHALLENGES = DeferredRule(
    name="agenda_measurepackage_challenges_in_use",
    table="agenda_measurepackage",
    message="Eine Herausforderung kann nicht vom Maßnahmenpaket gelöst werden, solange Projekte darin ihr dienen.",
    broken=PROJECT_CHALLENGES_BROKEN.format(which="p.package_id = subject"),
    watches=(("agenda_measurepackage_challenges", "UPDATE OR DELETE", "OLD.measurepackage_id"),),
)
DEFERRED_RULES = (
    ADOPTED_HAS_DECISION,
    CHALLENGE_HAS_FINDING,
    PACKAGE_HAS_CHALLENGE,
    PACKAGE_ENDS_IN_HORIZON,
    AGENDA_KEEPS_HORIZONS,
    PROJECT_HAS_LEAD,
    PROJECT_HAS_CHALLENGE,
    PROJECT_CHALLENGES_OF_PACKAGE,
    PACKAGE_KEEPS_CHALLENGES,
)

PROJECT_AGENDA_OF_PACKAGE = migrations.RunSQL(
    "ALTER TABLE agenda_project ADD CONSTRAINT agenda_project_agenda_of_package"
    " FOREIGN KEY (package_id, agenda_id) REFERENCES agenda_measurepackage (id, agenda_id)"
    " DEFERRABLE INITIALLY DEFERRED",
    "ALTER TABLE agenda_project DROP CONSTRAINT agenda_project_agenda_of_package",
)

# The lock on the agenda makes two people who close a circle from both ends wait for each other.
DEPENDENCIES_ACYCLIC = migrations.RunSQL(
    """
CREATE FUNCTION agenda_projectdependency_acyclic() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  home bigint;
BEGIN
  SELECT agenda_id INTO home FROM agenda_project WHERE id = NEW.successor_id;
  PERFORM 1 FROM agenda_agenda WHERE id = home FOR NO KEY UPDATE;
  IF EXISTS (SELECT 1 FROM agenda_project WHERE id = NEW.predecessor_id AND agenda_id <> home) THEN
    RAISE check_violation USING CONSTRAINT = 'agenda_projectdependency_same_agenda',
      MESSAGE = 'Vorgänger und Nachfolger müssen zur selben Agenda gehören.';
  END IF;
  IF EXISTS (
    WITH RECURSIVE before(id) AS (
      SELECT NEW.predecessor_id
      UNION
      SELECT d.predecessor_id FROM agenda_projectdependency d JOIN before b ON d.successor_id = b.id
      WHERE d.id <> NEW.id
    ) SELECT 1 FROM before WHERE id = NEW.successor_id
  ) THEN
    RAISE check_violation USING CONSTRAINT = 'agenda_projectdependency_acyclic',
      MESSAGE = 'Diese Abhängigkeit ergäbe einen Kreis: Das Projekt würde auf sich selbst warten.';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER agenda_projectdependency_acyclic BEFORE INSERT OR UPDATE ON agenda_projectdependency
  FOR EACH ROW EXECUTE FUNCTION agenda_projectdependency_acyclic();
""",
    "DROP TRIGGER agenda_projectdependency_acyclic ON agenda_projectdependency;"
    " DROP FUNCTION agenda_projectdependency_acyclic();",
)

# The share lock on the round makes an entry and the closing of its round wait for each other.
CLOSED_ROUND_READ_ONLY = migrations.RunSQL(
    """
CREATE FUNCTION agenda_assessment_round_open() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  rounds bigint[];
BEGIN
  IF TG_OP = 'INSERT' THEN rounds := ARRAY[NEW.round_id];
  ELSIF TG_OP = 'DELETE' THEN rounds := ARRAY[OLD.round_id];
  ELSE rounds := ARRAY[OLD.round_id, NEW.round_id];
  END IF;
  PERFORM 1 FROM agenda_assessmentround WHERE id = ANY(rounds) ORDER BY id FOR SHARE;
  IF EXISTS (SELECT 1 FROM agenda_assessmentround WHERE id = ANY(rounds) AND state <> 'open') THEN
    RAISE check_violation USING CONSTRAINT = 'agenda_assessment_round_open',
      MESSAGE = 'Die Erhebungsrunde ist abgeschlossen. Eine Berichtigung ist eine neue Runde.';
  END IF;
  RETURN COALESCE(NEW, OLD);
END $$;
CREATE TRIGGER agenda_assessment_round_open BEFORE INSERT OR UPDATE OR DELETE ON agenda_assessment
  FOR EACH ROW EXECUTE FUNCTION agenda_assessment_round_open();
""",
    "DROP TRIGGER agenda_assessment_round_open ON agenda_assessment; DROP FUNCTION agenda_assessment_round_open();",
)

RATINGS_OF_CLOSED_ROUND_READ_ONLY = migrations.RunSQL(
    """
CREATE FUNCTION agenda_criterionrating_round_open() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM agenda_assessmentround r JOIN agenda_assessment a ON a.round_id = r.id
    WHERE a.id = COALESCE(NEW.assessment_id, OLD.assessment_id) FOR SHARE OF r;
  IF EXISTS (SELECT 1 FROM agenda_assessmentround r JOIN agenda_assessment a ON a.round_id = r.id
             WHERE a.id = COALESCE(NEW.assessment_id, OLD.assessment_id) AND r.state <> 'open') THEN
    RAISE check_violation USING CONSTRAINT = 'agenda_criterionrating_round_open',
      MESSAGE = 'Die Erhebungsrunde ist abgeschlossen. Eine Berichtigung ist eine neue Runde.';
  END IF;
  RETURN COALESCE(NEW, OLD);
END $$;
CREATE TRIGGER agenda_criterionrating_round_open BEFORE INSERT OR UPDATE OR DELETE ON agenda_criterionrating
  FOR EACH ROW EXECUTE FUNCTION agenda_criterionrating_round_open();
""",
    "DROP TRIGGER agenda_criterionrating_round_open ON agenda_criterionrating;"
    " DROP FUNCTION agenda_criterionrating_round_open();",
)

ACTION_FIELD_DEPTH = depth_two("agenda_actionfield", "Handlungsfelder haben höchstens zwei Ebenen.")
