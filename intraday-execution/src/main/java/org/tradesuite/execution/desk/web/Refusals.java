package org.tradesuite.execution.desk.web;

import org.tradesuite.execution.engine.Effect.Outcome;
import org.tradesuite.openapi.problem.ProblemCode;
import org.tradesuite.web.ProblemException;

/** The engine's refusals in the codes of the contract. */
final class Refusals {
    private Refusals() {}

    static ProblemException problem(Outcome.Refused refused) {
        return new ProblemException(
                switch (refused.refusal()) {
                    case UNKNOWN_ORDER, UNKNOWN_BROKER -> ProblemCode.NOT_FOUND;
                    case BROKER_NOT_CONNECTED, ROUTE_IS_KNOWN, NOT_HELD -> ProblemCode.CONFLICT;
                    case ORDER_HAS_ENDED -> ProblemCode.ORDER_NOT_WORKING;
                    case BELOW_EXECUTED_QUANTITY -> ProblemCode.AMEND_BELOW_EXECUTED;
                    case NOT_ENTITLED -> ProblemCode.FORBIDDEN;
                    case AMENDMENT_WAITS -> ProblemCode.AMENDMENT_WAITS;
                    case NOTHING_TO_CHANGE -> ProblemCode.AMEND_CHANGES_NOTHING;
                    case NOT_A_LIMIT_ORDER -> ProblemCode.LIMIT_PRICE_NOT_ALLOWED;
                    case NOT_VALID -> ProblemCode.INVALID_VALUE;
                    case RISK -> ProblemCode.REFUSED_BY_RISK;
                    case ANOTHER_DAY_IS_OPEN -> ProblemCode.TRADING_DAY_ALREADY_OPEN;
                    case DAY_IS_NOT_OPEN -> ProblemCode.TRADING_DAY_NOT_OPEN;
                    case UNKNOWN_EXTERNAL_ORDER -> ProblemCode.NOT_FOUND;
                    case UNKNOWN_ACCOUNT -> ProblemCode.UNKNOWN_ACCOUNT;
                    case ACCOUNT_IS_NOT_ACTIVE -> ProblemCode.ACCOUNT_NOT_ACTIVE;
                    case UNKNOWN_INSTRUMENT -> ProblemCode.UNKNOWN_INSTRUMENT;
                    case NOT_AS_SEEN -> ProblemCode.STALE_VERSION;
                    case MAKER_IS_CHECKER -> ProblemCode.MAKER_IS_CHECKER;
                    case NOT_TO_BE_CLAIMED, NOTHING_TO_DISOWN -> ProblemCode.CONFLICT;
                    case UNKNOWN_SCOPE -> ProblemCode.SWITCH_SCOPE_UNKNOWN;
                    case UNKNOWN_SWITCH, UNKNOWN_BREAKER -> ProblemCode.NOT_FOUND;
                    case NEEDS_TWO_PERSONS -> ProblemCode.SWITCH_NEEDS_TWO_PERSONS;
                    case NOTHING_TO_REOPEN -> ProblemCode.SWITCH_NOT_TO_REOPEN;
                    case DAY_IS_CLOSED -> ProblemCode.TRADING_DAY_CLOSED;
                },
                refused.detail());
    }

    static ProblemException noOrder(String orderId) {
        return ProblemException.notFound("There is no order " + orderId + ". Look it up with GET /orders.");
    }

    /** For a request that is done or refused. */
    static void done(Outcome outcome) {
        if (outcome instanceof Outcome.Refused refused) {
            throw problem(refused);
        }
    }
}
