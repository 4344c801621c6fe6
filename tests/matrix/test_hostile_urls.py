"""Hostile requests: refused in words or answered as if nothing were wrong, never with a 5xx."""

import itertools

import pytest
from django.test import Client

from .answers import body_of, strangers, text_of
from .filling import Target
from .people import ACTORS, PASSWORD
from .places import COUNTY, TOWN
from .table import ADDRESSES

pytestmark = pytest.mark.django_db
BY_NAME = {actor.name: actor for actor in ACTORS}
CLERK = BY_NAME[f"town_clerk-{TOWN}"]
CHIEF, GUARD, AUDITOR = (
    BY_NAME[f"{which}_admin-{COUNTY}"] for which in ("system", "security", "audit")
)
LEADER = BY_NAME[f"town_leader-{TOWN}"]
BUSINESS = (
    "/", "/figures/", "/figures/contracts.irregular/", "/dispatch/", "/wall/", "/search/",
    "/registers/contracts/", "/contracts/findings/", "/intake/", "/places/",
)  # fmt: skip
PAGES = (*itertools.product([CLERK], BUSINESS), (CHIEF, "/people/"), (CHIEF, "/regions/"),
         (AUDITOR, "/log/"))  # fmt: skip
KEYS = ("/contracts/{}/", "/receivables/{}/", "/debts/{}/", "/parties/{}/", "/intake/{}/",
        "/registers/resources/{}/", "/intake/{}/annotated.xlsx")  # fmt: skip
QUERIES = (
    "q=%25", "q=_", "q=%00", "q=%FF%FE", "q=" + "长" * 5000, "q=" + "(a%2B)%2B" * 20,
    "q=%F0%A0%AE%B7",
    "q='%3B DROP TABLE contracts_contract", "q={{7*7}}%24{7*7}%25s%5C", "q=%3Cscript%3E",
    "q=9999999999999999999999999999999", "q=1&q=2",
    "page=1000000000", "page=-1", "page=0", "page=x", "page=1e9", "page=" + "9" * 5000,
    "size=1000000000", "before=1000000000000000000000000000000", "before=-1",
    "sort=uploaded_by__password", "order_by=user__password", "party__identity_hash__startswith=a",
    "region=1000000000000000000000000000000", "region=%25", "region=-1", "region=９９９８０１",
    "region=99980100120100", "region=999801001201&region=999801002",
    "as_of=2024-02-30", "as_of=0001-01-01", "as_of=9999-12-31", "as_of=x", "as_of=20240101",
    "since=9999-12-31", "since=2024-13-01", "until=9999-12-31", "since=0001-01-01",
    "format=../../etc/passwd", "export=pdf", "print=2", "cols=password", "metric=x", "m=x",
    "by=x", "level=x", "unit=%00", "state=x", "role=x", "outcome=x", "rule=' OR 1=1",
    "severity=x", "place=%25", "place=%00", "actor=%00", "next=//evil.example",
)  # fmt: skip


def get(battery, actor, path, **headers):
    client = battery.client(actor)
    response = client.generic("GET", path, **headers)
    return response, text_of(body_of(response))


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: ascii(query)[:30])
def test_no_query_breaks_a_page(battery, query):
    """Every fourth page, others for the next query; all of them at leisure."""
    ask(battery, query, PAGES[QUERIES.index(query) % 4 :: 4])


@pytest.mark.slow
@pytest.mark.parametrize("query", QUERIES, ids=lambda query: ascii(query)[:30])
def test_no_query_breaks_any_page(battery, query):
    ask(battery, query, PAGES)


def ask(battery, query, pages):
    for actor, page in pages:
        response, text = get(battery, actor, f"{page}?{query}")
        assert response.status_code in (200, 400, 404), f"{page}?{query[:60]}"
        assert not strangers(text, battery.world, actor), page
        assert "<script>" not in text.replace("q=<script>", "").split("</title>")[0]


@pytest.mark.parametrize(
    "key", ["1" + "0" * 30, "-1", "1.0", "１", "9223372036854775808", "0", "%00", "%2e%2e%2f", "x"]
)
def test_no_number_breaks_a_page(battery, key):
    for actor, page in (
        *((CLERK, page) for page in KEYS),
        (CHIEF, "/people/{}/"),
        (LEADER, "/intake/bases/{}/"),
        (CLERK, "/registers/{}/"),
        (CLERK, "/figures/{}/"),
    ):
        response, _ = get(battery, actor, page.format(key))
        assert response.status_code == 404, page.format(key)


@pytest.mark.parametrize(
    ("actor", "page"),
    [
        (CHIEF, "/people/{}/posts/"), (CHIEF, "/posts/{}/end/"), (CHIEF, "/regions/{}/names/"),
        (CHIEF, "/regions/{}/succession/"), (GUARD, "/people/{}/password/"),
        (GUARD, "/people/{}/lock/"), (CLERK, "/intake/{}/again/"), (CLERK, "/intake/{}/commit/"),
        (CLERK, "/contracts/{}/judgements/"), (CLERK, "/registers/contracts/{}/reveal/"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("key", ["1" + "0" * 30, "9223372036854775808", "0"])
def test_no_number_breaks_a_form(battery, actor, page, key):
    body = {"reason": "核对", "rule": "P01", "ruling": "confirmed", "field": "contractor_id",
            "role": "inspector", "region": COUNTY, "from_on": "2026-01-01", "to_on": "2026-01-01",
            "name": "新名", "on": "2026-01-01", "into": COUNTY}  # fmt: skip
    response, _, written = battery.send(actor, "POST", Target("own", page.format(key), data=body))
    assert response.status_code == 404
    assert written == []


BODIES = (
    ("text/plain", b"x"),
    ("application/json", b'{"a": NaN}'),
    ("application/json", b"[" * 10_000),
    ("application/x-www-form-urlencoded", b"a=%ff%fe&\xff=1"),
    ("application/x-www-form-urlencoded", b"&".join(b"a%d=1" % n for n in range(2000))),
    ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data; name="),
    ("multipart/form-data", b"no boundary"),
    ("multipart/form-data; boundary=\xff".encode("latin-1").decode("latin-1"), b"x"),
    ("", b"\x00\x00"),
    ("application/x-www-form-urlencoded; charset=nonsense", b"a=1"),
)


@pytest.mark.parametrize(("kind", "body"), BODIES, ids=range(len(BODIES)))
def test_no_body_breaks_a_form(battery, kind, body):
    for actor in (CLERK, CHIEF, LEADER):
        for cell in battery.cells(("POST",), fully=False, actors=[actor], addresses=_forms()):
            if cell.wanted not in ("302", "200") or not cell.target.is_first:
                continue
            client = battery.client(actor)
            response = client.generic("POST", cell.target.path, body, content_type=kind)
            assert response.status_code < 500, f"{cell.target.path} {kind}"


@pytest.mark.parametrize(
    "value",
    [
        "0001-01-01", "9999-12-31", "\x00", "长" * 5000, "9" * 5000,
        *(pytest.param(value, marks=pytest.mark.slow) for value in ("-1", "💥", "<script>", " ")),
    ],
    ids=lambda value: ascii(value)[:20],
)  # fmt: skip
def test_no_field_breaks_a_form(battery, value):
    """Each field of each form in turn, the others as they should be."""
    for actor in (CLERK, CHIEF, GUARD, LEADER):
        for cell in battery.cells(("POST",), fully=False, actors=[actor], addresses=_forms()):
            if cell.wanted not in ("302", "200") or not cell.target.is_first:
                continue
            for name in cell.target.data:
                target = cell.target._replace(data={**cell.target.data, name: value})
                response, _, _ = battery.send(actor, "POST", target)
                assert response.status_code < 500, f"{cell} {name}"


def _forms():
    kept = ("administration:sign-out", "administration:switch-post")
    return [a for a in ADDRESSES if a.post and a.url not in kept]


@pytest.mark.parametrize("method", ["TRACE", "PROPFIND", "CONNECT", "GETT", "X" * 200])
def test_odd_methods_are_refused(battery, method):
    response = battery.client(CLERK).generic(method, "/contracts/findings/")
    assert response.status_code == 405


def test_a_method_in_disguise_is_the_method_it_is(battery):
    client = battery.client(CLERK)
    asked = {"HTTP_X_HTTP_METHOD_OVERRIDE": "POST", "HTTP_X_METHOD_OVERRIDE": "DELETE"}
    assert client.generic("GET", "/contracts/findings/?page=1", **asked).status_code == 200
    assert client.post("/contracts/findings/", {"_method": "GET"}).status_code == 405


@pytest.mark.parametrize(
    "path",
    [
        "/.git/config", "/.env", "/admin/", "/media/", "/uploads/1/source.xlsx", "/api/schema",
        "/static/../sanzi.sqlite3", "/static/%2e%2e/keys.json", "/static/..%5ckeys.json",
        "/intake/..%2f..%2fkeys.json", "/people/1/profile.css", "/registers/contracts/x.css",
        "/" + "a" * 8000,
    ],
)  # fmt: skip
def test_nothing_lies_beside_the_addresses(battery, path):
    assert get(battery, CLERK, path)[0].status_code == 404


@pytest.mark.parametrize(
    "there",
    ["//evil.example/", "https:evil.example", "https://evil.example", "javascript:alert(1)",
     "/\\evil.example", "\thttps://evil.example", "http:///evil.example",
     "//testserver@evil.example"],
)  # fmt: skip
def test_nobody_is_sent_elsewhere(battery, there):
    typed = {"username": "uploader-999801", "password": PASSWORD, "next": there}
    response, _, _ = battery.send(
        BY_NAME["anonymous"], "POST", Target("own", "/login/", data=typed)
    )
    assert (response.status_code, response["Location"]) == (302, "/")
    own = battery.client(CLERK).get("/login/", {"next": there})
    assert (own.status_code, own["Location"]) == (302, "/")
    places = battery.client(CLERK).get("/places/", {"next": there, "place": "9"})
    assert "evil" not in places.content.decode()


def test_a_false_host_is_refused(battery):
    client = battery.client(CLERK)
    for host in ("evil.example", "testserver.evil.example", "testserver@evil.example", "", "a b"):
        assert client.get("/", HTTP_HOST=host).status_code == 400, host
    # Another's header says nothing here.
    false = {"HTTP_X_FORWARDED_HOST": "evil.example", "HTTP_FORWARDED": "host=evil.example"}
    answer = client.get("/", **false)
    assert answer.status_code == 200
    assert b"evil" not in answer.content


@pytest.mark.slow
def test_a_form_from_elsewhere_is_refused_on_every_address(battery):
    """Each POST without this site's token is a 403, whoever sends it."""
    for actor in (CLERK, CHIEF, BY_NAME["anonymous"]):
        strict = Client(enforce_csrf_checks=True, raise_request_exception=False)
        strict.cookies = battery.client(actor).cookies
        for cell in battery.cells(("POST",), fully=False, actors=[actor]):
            if cell.target.is_first and cell.address.post:
                response = strict.post(cell.target.path, cell.target.data)
                assert response.status_code == 403, str(cell)


def test_every_answer_keeps_the_browser_on_guard(battery):
    for path in ("/", "/contracts/findings/", "/nothing/", "/intake/template.xlsx"):
        headers = battery.client(CLERK).get(path).headers
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Cache-Control"] == "no-store"
        assert "default-src 'none'" in headers["Content-Security-Policy"]


# The control.


def test_a_page_that_breaks_is_found(battery, monkeypatch):
    def broken(*of, **more):
        raise ValueError

    monkeypatch.setattr("sanzi.dashboards.views.search.search", broken)
    with pytest.raises(AssertionError):
        ask(battery, "q=x", PAGES)
