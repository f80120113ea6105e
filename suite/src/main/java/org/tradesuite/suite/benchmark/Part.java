package org.tradesuite.suite.benchmark;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** What can be measured by itself. They run in this order; the live path first, because it is measured cold as well. */
enum Part {
    LIVE("decisions over HTTP to the NewOrderSingle at the broker: the first after the start, sustained, at a fixed"
            + " rate"),
    FILLS("execution reports over FIX to fills, positions and cash in the database"),
    ENGINE("decisions and execution reports to events, without a journal and with it"),
    RULES("every rule about one order, in a firm of 10,000 instruments, 1,000 accounts and 100,000 working orders"),
    APPEND("events into the journal, beside bare writers"),
    REPLAY("a journal of fills back into positions, beside one SQL aggregate"),
    END_OF_DAY("a broker's statement to breaks, the day's orders to the printed cost analysis"),
    RECONCILIATION("a broker's statement and our trades to classified breaks, beside COPY with a full join and beside"
            + " DuckDB; 1,000,000 trades, or --benchmark.trades=size,size,..."),
    STATEMENTS(
            "a custodian's MT535 and semt.002 of 100,000 holdings into the database, beside COPY and beside Prowide"),
    BREAKS("the first page of the break screen and its summary with 1,000,000 open breaks; takes minutes, only when"
            + " asked for"),
    HEAP("memory with 100,000 orders and 1,000,000 fills in the day; takes minutes, only when asked for"),
    RESTART("start on 1,000,000 events and 10,000 open orders; takes minutes, only when asked for");

    private final String what;

    Part(String what) {
        this.what = what;
    }

    /** As it is written on the command line. */
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The parts in a list such as {@code live,engine}.
     *
     * @throws IllegalArgumentException if one is unknown; the message lists them all
     */
    static Set<Part> of(String list) {
        var parts = EnumSet.noneOf(Part.class);
        for (var word : list.split(",", -1)) {
            parts.add(Arrays.stream(values())
                    .filter(part -> part.word().equals(word.strip()))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(
                            "There is nothing called '" + word + "' to measure.\n" + all())));
        }
        return parts;
    }

    /** What a run without a list measures. */
    static Set<Part> usual() {
        return EnumSet.complementOf(EnumSet.of(BREAKS, HEAP, RESTART));
    }

    static String all() {
        return Arrays.stream(values())
                .map(part -> "  %-12s %s".formatted(part.word(), part.what))
                .collect(Collectors.joining("\n", "--benchmark=part,part,... measures only these:\n", ""));
    }
}
