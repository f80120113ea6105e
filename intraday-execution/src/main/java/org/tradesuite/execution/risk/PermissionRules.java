package org.tradesuite.execution.risk;

import org.tradesuite.execution.reference.Instrument;
import org.tradesuite.execution.reference.Standing;

/** May this be traded, by these, now? */
final class PermissionRules {

    private static final Answer ACTIVE = Answer.pass(Seen.of("status", Standing.ACTIVE));
    private static final Answer KNOWN = Answer.pass(Seen.inWords("known"));

    private PermissionRules() {}

    static Answer instrumentState(Facts facts) {
        return facts.withInstrument(instrument -> switch (instrument.status()) {
            case ACTIVE -> ACTIVE;
            case HALTED -> Answer.block(RefusalCode.INSTRUMENT_HALTED, state(instrument));
            case SUSPENDED -> Answer.block(RefusalCode.INSTRUMENT_SUSPENDED, state(instrument));
        });
    }

    private static Seen state(Instrument instrument) {
        return Seen.of("instrument", instrument.id(), "status", instrument.status());
    }

    static Answer account(Facts facts) {
        var id = facts.proposal.account();
        return facts.account
                .map(account -> account.status() == Standing.ACTIVE
                        ? ACTIVE
                        : Answer.block(
                                RefusalCode.ACCOUNT_NOT_ACTIVE, Seen.of("account", id, "status", account.status())))
                .orElseGet(() -> Answer.block(RefusalCode.ACCOUNT_UNKNOWN, Seen.of("account", id)));
    }

    static Answer strategy(Facts facts) {
        var id = facts.proposal.strategy();
        return facts.reference.strategy(id).isPresent()
                ? KNOWN
                : Answer.block(RefusalCode.STRATEGY_UNKNOWN, Seen.of("strategy", id));
    }

    static Answer trader(Facts facts) {
        var id = facts.proposal.trader();
        return facts.reference.trader(id).isPresent()
                ? KNOWN
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
                            Answer.pass(Seen.lasting("market", instrument.mic()).and("closes", session.close())))
                    .orElseGet(() ->
                            Answer.block(RefusalCode.MARKET_CLOSED, Seen.of("market", instrument.mic(), "at", when)));
        });
    }
}
