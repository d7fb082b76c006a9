"""Rules across rows, as triggers: what a CHECK cannot see, refused by the database with a name and a German sentence.

Every function raises check_violation with CONSTRAINT set, so that a broken rule looks to Django like a broken
constraint; `portal.shared.violations` turns both into messages.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import migrations


@dataclass(frozen=True)
class DeferredRule:
    """A rule that must hold at the end of a transaction.

    `broken` is an SQL condition over the row number `subject` of `table` that is true when the rule is broken;
    `watches` lists (table, events, SQL expression for the subject's number in OLD/NEW) of every change that can
    break it. The subject is locked before it is looked at, so that two transactions which each take away one of
    the last two parts cannot both pass (write skew); the next statement sees what the other has committed.
    """

    name: str
    table: str
    message: str
    broken: str
    watches: tuple[tuple[str, str, str], ...]

    def create(self) -> str:
        """SQL that makes the checking function and one deferred constraint trigger for each watched table."""
        check = (
            f"CREATE FUNCTION {self.name}_check(subject bigint) RETURNS void LANGUAGE plpgsql AS $$\n"
            f"BEGIN\n  PERFORM 1 FROM {self.table} WHERE id = subject FOR NO KEY UPDATE;\n  IF {self.broken} THEN\n"
            f"    RAISE check_violation USING CONSTRAINT = '{self.name}', MESSAGE = '{self.message}';\n"
            "  END IF;\nEND $$;"
        )
        parts = [check]
        for number, (table, events, subject) in enumerate(self.watches, start=1):
            parts.append(
                f"CREATE FUNCTION {self.name}_{number}() RETURNS trigger LANGUAGE plpgsql AS $$\n"
                f"BEGIN\n  PERFORM {self.name}_check({subject});\n  RETURN NULL;\nEND $$;\n"
                f"CREATE CONSTRAINT TRIGGER {self.name}_{number} AFTER {events} ON {table}\n"
                f"  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION {self.name}_{number}();"
            )
        return "\n".join(parts)

    def drop(self) -> str:
        """SQL that removes what `create` made."""
        parts = [
            f"DROP TRIGGER {self.name}_{number} ON {table};\nDROP FUNCTION {self.name}_{number}();"
            for number, (table, _events, _subject) in enumerate(self.watches, start=1)
        ]
        return "\n".join([*parts, f"DROP FUNCTION {self.name}_check(bigint);"])

    def operation(self) -> migrations.RunSQL:
        """The migration operation, reversible."""
        return migrations.RunSQL(self.create(), self.drop())


def depth_two(table: str, message: str) -> migrations.RunSQL:
    """Keep a tree in `table` (column parent_id) at two levels.

    Locks the parent first: two people who make a child and a grandchild at once cannot pass each other.
    """
    name = f"{table}_depth_two"
    # Names come from this code base alone, never from outside.
    create = f"""
CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.parent_id IS NOT NULL THEN
    PERFORM 1 FROM {table} WHERE id IN (NEW.id, NEW.parent_id) ORDER BY id FOR NO KEY UPDATE;
    IF EXISTS (SELECT 1 FROM {table} WHERE id = NEW.parent_id AND parent_id IS NOT NULL)
       OR EXISTS (SELECT 1 FROM {table} WHERE parent_id = NEW.id) THEN
      RAISE check_violation USING CONSTRAINT = '{name}', MESSAGE = '{message}';
    END IF;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER {name} BEFORE INSERT OR UPDATE OF parent_id ON {table}
  FOR EACH ROW EXECUTE FUNCTION {name}();
"""  # noqa: S608  no value from outside
    return migrations.RunSQL(create, f"DROP TRIGGER {name} ON {table}; DROP FUNCTION {name}();")
