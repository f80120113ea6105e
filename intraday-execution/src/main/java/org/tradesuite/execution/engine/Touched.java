package org.tradesuite.execution.engine;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.tradesuite.execution.risk.SwitchScope;
import org.tradesuite.market.AccountId;
import org.tradesuite.market.BrokerId;
import org.tradesuite.market.Currency;
import org.tradesuite.market.InstrumentId;

/** What changed since the last batch was closed: the read-model rows to write with it. */
final class Touched {

    record Line(AccountId account, InstrumentId instrument) {}

    record Purse(AccountId account, Currency currency) {}

    final Set<String> orders = new LinkedHashSet<>();
    final Set<String> routes = new LinkedHashSet<>();
    final Set<Line> lines = new LinkedHashSet<>();
    final Set<Purse> purses = new LinkedHashSet<>();
    final Set<String> trades = new LinkedHashSet<>();
    final Set<String> externals = new LinkedHashSet<>();
    final Set<LocalDate> days = new LinkedHashSet<>();
    final Set<BrokerId> gates = new LinkedHashSet<>();
    final Set<SwitchScope> switches = new LinkedHashSet<>();
    final List<SwitchTables.Stopped> stopped = new ArrayList<>();

    void clear() {
        orders.clear();
        routes.clear();
        lines.clear();
        purses.clear();
        trades.clear();
        externals.clear();
        days.clear();
        gates.clear();
        switches.clear();
        stopped.clear();
    }
}
