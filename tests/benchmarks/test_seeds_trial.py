from benchmarks.seeds.plan import Terms, Trial
from benchmarks.seeds.trial import attempt
from polybot.simulation.crews import Crew


def test_one_market_is_traded_once_for_each_latency() -> None:
    terms = Terms(hours=0.25, warmup_hours=0.25)
    trial = Trial(terms=terms, makers=Crew.SLOW, seed=3, extra_ms=(0, 1_000))

    now, late = attempt(trial)

    assert (now.case, late.case) == ((Crew.SLOW, 3, 0), (Crew.SLOW, 3, 1_000))
    assert now.windows == late.windows == 8
    assert now.verdict == "not enough evidence"
