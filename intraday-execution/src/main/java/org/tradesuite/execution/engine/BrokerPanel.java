package org.tradesuite.execution.engine;

import java.util.HashSet;
import java.util.Set;
import org.tradesuite.execution.reference.Instrument;
import org.tradesuite.execution.routing.BrokerChoice;
import org.tradesuite.execution.routing.BrokerRouter;
import org.tradesuite.execution.routing.RoutingPolicy;
import org.tradesuite.market.BrokerId;
import org.tradesuite.market.Price;
import org.tradesuite.market.Quantity;

/** The brokers we may send to: who shall have an order. */
final class BrokerPanel {

    private final Desk desk;

    BrokerPanel(Desk desk) {
        this.desk = desk;
    }

    /**
     * The cheapest broker among those that may have orders now; if there is none, among all, to wait for. One that is tried
     * again comes before the cheapest, for as few orders as that takes.
     *
     * @param stopped brokers that may not have this order until somebody opens them again
     */
    BrokerChoice choose(
            Instrument instrument, Quantity quantity, Price price, Set<BrokerId> without, Set<BrokerId> stopped) {
        var able = new HashSet<>(desk.gates().open());
        able.removeAll(without);
        able.removeAll(stopped);
        var choice = BrokerRouter.choose(
                instrument, quantity, price, desk.reference(), desk.state().scorecards(), RoutingPolicy.STARTING, able);
        if (choice.broker() != null) {
            return probed(choice);
        }
        var all = new HashSet<BrokerId>();
        desk.reference().brokers().forEach(broker -> all.add(broker.id()));
        all.removeAll(without);
        return BrokerRouter.choose(
                instrument, quantity, price, desk.reference(), desk.state().scorecards(), RoutingPolicy.STARTING, all);
    }

    private BrokerChoice probed(BrokerChoice cheapest) {
        if (!desk.breakers().anyTried()) {
            return cheapest;
        }
        for (var each : cheapest.candidates()) {
            var why = each.excluded() == null ? desk.breakers().probe(each.broker()) : null;
            if (why != null) {
                return new BrokerChoice(each.broker(), cheapest.candidates(), why);
            }
        }
        return cheapest;
    }
}
