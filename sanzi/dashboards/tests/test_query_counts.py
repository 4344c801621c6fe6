"""Every page answers within fifteen queries, whatever lies under its region."""

import pytest

from .conftest import AS_OF

PAGES = [
    "/?as_of={as_of}",
    "/figures/?as_of={as_of}",
    "/figures/?as_of={as_of}&format=json",
    "/figures/contracts.total/?as_of={as_of}",
    "/figures/receivables.recovered/?as_of={as_of}",
    "/figures/receivables.recovery_rate/?as_of={as_of}",
    "/figures/receivables.recovered/?as_of={as_of}&format=json",
    "/dispatch/?as_of={as_of}",
    "/dispatch/?as_of={as_of}&format=print",
    "/wall/?as_of={as_of}",
    "/wall/?as_of={as_of}&by=income",
    "/search/?q=1",
]


@pytest.mark.parametrize("url", PAGES)
@pytest.mark.parametrize("who", ["lin", "chen", "shi", "fang"])
def test_fifteen_queries_are_enough(client, many, people, django_assert_max_num_queries, who, url):
    client.force_login(people[who])
    with django_assert_max_num_queries(15) as asked:
        assert client.get(url.format(as_of=AS_OF)).status_code == 200
    print(f"{who} {url} {len(asked)}")


@pytest.mark.parametrize("url", ["/dispatch/?level=village&as_of={as_of}", *PAGES])
def test_more_villages_ask_no_more_queries(
    client, cleanup, people, request, django_assert_max_num_queries, url
):
    client.force_login(people["shi"])
    url = url.format(as_of=AS_OF)
    with django_assert_max_num_queries(15) as few:
        client.get(url)
    request.getfixturevalue("many")
    with django_assert_max_num_queries(len(few)):
        client.get(url)
