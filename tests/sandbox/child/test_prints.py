"""Prints: all of a little, the ends of a lot."""

from smolagents.utils import truncate_content

from alfred.sandbox.child.prints import Prints


def test_a_little_is_kept_whole():
    prints = Prints(100)
    print("a", 1, file=prints)
    assert prints.text() == "a 1\n"


def test_a_lot_is_cut_as_smolagents_cuts_it():
    prints, text = Prints(100), "".join(f"{number} " for number in range(80))
    prints.write(text)
    assert prints.text() == truncate_content(text, 100)


def test_a_flood_takes_no_more_room_than_a_lot():
    prints = Prints(100)
    for number in range(10_000):
        print(number, file=prints)
    assert sum(map(len, prints.parts)) < 2_000
    assert prints.text().startswith("0\n1\n")
    assert prints.text().endswith("9998\n9999\n")


def test_clear_forgets():
    prints = Prints(10)
    prints.write("x" * 5_000)
    prints.clear()
    assert prints.text() == ""
