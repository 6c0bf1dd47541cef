"""Many visitors at once: nobody sees another's party, and everybody gets their own."""

from playwright.sync_api import expect

from tests.browser.desk import answered, board, log, send

CASTLES = [f"Castle {letter}{letter.lower()}" for letter in "ABCDEFGHIJKLMNOPQRST"]


def test_two_visitors_do_not_see_each_other(address, open_page):
    first, second = open_page(address), open_page(address)
    send(first, f"Plan a dinner at {CASTLES[0]} for 11 guests")
    send(second, f"Plan a dinner at {CASTLES[1]} for 22 guests")
    answered(first)
    answered(second)
    for page, own, other in ((first, *CASTLES[:2]), (second, *CASTLES[1::-1])):
        expect(log(page)).to_contain_text(own)
        expect(board(page)).to_contain_text(own)
        expect(page.locator("body")).not_to_contain_text(other)


def test_twenty_visitors_at_once_see_their_own_answers(address, open_page):
    pages = {castle: open_page(address) for castle in CASTLES}
    for castle, page in pages.items():
        send(page, f"Plan a dinner at {castle} for 9 guests")
    for castle, page in pages.items():
        expect(board(page)).to_contain_text(castle)
        shown = page.locator("body").inner_text()
        assert [other for other in CASTLES if other in shown] == [castle]


def test_one_visitor_has_one_turn_at_a_time_in_two_tabs_two(address, open_page):
    page = open_page(address)
    other = page.context.new_page()
    other.goto(address, wait_until="domcontentloaded")
    send(page, f"Plan a dinner at {CASTLES[0]} for 11 guests")
    other.locator("#alfred-request textarea").wait_for()
    send(other, f"Plan a dinner at {CASTLES[1]} for 22 guests")
    expect(board(page)).to_contain_text(CASTLES[0])
    expect(board(other)).to_contain_text(CASTLES[1])
