"""The application, for a WSGI server of your own: `gunicorn wsgi:app`."""

from web.app import create_app

app = create_app()
