package org.tradesuite.execution.risk;

import org.jspecify.annotations.Nullable;
import org.tradesuite.execution.reference.Instrument;
import org.tradesuite.execution.reference.TradingList;
import org.tradesuite.execution.reference.TradingListEntry;

/** Has compliance something against it: did it put it on a list, or give nobody leave to trade it? */
final class ComplianceRules {

    private static final Answer NOT_RESTRICTED = Answer.pass(Seen.of("list", TradingList.RESTRICTED, "entry", "none"));
    private static final Answer NOT_WATCHED = Answer.pass(Seen.of("list", TradingList.WATCH, "entry", "none"));

    private ComplianceRules() {}

    /** Somebody has to have been given leave: what no row covers is refused. */
    static Answer permission(Facts facts) {
        return facts.withInstrument(instrument -> {
            var proposal = facts.proposal;
            return facts.reference
                    .permission(proposal.trader(), proposal.account(), proposal.strategy(), instrument)
                    .map(permission -> Answer.pass(Seen.lasting("permission", permission)))
                    .orElseGet(() -> Answer.block(
                            RefusalCode.PERMISSION_MISSING,
                            Seen.of(
                                    "trader",
                                    proposal.trader(),
                                    "account",
                                    proposal.account(),
                                    "strategy",
                                    proposal.strategy(),
                                    "instrument",
                                    instrument.id())));
        });
    }

    static Answer restrictedList(Facts facts) {
        return facts.withInstrument(instrument -> {
            var entry = first(facts, instrument, TradingList.RESTRICTED);
            return entry == null ? NOT_RESTRICTED : Answer.block(RefusalCode.RESTRICTED, seen(entry));
        });
    }

    static Answer watchList(Facts facts) {
        return facts.withInstrument(instrument -> {
            var entry = first(facts, instrument, TradingList.WATCH);
            return entry == null
                    ? NOT_WATCHED
                    : new Answer(null, null, Answer.NO_UNIT, Verdict.WARN, null, seen(entry));
        });
    }

    private static @Nullable TradingListEntry first(Facts facts, Instrument instrument, TradingList list) {
        for (var entry : facts.reference.tradingLists(instrument)) {
            if (entry.list() == list && entry.isAbout(facts.proposal.side(), facts.now())) {
                return entry;
            }
        }
        return null;
    }

    private static Seen seen(TradingListEntry entry) {
        return Seen.of(
                "list",
                entry.list(),
                "scope",
                entry.scope() + ":" + entry.scopeId(),
                "side",
                entry.side(),
                "valid",
                entry.validity(),
                "reason",
                entry.reason());
    }
}
