package org.tradesuite.reconciliation.broker;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tradesuite.reconciliation.broker.DropCopyLook.State;
import org.tradesuite.reconciliation.dropcopy.HeardSoFar;
import org.tradesuite.reconciliation.match.Book;
import org.tradesuite.reconciliation.match.MatchRules;
import org.tradesuite.reconciliation.match.Matching;
import org.tradesuite.reconciliation.match.Pass;
import org.tradesuite.reconciliation.match.Settings;
import org.tradesuite.reconciliation.statement.Feed;

/**
 * Compares a live drop copy of a date that is open with what we have executed so far: execution by execution, by the passes
 * of the end of the day, without what is only known then (charges, settlement date) and without proposals.
 */
final class ExecutionsSoFar {

    static final String JOB = "reconcile-brokers-intraday";

    private static final String BUSTED =
            "select exec_id from execution_api.fill where broker_id = :broker and not live";
    private static final String OPEN = """
        select break_key from reconciliation.break
        where feed = 'BROKER_DROP_COPY' and broker_id = :broker and business_date = :date and status in ('OPEN', 'CLOSING')
        """;
    private static final Set<String> KNOWN_LATER = Set.of("settles", "traded");

    private final JdbcClient jdbc;
    private final AgreedRules rules;
    private final BrokerComparison.Means means;
    private final Duration margin;
    private final Clock clock;

    /** @param margin by which one side has to be beyond what is alone on the other */
    ExecutionsSoFar(JdbcClient jdbc, AgreedRules rules, BrokerComparison.Means means, Duration margin, Clock clock) {
        this.jdbc = jdbc;
        this.rules = rules;
        this.means = means.beside("within-the-day");
        this.margin = margin;
        this.clock = clock;
    }

    /** Writes what differs into the database, in the transaction of the connection. */
    DropCopyLook compare(Connection connection, LocalDate date, HeardSoFar heard, RowsTold told)
            throws SQLException, IOException {
        var source = new Source(heard.broker(), Feed.BROKER_DROP_COPY);
        if (heard.file() == null) {
            return notCompared(date, heard, "Nothing has come of this date yet; the session: " + heard.says());
        }
        var agreed = rules.layout(source, date).orElse(null);
        if (agreed == null || !(agreed.layout() instanceof DropCopyLayout layout)) {
            return notCompared(
                    date,
                    heard,
                    "No layout of its drop copy is agreed for the date: enter a version that is valid then and have it"
                            + " approved (GET /rules).");
        }
        final DropCopy copy;
        try (var in = soFar(heard)) {
            copy = DropCopy.first(in, layout);
        }
        final CopyTimes times;
        try (var in = soFar(heard)) {
            times = CopyTimes.of(in, new ExecutionFields(layout));
        }
        var folder = means.folder().resolve(source.toString());
        BrokerComparison.clear(folder);
        var passes = rules.passes(source, date);
        var known = KnownHere.now(jdbc);
        var read = clock.instant();
        var progress =
                new SoFarOutcome.Progress(margin, times, read, heard.connected() && !heard.gap(), open(source, date));
        var busted = busted(source);
        var statements = new Statements(
                List.of(new Statements.One(0, "", heard.file(), "", "", heard.length(), layout, true, List.of())));
        var waiting = new LongAdder();
        try (var written = new CopyAside(connection);
                var charges = new FillCharges(folder)) {
            var found = new FoundBreaks(written, JOB, source, date, false);
            var run = new BrokerOutcome.Run(
                    source,
                    passes.tolerances(),
                    known,
                    statements,
                    busted,
                    found,
                    Decisions.none(),
                    new MatchStore(passes.rules(), agreed.version()),
                    charges,
                    told);
            try (var matching = new Matching(
                    TradeColumns.SHAPE,
                    soFar(passes.rules()),
                    TradeColumns.KNOWN_BY,
                    new Settings(folder, means.memory(), means.threads(), heard.length()),
                    () -> new SoFarOutcome(run, progress, found, waiting))) {
                final BrokerStatement theirs;
                try (var in = told.counted(soFar(heard), heard.length())) {
                    var rows = matching.intake(Book.THEIRS);
                    var count = told.count();
                    theirs = copy.read(in, known, 0, row -> {
                        count.add(1);
                        rows.add(row);
                    });
                }
                if (theirs.verdict() != null) {
                    return notCompared(date, heard, theirs.verdict().reason());
                }
                final long ours;
                try (var trades = OurTrades.soFar(connection, source, date)) {
                    ours = OurTrades.read(trades, matching.intake(Book.OURS)::add, new RowsSum());
                }
                matching.run();
                var differences = found.end();
                written.end();
                return new DropCopyLook(
                        date,
                        heard.broker(),
                        read,
                        state(heard),
                        says(heard, theirs),
                        times.reached(),
                        ours,
                        theirs.rows(),
                        differences,
                        waiting.sum());
            }
        }
    }

    private DropCopyLook notCompared(LocalDate date, HeardSoFar heard, String why) {
        return new DropCopyLook(date, heard.broker(), clock.instant(), State.NOT_COMPARED, why, null, 0, 0, 0, 0);
    }

    private static State state(HeardSoFar heard) {
        return heard.gap() ? State.GAP : heard.connected() ? State.COMPLETE : State.DISCONNECTED;
    }

    private static String says(HeardSoFar heard, BrokerStatement theirs) {
        var held = theirs.refused().isEmpty()
                ? ""
                : " " + theirs.refused().size() + " messages cannot be understood, the first is number "
                        + theirs.refused().getFirst().line() + ": "
                        + theirs.refused().getFirst().reason();
        return switch (state(heard)) {
            case COMPLETE -> "Compared with all that has come." + held;
            case GAP ->
                "Messages are missing: what of ours is not in the drop copy was not told. The session: " + heard.says()
                        + "." + held;
            default ->
                "The session is down: what of ours is not in the drop copy was not told. The session: " + heard.says()
                        + "." + held;
        };
    }

    /** What the session writes meanwhile is left to the next look. */
    private static InputStream soFar(HeardSoFar heard) throws IOException {
        return new FirstOctets(Files.newInputStream(Objects.requireNonNull(heard.file())), heard.length());
    }

    private static final class FirstOctets extends FilterInputStream {
        private long left;

        private FirstOctets(InputStream in, long length) {
            super(in);
            left = length;
        }

        @Override
        public int read() throws IOException {
            var octet = left > 0 ? super.read() : -1;
            left -= octet < 0 ? 0 : 1;
            return octet;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            var some = left > 0 ? super.read(into, offset, (int) Math.min(length, left)) : -1;
            left -= Math.max(some, 0);
            return some;
        }
    }

    /** The same passes, as far as they can be made by now. */
    private static MatchRules soFar(MatchRules rules) {
        return new MatchRules(
                rules.version(),
                rules.passes().stream()
                        .filter(pass -> !pass.proposed())
                        .map(ExecutionsSoFar::soFar)
                        .toList());
    }

    private static Pass soFar(Pass pass) {
        return new Pass(
                pass.name(),
                pass.kind(),
                pass.keys().stream().filter(key -> !KNOWN_LATER.contains(key)).toList(),
                pass.references(),
                pass.sum(),
                pass.nearest(),
                pass.tolerances(),
                pass.severalToSeveral(),
                pass.proposed());
    }

    private Set<String> busted(Source source) {
        return new HashSet<>(jdbc.sql(BUSTED)
                .param("broker", source.broker())
                .query((row, number) -> row.getString(1))
                .list());
    }

    private Set<String> open(Source source, LocalDate date) {
        return new HashSet<>(jdbc.sql(OPEN)
                .param("broker", source.broker())
                .param("date", date)
                .query((row, number) -> row.getString(1))
                .list());
    }
}
