package org.tradesuite.execution.engine;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tradesuite.market.InstrumentId;

/**
 * Keeps what the market published: every trade, and the quote at most once a second for each instrument. It is not part of
 * the journal: what a decision used is in its facts. If the database is away, or slower than the market, for longer than
 * the tape is long, what came then is missing and the log says how much.
 */
final class MarketTape implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(MarketTape.class);
    private static final int LENGTH = 1 << 18;
    private static final int ROWS = 10_000;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private static final String KEEP_PRINTS = """
        insert into execution.market_print (instrument_id, print_time, price, quantity)
        select * from unnest(?::text[], ?::timestamptz[], ?::numeric[], ?::numeric[])
        """;
    private static final String KEEP_QUOTES = """
        insert into execution.market_quote (instrument_id, quote_time, bid, ask)
        select * from unnest(?::text[], ?::timestamptz[], ?::numeric[], ?::numeric[])
        """;

    /** Two numbers of an instrument at a time: price and quantity, or bid and ask. */
    private record Line(boolean print, InstrumentId instrument, Instant at, BigDecimal first, BigDecimal second) {}

    private final DataSource dataSource;
    private final Inbox<Line> tape = new Inbox<>(LENGTH);
    private final Map<InstrumentId, Long> quoted = new ConcurrentHashMap<>();
    private final AtomicLong missing = new AtomicLong();
    private volatile boolean stopping;
    private boolean away;

    MarketTape(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    void keep(Input.MarketTrade trade) {
        add(new Line(
                true,
                trade.instrument(),
                trade.at(),
                trade.price().value(),
                trade.quantity().value()));
    }

    void keep(Input.MarketQuote quote) {
        var second = quote.at().getEpochSecond();
        var before = quoted.get(quote.instrument());
        if (before == null || before < second) {
            quoted.put(quote.instrument(), second);
            add(new Line(
                    false,
                    quote.instrument(),
                    quote.at(),
                    quote.bid().value(),
                    quote.ask().value()));
        }
    }

    private void add(Line line) {
        if (!tape.offer(line)) {
            missing.incrementAndGet();
        }
    }

    void stop() {
        stopping = true;
    }

    @Override
    public void run() {
        List<Line> lines = new ArrayList<>(ROWS);
        while (!stopping || !tape.isEmpty() || !lines.isEmpty()) {
            if (lines.size() < ROWS) {
                tape.drain(lines::add, ROWS - lines.size());
            }
            if (lines.isEmpty()) {
                LockSupport.parkNanos(this, PAUSE_NANOS);
                continue;
            }
            var more = lines.size() >= ROWS;
            try {
                write(lines);
                lines.clear();
                away = false;
                var lost = missing.getAndSet(0);
                if (lost > 0) {
                    LOG.warn(
                            "{} prints and quotes are missing on the tape: the database was away, or slower than the"
                                    + " market.",
                            lost);
                }
            } catch (SQLException failed) {
                if (!away) {
                    away = true;
                    LOG.warn("The market's tape cannot be written at the moment: {}", failed.getMessage());
                }
                if (stopping) {
                    return;
                }
            }
            if (away || !more) {
                LockSupport.parkNanos(this, PAUSE_NANOS);
            }
        }
    }

    private void write(List<Line> lines) throws SQLException {
        try (var connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            insert(connection, KEEP_PRINTS, lines.stream().filter(Line::print).toList());
            insert(
                    connection,
                    KEEP_QUOTES,
                    lines.stream().filter(line -> !line.print()).toList());
            connection.commit();
        }
    }

    private static void insert(java.sql.Connection connection, String statement, List<Line> lines) throws SQLException {
        if (lines.isEmpty()) {
            return;
        }
        try (var insert = connection.prepareStatement(statement)) {
            insert.setArray(
                    1,
                    connection.createArrayOf(
                            "text",
                            lines.stream()
                                    .map(line -> line.instrument().toString())
                                    .toArray()));
            insert.setArray(
                    2,
                    connection.createArrayOf(
                            "text",
                            lines.stream().map(line -> line.at().toString()).toArray()));
            insert.setArray(
                    3,
                    connection.createArrayOf(
                            "numeric", lines.stream().map(Line::first).toArray()));
            insert.setArray(
                    4,
                    connection.createArrayOf(
                            "numeric", lines.stream().map(Line::second).toArray()));
            insert.executeUpdate();
        }
    }
}
