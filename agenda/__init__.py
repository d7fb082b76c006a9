"""Die digitale Agenda: from the Ist-Stand to the projects."""
