"""Where other systems may be called: one spelling for one meaning, and nothing that lies inside."""

from ipaddress import ip_address, ip_network

import pytest

from directives.rules.endpoints import (
    INSIDE as LEADS_INSIDE,
)
from directives.rules.endpoints import (
    NOT_ENCRYPTED,
    OTHER_PORT,
    Trusted,
    is_inside,
    may_be_trusted,
    read_endpoint,
    refuse_as_written,
    why_not,
)
from directives.rules.refusals import Invalid
from tests.hostile_endpoints import INSIDE, OUTSIDE, WRITTEN

HOOK = read_endpoint("https://tiepnhan.bo.gov.vn/dondoc")
OFFICE = Trusted(ip_network("10.20.0.0/16"))


def literal(number: str, scheme: str = "https") -> str:
    return f"{scheme}://[{number}]/" if ":" in number else f"{scheme}://{number}/"


@pytest.mark.parametrize("written", WRITTEN)
def test_an_address_that_could_be_meant_otherwise_is_refused(written):
    with pytest.raises(Invalid) as refused:
        refuse_as_written(read_endpoint(written))
    assert refused.value.field == "endpoint"


@pytest.mark.parametrize("number", INSIDE)
def test_what_lies_inside_is_not_called_by_number_nor_by_name(number):
    assert is_inside(ip_address(number))
    with pytest.raises(Invalid):
        refuse_as_written(read_endpoint(literal(number)))
    assert why_not(HOOK, [ip_address(number)]) == LEADS_INSIDE


@pytest.mark.parametrize("number", OUTSIDE)
def test_what_the_world_reaches_is_called(number):
    assert not is_inside(ip_address(number))
    refuse_as_written(read_endpoint(literal(number)))
    assert why_not(HOOK, [ip_address(number)]) == ""


def test_there_are_enough_of_them():
    assert len(set(WRITTEN)) + len(set(INSIDE)) > 120


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("https://tiepnhan.bo.gov.vn", "https://tiepnhan.bo.gov.vn/"),
        ("https://Tiepnhan.BO.gov.vn:443/Dondoc?a=1&b=%2F", "https://tiepnhan.bo.gov.vn/Dondoc?a=1&b=%2F"),
        ("https://tiepnhan.bo.gov.vn:8443/x", "https://tiepnhan.bo.gov.vn:8443/x"),
        ("https://8.8.8.8/", "https://8.8.8.8/"),
        ("https://[2001:4860:4860:0:0:0:0:8888]/", "https://[2001:4860:4860::8888]/"),
        ("https://xn--tip-nhn-vxa.gov.vn/", "https://xn--tip-nhn-vxa.gov.vn/"),
    ],
)
def test_an_address_is_kept_in_one_spelling(written, meant):
    endpoint = read_endpoint(written)
    refuse_as_written(endpoint)
    assert str(endpoint) == meant
    assert str(read_endpoint(meant)) == meant


def test_one_address_inside_is_enough():
    addresses = [ip_address("8.8.8.8"), ip_address("10.0.0.1")]
    assert why_not(HOOK, addresses) == LEADS_INSIDE
    assert why_not(HOOK, reversed(addresses)) == LEADS_INSIDE
    assert why_not(HOOK, []) == LEADS_INSIDE


def test_an_address_with_a_zone_is_of_this_link():
    assert why_not(HOOK, [ip_address("2001:4860:4860::8888%eth0")]) == LEADS_INSIDE


def test_a_trusted_network_opens_itself_by_its_ports_and_nothing_beside():
    inner = [ip_address("10.20.30.40")]
    assert why_not(HOOK, inner, [OFFICE]) == ""
    assert why_not(HOOK, [*inner, ip_address("10.21.0.1")], [OFFICE]) == LEADS_INSIDE
    assert why_not(read_endpoint("https://trong.bo.gov.vn:8443/"), inner, [OFFICE]) == LEADS_INSIDE
    own_port = Trusted(ip_network("10.20.0.0/16"), frozenset({9000}))
    assert why_not(read_endpoint("https://trong.bo.gov.vn:9000/"), inner, [own_port]) == ""
    assert why_not(read_endpoint("https://trong.bo.gov.vn:9000/"), [ip_address("8.8.8.8")], [own_port]) == OTHER_PORT


def test_unencrypted_only_where_a_trusted_network_says_so():
    plain = read_endpoint("http://trong.bo.gov.vn:8080/")
    inner = [ip_address("10.20.30.40")]
    says_so = Trusted(ip_network("10.20.0.0/16"), frozenset({8080}), unencrypted=True)
    silent = Trusted(ip_network("10.20.0.0/16"), frozenset({8080}))
    assert why_not(plain, inner, [says_so]) == ""
    assert why_not(plain, inner, [silent]) == LEADS_INSIDE
    assert why_not(plain, [ip_address("8.8.8.8")], [says_so]) == NOT_ENCRYPTED
    refuse_as_written(plain, [says_so])
    with pytest.raises(Invalid):
        refuse_as_written(plain, [silent])


@pytest.mark.parametrize(
    "number", ["169.254.169.254", "0.0.0.0", "224.0.0.1", "::ffff:10.20.30.40", "64:ff9b::a14:1e28", "2002:a14:1e28::"]
)
def test_what_nobody_may_trust_stays_closed_whatever_is_trusted(number):
    whole_world = [Trusted(ip_network("0.0.0.0/0")), Trusted(ip_network("::/0"))]
    assert why_not(HOOK, [ip_address(number)], whole_world) == LEADS_INSIDE


@pytest.mark.parametrize(
    ("network", "may"),
    [
        ("10.0.0.0/8", True),
        ("172.16.5.0/24", True),
        ("100.64.0.0/10", True),
        ("192.168.1.7/32", True),
        ("fd12:3456::/32", True),
        ("0.0.0.0/0", False),
        ("0.0.0.0/8", False),
        ("8.0.0.0/7", False),
        ("127.0.0.0/8", False),
        ("127.0.0.1/32", False),
        ("169.254.0.0/16", False),
        ("::/0", False),
        ("::1/128", False),
        ("fe80::/10", False),
        ("64:ff9b::/96", False),
        ("2002::/16", False),
    ],
)
def test_which_networks_an_administrator_may_open(network, may):
    assert may_be_trusted(ip_network(network)) == may
