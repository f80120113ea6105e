package org.tradesuite.reconciliation.custodian;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tradesuite.reconciliation.delivery.Delivery;
import org.tradesuite.reconciliation.statement.KeptPage;
import org.tradesuite.reconciliation.statement.Line;
import org.tradesuite.reconciliation.statement.Page;
import org.tradesuite.reconciliation.statement.PageSink;
import org.tradesuite.reconciliation.statement.PageTotals;
import org.tradesuite.reconciliation.statement.Refusal;
import org.tradesuite.reconciliation.statement.Span;
import org.tradesuite.runsheet.intake.CopyLoader;

/**
 * Loads the lines of pages as they are read, some thousand at a time, so that a statement of any length takes the same
 * memory. Lines of a message that turns out to be unreadable are taken out again.
 */
final class PageLoader implements PageSink {

    /** A finding of a line and the page it is on. */
    record Found(long page, int number, Refusal refusal, String subject, String detail, Span span) {}

    /** A message that was not understood and the place where it stands. */
    record NotRead(Unread unread, Delivery file, String member) {}

    private static final int BATCH = 20_000;
    private static final int MOST_FINDINGS = 10_000;

    /** One table and the rows that wait for it. */
    private static final class Table {

        private final CopyLoader loader;
        private final String forget;
        private final List<@Nullable Object[]> rows = new ArrayList<>();
        private boolean sent;

        Table(String name, String... columns) {
            var all = new ArrayList<>(List.of("page_id", "number"));
            all.addAll(List.of(columns));
            this.loader = CopyLoader.into("reconciliation." + name, all.toArray(String[]::new));
            this.forget = "delete from reconciliation." + name + " where page_id = :page";
        }

        void add(@Nullable Object... row) {
            rows.add(row);
        }

        void send(Connection connection) throws SQLException {
            if (!rows.isEmpty()) {
                loader.load(connection, rows.iterator());
                rows.clear();
                sent = true;
            }
        }
    }

    private final Table positions = new Table(
            "position_row",
            "isin",
            "other_id",
            "quantity_type",
            "quantity",
            "available",
            "not_available",
            "amortised",
            "line",
            "from_character",
            "length");
    private final Table parts = new Table("position_part", "part", "code", "availability", "quantity_type", "quantity");
    private final Table cash = new Table(
            "cash_row",
            "entry_status",
            "value_date",
            "booking_date",
            "amount",
            "reversal",
            "kind",
            "reference",
            "their_reference",
            "narrative",
            "batch",
            "line",
            "from_character",
            "length");
    private final Table balances = new Table("cash_balance", "code", "amount", "currency", "balance_date");
    private final Table movements = new Table(
            "movement_row",
            "isin",
            "other_id",
            "quantity_type",
            "quantity",
            "amount",
            "currency",
            "reference",
            "their_reference",
            "trade_date",
            "settled_on",
            "reversal",
            "corporate_action",
            "line",
            "from_character",
            "length");
    private final Table pending = new Table(
            "pending_row",
            "isin",
            "other_id",
            "quantity_type",
            "quantity",
            "amount",
            "currency",
            "reference",
            "their_reference",
            "trade_date",
            "settlement_date",
            "settlement_status",
            "reasons",
            "line",
            "from_character",
            "length");
    private final List<Table> tables = List.of(positions, parts, cash, balances, movements, pending);

    private final JdbcClient jdbc;
    private final Connection connection;
    private final IntakeProgress progress;
    private final List<KeptPage> pages = new ArrayList<>();
    private final List<NotRead> notRead = new ArrayList<>();
    private final List<Found> findings = new ArrayList<>();
    private @Nullable Delivery file;
    private String member = "";
    private PageTotals totals = new PageTotals();
    private long page;
    private int number;
    /** Lines, of however many pages, that were not sent yet. */
    private int waiting;

    private int firstFinding;

    PageLoader(JdbcClient jdbc, Connection connection, IntakeProgress progress) {
        this.jdbc = jdbc;
        this.connection = connection;
        this.progress = progress;
    }

    /** What follows is of this member of this file. */
    void reads(Delivery next, String nextMember) {
        file = next;
        member = nextMember;
    }

    List<KeptPage> pages() {
        return pages;
    }

    List<NotRead> notRead() {
        return notRead;
    }

    List<Found> findings() {
        return findings;
    }

    @Override
    public void line(Line line) throws IOException {
        begin();
        number++;
        totals.add(line);
        var span = line.span();
        progress.row(span);
        switch (line) {
            case Line.Holding holding -> {
                judge(holding.isin(), holding.otherId(), holding.type(), holding.quantity(), span);
                positions.add(
                        page,
                        number,
                        holding.isin(),
                        holding.otherId(),
                        holding.type(),
                        holding.quantity(),
                        holding.available(),
                        holding.notAvailable(),
                        holding.amortised(),
                        span.line(),
                        span.from(),
                        span.length());
                var part = 0;
                for (var sub : holding.subBalances()) {
                    parts.add(page, number, ++part, sub.code(), sub.available(), sub.type(), sub.quantity());
                }
            }
            case Line.CashEntry entry ->
                cash.add(
                        page,
                        number,
                        entry.status(),
                        entry.valueDate(),
                        entry.bookingDate(),
                        entry.amount(),
                        entry.reversal(),
                        entry.kind(),
                        entry.reference(),
                        entry.theirReference(),
                        entry.text(),
                        entry.batch(),
                        span.line(),
                        span.from(),
                        span.length());
            case Line.Movement movement -> {
                judge(movement.isin(), movement.otherId(), movement.type(), movement.quantity(), span);
                movements.add(
                        page,
                        number,
                        movement.isin(),
                        movement.otherId(),
                        movement.type(),
                        movement.quantity(),
                        movement.amount(),
                        movement.currency(),
                        movement.reference(),
                        movement.theirReference(),
                        movement.tradeDate(),
                        movement.settledOn(),
                        movement.reversal(),
                        movement.corporateAction(),
                        span.line(),
                        span.from(),
                        span.length());
            }
            case Line.Pending waiting -> {
                judge(waiting.isin(), waiting.otherId(), waiting.type(), waiting.quantity(), span);
                pending.add(
                        page,
                        number,
                        waiting.isin(),
                        waiting.otherId(),
                        waiting.type(),
                        waiting.quantity(),
                        waiting.amount(),
                        waiting.currency(),
                        waiting.reference(),
                        waiting.theirReference(),
                        waiting.tradeDate(),
                        waiting.settlementDate(),
                        waiting.status(),
                        waiting.reasons(),
                        span.line(),
                        span.from(),
                        span.length());
            }
        }
        if (++waiting >= BATCH) {
            send();
        }
    }

    private void judge(@Nullable String isin, String otherId, Line.QuantityType type, BigDecimal quantity, Span span) {
        named(isin, otherId, span);
        if (isin != null && type != Line.QuantityType.UNIT) {
            add(
                    Refusal.QUANTITY_TYPE,
                    isin,
                    "Line " + span.line() + ": " + isin + " is stated as "
                            + (type == Line.QuantityType.FAMT ? "a face amount" : "an amortised value")
                            + " of "
                            + quantity.toPlainString()
                            + "; we count units. It was not compared: ask the custodian for units, or compare it by"
                            + " hand.",
                    span);
        }
    }

    private void named(@Nullable String isin, String otherId, Span span) {
        if (isin == null) {
            add(
                    Refusal.INSTRUMENT_ID,
                    otherId,
                    "Line " + span.line() + ": the security '" + otherId
                            + "' has no ISIN. It was not compared: ask the custodian for one, or compare it by hand.",
                    span);
        }
    }

    @Override
    public void finding(Finding finding) throws IOException {
        begin();
        add(finding.refusal(), finding.detail(), finding.detail(), finding.span());
    }

    /** A page that is wrong in every line is known by its first lines. */
    private void add(Refusal refusal, String subject, String detail, Span span) {
        if (findings.size() - firstFinding < MOST_FINDINGS) {
            findings.add(new Found(page, findings.size() - firstFinding + 1, refusal, subject, detail, span));
        }
    }

    @Override
    public void page(Page read) throws IOException {
        begin();
        var balance = 0;
        for (var one : read.balances()) {
            balances.add(page, ++balance, one.code(), one.amount(), one.currency(), one.date());
        }
        pages.add(new KeptPage(
                page,
                read,
                new KeptPage.Place(file().name(), file().sha256(), member, read.span()),
                totals.lines(),
                totals.booked(),
                totals.sum(),
                totals.firstDate(),
                totals.lastDate(),
                totals.says(),
                totals.moves(),
                totals.wrong()));
        end();
    }

    @Override
    public void unread(Unread unread) throws IOException {
        notRead.add(new NotRead(unread, file(), member));
        forget();
    }

    /** What was read of a message that broke off. */
    void forget() {
        if (page == 0) {
            return;
        }
        for (var table : tables) {
            table.rows.removeIf(row -> Long.valueOf(page).equals(row[0]));
            if (table.sent) {
                jdbc.sql(table.forget).param("page", page).update();
            }
        }
        findings.subList(firstFinding, findings.size()).clear();
        end();
    }

    private void begin() {
        if (page == 0) {
            page = jdbc.sql("select nextval('reconciliation.page_id')")
                    .query(Long.class)
                    .single();
            firstFinding = findings.size();
        }
    }

    private void end() {
        page = 0;
        number = 0;
        firstFinding = findings.size();
        totals = new PageTotals();
    }

    private Delivery file() {
        return Optional.ofNullable(file).orElseThrow(() -> new IllegalStateException("No file is being read"));
    }

    /** Sends what waits. */
    void send() {
        waiting = 0;
        try {
            for (var table : tables) {
                table.send(connection);
            }
        } catch (SQLException failed) {
            throw new IllegalStateException("The lines of " + file().name() + " were not taken", failed);
        }
    }

    static UncheckedIOException unreadable(Delivery file, IOException failed) {
        return new UncheckedIOException("The file " + file.path() + " cannot be read: " + failed, failed);
    }
}
