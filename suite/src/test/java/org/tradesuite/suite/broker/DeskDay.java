package org.tradesuite.suite.broker;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.tradesuite.suite.broker.OrderDesk.Outgoing;
import org.tradesuite.suite.market.Listing;
import org.tradesuite.suite.market.Market;
import org.tradesuite.suite.market.ReferenceFiles;
import org.tradesuite.suite.market.Seed;

/** A broker's desk without its session: orders in, log entries out, and a day of two hundred orders to try it with. */
final class DeskDay {

    static final LocalDate DATE = LocalDate.of(2026, 1, 5);
    static final ReferenceFiles FILES = ReferenceFiles.onClassPath();
    static final Market MARKET = Market.of(FILES, 7, DATE);

    final List<BrokerLog.Entry> log = new ArrayList<>();
    final OrderDesk orders;

    DeskDay(BrokerProfile profile) {
        this.orders = new OrderDesk(profile, MARKET, new Seed(7));
    }

    void receive(Fields fields, Instant at) {
        take(new BrokerLog.Entry(log.size() + 1L, at, true, 0, fields.values()));
    }

    void run(Instant now) {
        for (Outgoing next = orders.due(now); next != null; next = orders.due(now)) {
            take(new BrokerLog.Entry(
                    log.size() + 1L,
                    next.at(),
                    false,
                    next.answers(),
                    next.fields().values()));
        }
    }

    void take(BrokerLog.Entry entry) {
        log.add(entry);
        if (entry.in()) {
            orders.received(entry);
        } else {
            orders.sent(entry);
        }
    }

    /** Orders of four accounts over all listings, each sent while its market is open. */
    static List<Fields> flow() {
        List<Listing> listings = MARKET.listings().stream()
                .sorted(java.util.Comparator.comparing(Listing::instrumentId))
                .toList();
        List<Fields> flow = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            Listing listing = listings.get(i % listings.size());
            Instant at = Instant.parse(
                    switch (listing.mic()) {
                        case "XTKS" -> "2026-01-05T00:30:00Z";
                        case "XNYS" -> "2026-01-05T15:00:00Z";
                        default -> "2026-01-05T10:00:00Z";
                    });
            String isin = listing.isin();
            flow.add(new Fields("D")
                    .put(1, "GEQ" + (1 + i % 2))
                    .put(11, "O" + i)
                    .put(15, listing.currency())
                    .put(22, isin == null ? null : "4")
                    .put(48, isin)
                    .put(38, listing.lotSize().multiply(java.math.BigDecimal.valueOf(1 + 37L * i)))
                    .put(40, "1")
                    .put(54, i % 3 == 0 ? "2" : "1")
                    .put(55, listing.symbol())
                    .put(59, "0")
                    .put(60, OrderDesk.timestamp(at.plusSeconds(i)))
                    .put(207, listing.mic()));
        }
        return flow;
    }

    static Instant sentAt(Fields order) {
        String text = order.need(60);
        return Instant.parse("2026-01-05T" + text.substring(9) + "Z");
    }

    /** What was done for each order, whatever the order of things between them. */
    Map<String, List<String>> fates() {
        Map<String, List<String>> fates = new TreeMap<>();
        for (BrokerLog.Entry entry : log) {
            Map<Integer, String> fields = entry.fields();
            if (!entry.in()) {
                fates.computeIfAbsent(String.valueOf(fields.get(11)), id -> new ArrayList<>())
                        .add(fields.get(150) + " " + fields.get(39) + " " + fields.get(32) + " " + fields.get(31) + " "
                                + fields.get(60));
            }
        }
        return fates;
    }
}
