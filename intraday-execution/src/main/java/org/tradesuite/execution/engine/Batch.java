package org.tradesuite.execution.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tradesuite.execution.order.ExternalOrder;
import org.tradesuite.execution.order.ParentOrder;
import org.tradesuite.execution.order.Route;
import org.tradesuite.execution.position.Position;
import org.tradesuite.execution.risk.Switch;
import org.tradesuite.market.BrokerId;
import org.tradesuite.market.Money;

/**
 * What one transaction carries: facts, the rows they change as they stand after the last of them, how far each broker's
 * messages are consumed, and what may leave once it is committed. Filled by the engine's thread and then handed over.
 */
final class Batch {

    record PositionRow(Touched.Line line, State.@Nullable Facts instrument, Position position) {}

    record CashRow(Touched.Purse purse, Money balance) {}

    /** Forms of answers that the journal does not know yet. */
    final List<AnswerForms.Numbered> forms = new ArrayList<>(0);

    final List<Recorded> facts = new ArrayList<>();
    final List<Effect> effects = new ArrayList<>();
    final Map<BrokerId, Long> sequences = new HashMap<>(4);

    final List<ParentOrder> orders = new ArrayList<>();
    final List<Route> routes = new ArrayList<>();
    final List<PositionRow> positions = new ArrayList<>();
    final List<CashRow> cash = new ArrayList<>();
    final List<TradeState> trades = new ArrayList<>();
    final List<ExternalOrder> externals = new ArrayList<>();
    final Map<java.time.LocalDate, Day> days = new LinkedHashMap<>();
    final Map<BrokerId, Gate> gates = new LinkedHashMap<>();
    final List<Switch> switches = new ArrayList<>();
    final List<SwitchTables.Stopped> stopped = new ArrayList<>();

    /** The state after the last of the facts, if it is to be written down. */
    State.@Nullable Content content;

    boolean isEmpty() {
        return !writes() && effects.isEmpty();
    }

    /** Whether there is anything to write; answers alone are released in their turn without a transaction. */
    boolean writes() {
        return hasEvents() || !sequences.isEmpty();
    }

    boolean hasEvents() {
        return !facts.isEmpty() || !forms.isEmpty();
    }

    /** Takes the changed rows as they are now. States are values, so nothing is copied. */
    void close(State state) {
        var touched = state.touched();
        for (var id : touched.orders) {
            var work = state.order(id);
            if (work != null) {
                orders.add(work.order);
            }
        }
        for (var id : touched.routes) {
            routes.add(state.route(id));
        }
        for (var line : touched.lines) {
            positions.add(new PositionRow(
                    line,
                    state.instrument(line.instrument()),
                    state.book().position(line.account(), line.instrument())));
        }
        for (var purse : touched.purses) {
            cash.add(new CashRow(purse, state.book().cash(purse.account(), purse.currency())));
        }
        for (var id : touched.trades) {
            var trade = state.trade(id);
            if (trade != null) {
                trades.add(trade);
            }
        }
        for (var id : touched.externals) {
            var external = state.externals().order(id);
            if (external != null) {
                externals.add(external);
            }
        }
        for (var date : touched.days) {
            var day = state.day(date);
            if (day != null) {
                days.put(date, day);
            }
        }
        for (var broker : touched.gates) {
            gates.put(broker, state.gate(broker));
        }
        for (var scope : touched.switches) {
            var each = state.switches().of(scope);
            if (each != null) {
                switches.add(each);
            }
        }
        stopped.addAll(touched.stopped);
        touched.clear();
    }
}
