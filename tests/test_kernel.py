"""What every request goes through."""


def test_an_unsafe_request_from_another_site_is_refused(client):
    answer = client.post("/en/nowhere", headers={"Sec-Fetch-Site": "cross-site"})

    assert answer.status_code == 403


def test_a_missing_page_answers_404_in_the_readers_language(client):
    assert client.get("/it/nulla").status_code == 404


def test_a_missing_address_of_the_api_answers_problem_json(client):
    answer = client.get("/api/v1/nothing")

    assert answer.content_type == "application/problem+json"
    assert answer.json["status"] == 404
