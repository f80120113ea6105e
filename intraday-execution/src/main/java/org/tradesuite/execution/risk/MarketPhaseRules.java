package org.tradesuite.execution.risk;

/** Does the market let it trade? What it never said of an instrument restricts nothing; its reference data do. */
final class MarketPhaseRules {

    private static final Answer NOTHING_SAID = Answer.pass(Seen.of("status", "none"));
    private static final Answer NO_BAND = Answer.pass(Seen.of("band", "none"));

    private MarketPhaseRules() {}

    static Answer halt(Facts facts) {
        var phase = facts.phase;
        if (phase == null) {
            return NOTHING_SAID;
        }
        var seen = Seen.lasting("instrument", phase.instrument(), "status", phase.status())
                .and("since", phase.since());
        return phase.trades() || facts.addsNothing()
                ? Answer.pass(seen)
                : Answer.block(RefusalCode.MARKET_HALTED, seen);
    }

    /** A limit beyond the band would be refused by the market, or trade where it means to prevent trading. */
    static Answer band(Facts facts) {
        var phase = facts.phase;
        var limit = facts.proposal.limit();
        if (phase == null || limit == null || (phase.low() == null && phase.high() == null)) {
            return NO_BAND;
        }
        var seen = Seen.of(
                "low",
                phase.low() == null ? "none" : phase.low(),
                "high",
                phase.high() == null ? "none" : phase.high(),
                "since",
                phase.since());
        var edge = phase.edge(limit);
        var unit = facts.instrument.map(each -> each.currency().toString()).orElse(Answer.NO_UNIT);
        return edge == null
                ? Answer.pass(limit.value(), null, unit, seen)
                : Answer.block(RefusalCode.PRICE_OUTSIDE_BAND, limit.value(), edge.value(), unit, seen);
    }
}
