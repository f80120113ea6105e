package org.tradesuite.reconciliation.broker;

import static java.util.Comparator.comparing;

import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tradesuite.market.Currency;
import org.tradesuite.reconciliation.match.Item;
import org.tradesuite.reconciliation.match.Partitions;
import org.tradesuite.reconciliation.match.Slab;

/**
 * Charges of a trade reported fill by fill: their sum against ours, once every fill has its row. The row that is furthest
 * from its share is named. The fills wait, parted by their trade, until all are there.
 */
final class FillCharges implements AutoCloseable {

    private static final int PARTS = 64;
    private static final int BUFFER = 1 << 15;
    private static final int HEAD = 4;

    /** A fill of ours and, if it has one, the row about it. */
    private record Fill(
            String trade,
            String fill,
            String account,
            String instrument,
            String side,
            String currency,
            BigDecimal ours,
            BigDecimal gross,
            @Nullable BigDecimal theirs,
            String reference,
            long statement,
            int line,
            long offset) {

        private static final int VALUES = 13;

        static Fill of(String text) {
            var values = text.split("\t", VALUES);
            return new Fill(
                    values[0],
                    values[1],
                    values[2],
                    values[3],
                    values[4],
                    values[5],
                    new BigDecimal(values[6]),
                    new BigDecimal(values[7]),
                    values[8].isEmpty() ? null : new BigDecimal(values[8]),
                    values[9],
                    Long.parseLong(values[10]),
                    Integer.parseInt(values[11]),
                    Long.parseLong(values[12]));
        }

        BigDecimal charged() {
            return theirs == null ? BigDecimal.ZERO : theirs;
        }
    }

    private final Partitions fills;

    FillCharges(Path folder) {
        fills = new Partitions(folder, "charges", PARTS, BUFFER);
    }

    void paired(Item our, Item their, Statements statements) {
        if (our.has(TradeColumns.TRADE)) {
            // A row about several fills is counted once, by its line.
            var reference = their.value(TradeColumns.REFERENCE);
            add(
                    our,
                    BrokerOutcome.number(their, TradeColumns.COSTS)
                                    .add(BrokerOutcome.number(their, TradeColumns.TAX))
                                    .toPlainString()
                            + "\t" + (reference == null ? "" : reference) + "\t"
                            + statements.id(their.place()) + "\t" + their.line() + "\t"
                            + RowReader.offset(their.place()));
        }
    }

    void alone(Item our) {
        if (our.has(TradeColumns.TRADE)) {
            add(our, "\t\t0\t0\t0");
        }
    }

    private void add(Item our, String theirs) {
        var trade = String.valueOf(our.value(TradeColumns.TRADE));
        var text = String.join(
                "\t",
                trade,
                our.value(TradeColumns.REFERENCE),
                our.value(TradeColumns.ACCOUNT),
                our.value(TradeColumns.INSTRUMENT),
                our.value(TradeColumns.SIDE),
                our.value(TradeColumns.CURRENCY),
                our.value(TradeColumns.COSTS),
                our.value(TradeColumns.GROSS),
                theirs);
        var octets = text.getBytes(StandardCharsets.UTF_8);
        var entry =
                ByteBuffer.allocate(HEAD + octets.length).putInt(octets.length).put(octets);
        fills.append((trade.hashCode() & Integer.MAX_VALUE) % PARTS, entry.array(), 0, entry.capacity());
    }

    /** Compares every trade, when all fills have been told. */
    void compare(Source source, Tolerances tolerances, KnownHere known, FoundBreaks found) {
        var slab = new Slab();
        for (var part = 0; part < PARTS; part++) {
            fills.take(part, slab);
            var trades = new HashMap<String, List<Fill>>();
            var entries = ByteBuffer.wrap(slab.octets, 0, slab.size);
            while (entries.hasRemaining()) {
                var octets = new byte[entries.getInt()];
                entries.get(octets);
                var fill = Fill.of(new String(octets, StandardCharsets.UTF_8));
                trades.computeIfAbsent(fill.trade(), none -> new ArrayList<>()).add(fill);
            }
            for (var trade : trades.values()) {
                compare(trade, source, tolerances, known, found);
            }
        }
    }

    private static void compare(
            List<Fill> fills, Source source, Tolerances tolerances, KnownHere known, FoundBreaks found) {
        var first = fills.getFirst();
        var theirs = BigDecimal.ZERO;
        var gross = BigDecimal.ZERO;
        var rows = new HashSet<List<Long>>();
        for (var fill : fills) {
            if (fill.theirs() == null) {
                return;
            }
            gross = gross.add(fill.gross());
            if (rows.add(List.of(fill.statement(), (long) fill.line()))) {
                theirs = theirs.add(fill.charged());
            }
        }
        var difference = theirs.subtract(first.ours());
        if (difference.abs().compareTo(tolerances.amount(gross, Currency.of(first.currency()))) <= 0) {
            return;
        }
        var all = gross;
        var furthest = Collections.min(
                fills,
                comparing((Fill fill) -> fill.charged()
                                .subtract(share(first.ours(), fill.gross(), all))
                                .abs()
                                .negate())
                        .thenComparing(Fill::fill));
        found.add(new FoundBreaks.Found(
                List.of(source.feed().name(), "AMOUNT", source.broker(), first.trade()),
                "AMOUNT",
                furthest.account(),
                furthest.instrument(),
                known.isin(furthest.instrument()),
                furthest.currency(),
                furthest.reference(),
                furthest.side(),
                FoundBreaks.plain(first.ours()),
                FoundBreaks.plain(theirs),
                FoundBreaks.plain(difference),
                difference.abs(),
                "Commission and fees of trade " + first.trade() + ".",
                first.trade(),
                furthest.statement(),
                furthest.line(),
                furthest.offset(),
                null));
    }

    private static BigDecimal share(BigDecimal costs, BigDecimal gross, BigDecimal all) {
        return all.signum() == 0 ? BigDecimal.ZERO : costs.multiply(gross).divide(all, MathContext.DECIMAL64);
    }

    @Override
    public void close() {
        fills.close();
    }
}
