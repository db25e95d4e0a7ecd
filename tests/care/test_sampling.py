"""The yearly check draws fairly, and anybody can draw the same again."""

from __future__ import annotations

from collections import Counter

from bot.care.sampling import File, draw


def _files(township: str, count: int) -> list[File]:
    return [File(f"{township}{number:04}", f"{township}201") for number in range(count)]


def test_a_tenth_of_each_township_but_at_least_five() -> None:
    drawn = draw([*_files("220182101", 120), *_files("220182102", 20), *_files("220182103", 3)], "2026")
    assert Counter(one.township for one in drawn) == {"220182101": 12, "220182102": 5, "220182103": 3}


def test_the_same_seed_gives_the_same_sample_in_whatever_order_the_files_come() -> None:
    files = _files("220182101", 100)
    assert draw(files, "2026") == draw(reversed(files), "2026")
    assert draw(files, "2026") != draw(files, "2027")


def test_every_file_with_an_emergency_is_in_beside_the_drawn_ones() -> None:
    files = [*_files("220182101", 60), File("E1", "220182101201", emergency=True)]
    files.append(File("C1", "220182101201", carried=True))
    drawn = draw(files, "2026")
    assert Counter(one.why for one in drawn) == {"drawn": 7, "emergency": 1, "carried": 1}


def test_over_ten_thousand_draws_no_file_is_favoured() -> None:
    files = _files("220182101", 10)
    counts = Counter(one.number for seed in range(10_000) for one in draw(files, str(seed)))
    # Five of ten each time: 5,000 expected, standard deviation 50; nine of them either way is one in a billion.
    assert len(counts) == 10
    assert all(abs(count - 5_000) < 300 for count in counts.values())
