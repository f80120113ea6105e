package org.tradesuite.execution.risk;

import org.tradesuite.execution.reference.Standing;

/** May this be traded, by these, now? */
final class PermissionRules {

    private PermissionRules() {}

    static Answer instrumentState(Facts facts) {
        return facts.withInstrument(instrument -> {
            var seen = Seen.of("instrument", instrument.id(), "status", instrument.status());
            return switch (instrument.status()) {
                case ACTIVE -> Answer.pass(seen);
                case HALTED -> Answer.block(RefusalCode.INSTRUMENT_HALTED, seen);
                case SUSPENDED -> Answer.block(RefusalCode.INSTRUMENT_SUSPENDED, seen);
            };
        });
    }

    static Answer account(Facts facts) {
        var id = facts.proposal.account();
        return facts.account
                .map(account -> account.status() == Standing.ACTIVE
                        ? Answer.pass(Seen.of("account", id, "status", Standing.ACTIVE))
                        : Answer.block(
                                RefusalCode.ACCOUNT_NOT_ACTIVE, Seen.of("account", id, "status", account.status())))
                .orElseGet(() -> Answer.block(RefusalCode.ACCOUNT_UNKNOWN, Seen.of("account", id)));
    }

    static Answer strategy(Facts facts) {
        var id = facts.proposal.strategy();
        return facts.reference.strategy(id).isPresent()
                ? Answer.pass(Seen.of("strategy", id))
                : Answer.block(RefusalCode.STRATEGY_UNKNOWN, Seen.of("strategy", id));
    }

    static Answer trader(Facts facts) {
        var id = facts.proposal.trader();
        return facts.reference.trader(id).isPresent()
                ? Answer.pass(Seen.of("trader", id))
                : Answer.block(RefusalCode.TRADER_UNKNOWN, Seen.of("trader", id));
    }

    /** The market must be open when the order is to be worked: now, or at a start time that is still to come. */
    static Answer marketSession(Facts facts) {
        return facts.withInstrument(instrument -> {
            var start = facts.proposal.start();
            var when = start != null && start.isAfter(facts.now()) ? start : facts.now();
            if (!facts.reference.knowsSessionsOf(instrument.mic())) {
                return Answer.block(RefusalCode.SESSIONS_MISSING, Seen.of("market", instrument.mic()));
            }
            return facts.reference
                    .openSession(instrument.mic(), when)
                    .map(session ->
                            Answer.pass(Seen.of("market", instrument.mic(), "at", when, "closes", session.close())))
                    .orElseGet(() ->
                            Answer.block(RefusalCode.MARKET_CLOSED, Seen.of("market", instrument.mic(), "at", when)));
        });
    }
}
