"""The clocks."""

from polybot.seam.clock import ManualClock, SystemClock


def test_a_manual_clock_stands_still() -> None:
    clock = ManualClock(5)

    assert [clock.now_ns(), clock.now_ns()] == [5, 5]


def test_a_manual_clock_moves_by_what_it_is_told() -> None:
    clock = ManualClock(5)

    clock.advance(2)

    assert clock.now_ns() == 7


def test_a_manual_clock_can_be_set_back() -> None:
    clock = ManualClock(5)

    clock.set(1)

    assert clock.now_ns() == 1


def test_the_system_clock_counts_nanoseconds_since_the_epoch() -> None:
    year_2020, year_2100 = 1_577_836_800 * 10**9, 4_102_444_800 * 10**9

    assert year_2020 < SystemClock().now_ns() < year_2100
