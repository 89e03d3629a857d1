from hypothesis import given
from hypothesis import strategies as st

from polybot.domain.series import NS
from polybot.recording.catalog.clock import LEAD_BOUND_NS, KnowledgeClock

T0 = 1_780_000_000 * NS
MS = 1_000_000


def test_a_late_message_is_known_when_it_was_received() -> None:
    clock = KnowledgeClock()

    assert clock.stamp(T0, T0 - 138 * NS) == T0
    assert clock.stamp(T0 + MS, T0 + MS - 5 * MS) == T0 + MS


def test_a_receive_clock_that_runs_behind_is_moved_by_the_largest_lead() -> None:
    clock = KnowledgeClock()

    assert clock.stamp(T0, T0 + 80 * MS) == T0 + 80 * MS
    assert clock.stamp(T0 + 10 * MS, T0 + 20 * MS) == T0 + 90 * MS
    assert clock.report().largest_correction_ns == 80 * MS


def test_a_lead_is_forgotten_two_minutes_later() -> None:
    clock = KnowledgeClock()
    clock.stamp(T0, T0 + 80 * MS)

    later = T0 + 180 * NS
    assert clock.stamp(later, later) == later


def test_a_wild_venue_stamp_moves_nothing() -> None:
    clock = KnowledgeClock()

    assert clock.stamp(T0, T0 + LEAD_BOUND_NS + 1) == T0
    assert clock.report().outliers == 1


def test_ties_are_broken_in_order_of_receipt() -> None:
    clock = KnowledgeClock()

    assert [clock.stamp(T0, T0) for _ in range(3)] == [T0, T0 + 1, T0 + 2]
    assert clock.report().nudged == 2


def test_a_message_for_two_tokens_takes_two_instants() -> None:
    clock = KnowledgeClock()
    clock.stamp(T0, T0, slots=2)

    assert clock.stamp(T0, T0) == T0 + 2


MESSAGES = st.tuples(st.integers(-(10**10), 10**12), st.integers(-(10**12), 10**11))


@given(st.lists(MESSAGES, max_size=40))
def test_time_always_grows_and_stays_at_or_after_receipt(moves: list[tuple[int, int]]) -> None:
    clock, last, received = KnowledgeClock(), 0, T0
    for step, lead in moves:
        received = max(T0, received + step)
        ts = clock.stamp(received, received + lead)
        assert ts > last
        assert ts >= received
        assert lead > LEAD_BOUND_NS or ts >= received + lead
        last = ts
