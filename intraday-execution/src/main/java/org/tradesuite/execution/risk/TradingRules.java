package org.tradesuite.execution.risk;

import java.math.BigDecimal;
import org.tradesuite.market.Side;

/** Has somebody stopped this? */
final class TradingRules {

    private static final Answer ACTIVE = Answer.pass(Seen.of("state", TradingState.ACTIVE));

    private TradingRules() {}

    /**
     * Under a halt nothing is added: an amendment may make an order smaller or change its price, and no more. While positions
     * are only reduced, an order may bring its position closer to flat, together with what works for it already, and not
     * through it.
     */
    static Answer tradingState(Facts facts) {
        var strictest = facts.switches.free() ? null : facts.switches.strictest(scope(facts));
        if (strictest == null) {
            return ACTIVE;
        }
        var seen = Seen.of(
                "switch",
                strictest.scope(),
                "state",
                strictest.state(),
                "by",
                strictest.by(),
                "since",
                strictest.since(),
                "reason",
                strictest.reason());
        if (facts.addsNothing()) {
            return Answer.pass(seen);
        }
        return switch (strictest.state()) {
            case ACTIVE -> Answer.pass(seen);
            case HALTED -> Answer.block(RefusalCode.TRADING_HALTED, seen);
            case REDUCING -> reducing(facts, seen);
        };
    }

    private static Answer reducing(Facts facts, Seen seen) {
        var side = facts.proposal.side();
        var working = side == Side.BUY ? facts.otherWorkingBuys() : facts.otherWorkingSells();
        var room = TradingState.roomToFlat(side, facts.held()).subtract(working).max(BigDecimal.ZERO);
        var wanted = facts.proposal.quantity().value();
        return wanted.compareTo(room) > 0
                ? Answer.block(RefusalCode.TRADING_REDUCING_ONLY, wanted, room, Answer.UNITS, seen)
                : Answer.pass(wanted, room, Answer.UNITS, seen);
    }

    private static SwitchScope scope(Facts facts) {
        var proposal = facts.proposal;
        return SwitchScope.ofOrder(
                facts.reference,
                proposal.trader(),
                proposal.account(),
                proposal.strategy(),
                proposal.algorithm(),
                proposal.instrument());
    }
}
