package org.tradesuite.execution.engine;

import java.time.LocalDate;
import org.tradesuite.execution.risk.SwitchScope;
import org.tradesuite.market.BrokerId;
import org.tradesuite.market.InstrumentId;

/** The names of the journal's streams: what a fact is about, then its id. */
final class Streams {
    private Streams() {}

    static String decision(String decisionId) {
        return "decision/" + decisionId;
    }

    static String order(String orderId) {
        return "order/" + orderId;
    }

    static String route(String routeId) {
        return "route/" + routeId;
    }

    static String day(LocalDate date) {
        return "day/" + date;
    }

    static String trade(String tradeId) {
        return "trade/" + tradeId;
    }

    /** What a broker reported that belongs to nothing of ours. */
    static String strays(BrokerId broker) {
        return "strays/" + broker;
    }

    /** An order a broker executes that is not ours. */
    static String external(String externalId) {
        return "external/" + externalId;
    }

    /** That we told a broker we do not know an execution. */
    static String dontKnow(String fillId) {
        return "dont-know/" + fillId;
    }

    /** Whether a broker may be given orders. */
    static String gate(BrokerId broker) {
        return "gate/" + broker;
    }

    /** How much may be traded under a switch. */
    static String trading(SwitchScope scope) {
        return "switch/" + scope.id();
    }

    static String breaker(String breakerId) {
        return "breaker/" + breakerId;
    }

    /** Whether an instrument trades at its market. */
    static String market(InstrumentId instrument) {
        return "market/" + instrument;
    }

    static String amendments(String orderId) {
        return "amendments/" + orderId;
    }

    /** What the rules said of its child orders. */
    static String children(String orderId) {
        return "children/" + orderId;
    }

    /** What a client who trades by FIX was told. */
    static String client(String client) {
        return "client/" + client;
    }

    /** What drop copies tell of orders that did not come by FIX. */
    static final String COPIES = "copies/desk";

    static final String REFERENCE = "reference/data";

    static final String LIMITS = "reference/limits";

    static String id(String stream) {
        return stream.substring(stream.indexOf('/') + 1);
    }
}
