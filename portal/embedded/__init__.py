"""PostgreSQL and Valkey from wheels, and the supervisor that runs the portal: no Django in here."""
