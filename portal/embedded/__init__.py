"""The servers the portal brings along, and the supervisor that runs everything: no Django in here."""
