"""Somebody who joins and signs in, as tests of accounts need them."""

from flask.testing import FlaskClient

PASSWORD = "a sentence that nobody guesses"
ADA = {
    "email": "ada@example.org",
    "handle": "Ada",
    "display_name": "Ada L.",
    "password": PASSWORD,
}


def register(client: FlaskClient, **changes: str):
    return client.post("/en/register", data={**ADA, **changes})


def sign_in(client: FlaskClient, password: str = PASSWORD, email: str = ADA["email"]):
    return client.post("/en/sign-in", data={"email": email, "password": password})


def knows(client: FlaskClient) -> bool:
    """Whether somebody is signed in here."""
    return client.get("/en/account").status_code == 200
