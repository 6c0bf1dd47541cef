"""The pretend internet as fixtures; see web_servers.py."""

import pytest
import trustme

from tests.tools.web_servers import BAD_SERVERS, PUBLIC, Engine, Network, Site, certificate
from tools.visit_webpage import VisitWebpageTool
from tools.web_search import WebSearchTool


@pytest.fixture(scope="session")
def authority():
    return trustme.CA()


@pytest.fixture(scope="session")
def authority_file(authority, tmp_path_factory):
    path = tmp_path_factory.mktemp("authority") / "ca.pem"
    authority.cert_pem.write_to_path(str(path))
    return str(path)


@pytest.fixture
def site():
    site = Site()
    site.paths.update(BAD_SERVERS)
    yield site
    site.stop()


@pytest.fixture
def secure_site(authority):
    site = Site(certificate(authority, "right.example"))
    yield site
    site.stop()


@pytest.fixture
def network(site):
    with Network(site.port) as network:
        network.names["party.example"] = [PUBLIC]
        yield network


@pytest.fixture
def visit(network):
    tool = VisitWebpageTool()
    tool.limits = {**tool.limits, "host_gap_s": 0}
    return tool


@pytest.fixture
def hasty_visit(visit):
    visit.limits = {**visit.limits, "fetch_s": 1, "total_s": 10, "socket_s": 1}
    return visit


@pytest.fixture
def engine(authority):
    engine = Engine(authority)
    yield engine
    engine.stop()


@pytest.fixture
def search(engine, authority_file):
    tool = WebSearchTool()
    tool.client = {"proxy": engine.proxy, "verify": authority_file}
    tool.limits = {**tool.limits, "gap_s": 0}
    return tool
