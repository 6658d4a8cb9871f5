"""Signing in: Flask-Security on Flask-Login, one Account per Member."""
