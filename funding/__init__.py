"""Förderung: programmes, ideas, funded projects."""
