"""Signing in with Hugging Face as on a Space: whose token pays for whose turn, and where it never shows."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from gradio_client import Client
from playwright.sync_api import Page, expect

from tests.browser.desk import answered, log, send
from tests.conftest import Printed
from tests.stand_ins.chat_server import ChatServer, Reply, chat_server
from tests.stand_ins.openid import CLIENT_ID, CLIENT_SECRET, ISSUER, Provider, openid_provider
from tests.stand_ins.ports import free_port
from tests.stand_ins.proxy import proxy
from tests.stand_ins.scripted_model import code

HOST = "bruce-alfred.hf.space"
SPACES_TOKEN = "hf_space"
GOOD = code("final_answer('good evening')")
VARIABLES = {
    "SYSTEM": "spaces",
    "SPACE_ID": "bruce/alfred",
    "SPACE_HOST": HOST,
    "HF_TOKEN": SPACES_TOKEN,
    "OAUTH_CLIENT_ID": CLIENT_ID,
    "OAUTH_CLIENT_SECRET": CLIENT_SECRET,
    "OAUTH_SCOPES": "openid profile inference-api",
    "OPENID_PROVIDER_URL": ISSUER,
    "ALFRED_EXECUTOR": "local",
}


@dataclass
class Space:
    """Alfred on a Space that offers to sign in; `browser` is what a context needs to reach it."""

    address: str
    router: ChatServer
    provider: Provider
    printed: Printed
    browser: dict

    @property
    def payers(self) -> list[str]:
        """The tokens that reached the model, in order."""
        return [headers["authorization"].removeprefix("Bearer ") for headers in self.router.headers]


@pytest.fixture(scope="module")
def space(apps, tmp_path_factory) -> Iterator[Space]:
    port = free_port()
    with (
        chat_server(GOOD) as router,
        openid_provider("selina", "hf_selina") as provider,
        proxy(
            tmp_path_factory.mktemp("space"),
            {
                HOST: f"http://127.0.0.1:{port}",
                "huggingface.co": provider.address,
                "router.huggingface.co": router.address,
            },
        ) as variables,
    ):
        address = apps.start(**VARIABLES, **variables, GRADIO_SERVER_PORT=str(port))
        reach = {
            "proxy": {"server": variables["HTTPS_PROXY"]},
            "ignore_https_errors": True,
            "extra_http_headers": {"X-Forwarded-Proto": "https"},
        }
        yield Space(address, router, provider, apps.printed[address], reach)
        apps.stop(address)


@pytest.fixture
def visit(space, open_page) -> Callable[[], Page]:
    """Open the Space as a new visitor; nobody has asked its model yet."""
    space.router.answer_with(GOOD)
    return lambda: open_page(f"https://{HOST}", **space.browser)


def sign_in(page: Page) -> None:
    page.get_by_role("button", name="Sign in with Hugging Face").click()
    page.get_by_role("link", name="Authorize").click()
    expect(page.locator("#alfred-login")).to_contain_text("selina")
    expect(page.locator("#alfred-send")).to_be_enabled()


def ask(page: Page) -> None:
    send(page, "Plan a dinner for 9 guests")
    answered(page)
    expect(log(page)).to_contain_text("good evening")


def test_who_signs_in_pays_with_their_own_token_and_nobody_else_does(space, visit):
    signed_in, stranger = visit(), visit()
    sign_in(signed_in)
    expect(signed_in.locator("#alfred-who")).to_contain_text("your own Hugging Face account pays")
    ask(signed_in)
    ask(stranger)
    assert space.payers == [space.provider.token, SPACES_TOKEN]


def test_who_signs_out_pays_no_more(space, visit):
    page = visit()
    sign_in(page)
    page.get_by_role("button", name="Sign out (selina)").click()
    expect(page.get_by_role("button", name="Sign in with Hugging Face")).to_be_visible()
    expect(page.locator("#alfred-who")).not_to_contain_text("your own")
    expect(page.locator("#alfred-send")).to_be_enabled()
    ask(page)
    assert space.payers == [SPACES_TOKEN]


def test_a_token_is_in_no_page_no_address_no_storage_and_no_log(space, visit):
    page, asked = visit(), []
    page.on("request", lambda request: asked.append(request.url))
    sign_in(page)
    space.router.answer_with(Reply(status=401, error=f"{space.provider.token} is refused"), Reply(GOOD))
    send(page, "Plan a dinner for 9 guests")
    expect(log(page)).to_contain_text("refused the token")
    space.printed.wait_for("TokenError")
    kept = page.evaluate("JSON.stringify(localStorage) + JSON.stringify(sessionStorage) + document.cookie")
    for place in (page.content(), *asked, kept, space.printed.text):
        assert space.provider.token not in place
        assert SPACES_TOKEN not in place


def test_the_button_to_sign_in_is_no_endpoint(space):
    endpoints = Client(space.address, verbose=False).view_api(return_format="dict", print_info=False)
    assert sorted(endpoints["named_endpoints"]) == ["/chat", "/check_plan", "/export", "/plan_party"]
