"""The application, for servers that ask for one by name (`wsgi:app`)."""

from web.app import create_app

app = create_app()
