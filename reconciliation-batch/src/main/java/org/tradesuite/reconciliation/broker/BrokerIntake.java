package org.tradesuite.reconciliation.broker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tradesuite.reconciliation.delivery.Delivery;
import org.tradesuite.reconciliation.delivery.UnpackingLimits;
import org.tradesuite.reconciliation.rules.RuleSet;
import org.tradesuite.reconciliation.statement.Feed;
import org.tradesuite.reconciliation.statement.NewStatement;
import org.tradesuite.reconciliation.statement.Refusal;
import org.tradesuite.reconciliation.statement.StatementStore;
import org.tradesuite.reconciliation.statement.Verdict;
import org.tradesuite.runsheet.intake.Quarantine;
import org.tradesuite.runsheet.intake.QuarantinedRow;
import org.tradesuite.runsheet.intake.RefusedRow;

/**
 * Takes the statements and drop copies that lie in {@code <drop>/brokers/<BROKER>/}, plain, as gz or as zip, up to the
 * business date; the name tells which it is and the date, as in {@code trades-20261120.csv} and {@code
 * dropcopy-20261120.log}, and one of a later date waits for it. All of it is one transaction of the caller; files are
 * moved afterwards.
 */
final class BrokerIntake {

    static final String JOB = "reconcile-brokers";
    private static final String TRADES = "broker-trades-";
    private static final String DROP_COPY = "broker-drop-copy-";
    private static final String BROKERS = "select broker_id from reference_api.broker order by broker_id";
    private static final String CORRECTED = """
        insert into reconciliation.corrected_row (statement_id, line, text) values (:statement, :line, :text)
        on conflict (statement_id, line) do update set text = excluded.text
        """;
    private static final String MATCH_AGAIN =
            "update reconciliation.match_run set inputs = '' where :statement = any(statements)";
    private static final String STATEMENT_OF_ROW = """
        select statement_id, content as heading, layout_set, layout_version
        from reconciliation.statement
        where feed = :feed and sender = :broker and content_sha256 = :sha256 and status = 'LOADED'
        """;
    private static final String READ_BY = """
        update reconciliation.statement set member = :member, content_sha256 = :sha256, layout_set = :set,
            layout_version = :version
        where statement_id = :statement
        """;

    /** Whose a file is that lies in no broker's folder. */
    private static final String NOBODY = "UNKNOWN";
    /** Of what lay beside the folders. */
    private static final Set<String> ARCHIVES = Set.of("done", "refused");

    /** What a step has done, for the job board. */
    record Taken(int statements, long rows, long quarantined) {

        Taken and(Taken other) {
            return new Taken(statements + other.statements, rows + other.rows, quarantined + other.quarantined);
        }
    }

    private record Waiting(String broker, Path path, long size) {}

    private record Heading(long statement, String text, RuleSet set, int version) {}

    private final AgreedRules rules;
    private final Path drop;
    private final UnpackingLimits limits;
    private final int threads;
    private final StatementStore statements;
    private final Quarantine quarantine;
    private final JdbcClient jdbc;

    /** @param threads that judge a statement */
    BrokerIntake(
            AgreedRules rules,
            Path drop,
            UnpackingLimits limits,
            int threads,
            StatementStore statements,
            Quarantine quarantine,
            DataSource dataSource) {
        this.rules = rules;
        this.drop = drop;
        this.limits = limits;
        this.threads = threads;
        this.statements = statements;
        this.quarantine = quarantine;
        this.jdbc = JdbcClient.create(dataSource);
    }

    Taken take(LocalDate businessDate, RowsTold.Meter meter) throws IOException {
        try (var told = new RowsTold(meter)) {
            return take(businessDate, told);
        }
    }

    private Taken take(LocalDate businessDate, RowsTold told) throws IOException {
        var known = KnownHere.now(jdbc);
        var all = new Taken(0, 0, 0);
        var brokers = new TreeSet<>(rules.brokers());
        brokers.addAll(
                jdbc.sql(BROKERS).query((row, number) -> row.getString(1)).list());
        var files = new ArrayList<Waiting>();
        for (var broker : brokers) {
            for (var path : waiting(drop.resolve(broker))) {
                if (!isOfALaterDate(path, businessDate)) {
                    files.add(new Waiting(broker, path, Files.size(path)));
                }
            }
        }
        files.forEach(file -> told.expectOctets(file.size()));
        for (var file : files) {
            all = all.and(take(file, businessDate, known, told));
        }
        all = all.and(takeStrays(brokers, businessDate));
        return all.and(new Taken(0, takeReleased(known), 0));
    }

    /** What lies in the folder of a broker that we do not know, or beside all folders: it is kept and named, not read. */
    private Taken takeStrays(Set<String> brokers, LocalDate businessDate) throws IOException {
        var all = new Taken(0, 0, 0);
        for (var path : waiting(drop)) {
            all = all.and(takeStray(NOBODY, path, businessDate));
        }
        for (var folder : strangers(brokers)) {
            for (var path : waiting(folder)) {
                all = all.and(takeStray(folder.getFileName().toString(), path, businessDate));
            }
        }
        return all;
    }

    private List<Path> strangers(Set<String> brokers) throws IOException {
        try (var folders = Files.list(drop)) {
            return folders.filter(Files::isDirectory)
                    .filter(folder -> !brokers.contains(folder.getFileName().toString()))
                    .filter(folder -> !ARCHIVES.contains(folder.getFileName().toString()))
                    .filter(folder -> !folder.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList();
        }
    }

    private static boolean isOfALaterDate(Path path, LocalDate businessDate) {
        return BrokerFileName.of(path.getFileName().toString())
                .filter(name -> name.date().isAfter(businessDate))
                .isPresent();
    }

    private Taken takeStray(String folder, Path path, LocalDate businessDate) throws IOException {
        if (isOfALaterDate(path, businessDate)) {
            return new Taken(0, 0, 0);
        }
        var file = Delivery.of(path);
        if (statements.isWaitingToBeFiled(file)) {
            return new Taken(0, 0, 0);
        }
        var reason = folder.equals(NOBODY)
                ? "It lies beside the brokers' folders in " + drop + ", so nobody knows whose it is: hand it in in the"
                        + " folder of its broker."
                : "Reference data knows no broker " + folder
                        + ", and no layout of it is agreed: enter the broker, or, if the folder is called wrongly,"
                        + " hand the file in in the right one. Nothing of it was compared.";
        var nothing = new BrokerStatement("", 0, List.of(), new Verdict(Refusal.BROKER_UNKNOWN, reason));
        keep(folder, file, new BrokerFile.Read("", file.sha256(), nothing), businessDate);
        statements.took(file, JOB, businessDate, reason);
        return new Taken(1, 0, 0);
    }

    /** In the order of their names; those still being written are left alone. */
    private static List<Path> waiting(Path folder) throws IOException {
        Files.createDirectories(folder);
        try (var files = Files.newDirectoryStream(folder)) {
            var waiting = new ArrayList<Path>();
            for (var file : files) {
                var name = file.getFileName().toString();
                if (Files.isRegularFile(file)
                        && !name.startsWith(".")
                        && !name.endsWith(".tmp")
                        && !name.endsWith(".part")) {
                    waiting.add(file);
                }
            }
            Collections.sort(waiting);
            return waiting;
        }
    }

    /** The file is read from its beginning to its end; of its content the database gets the heading only. */
    private Taken take(Waiting waiting, LocalDate businessDate, KnownHere known, RowsTold told) throws IOException {
        var broker = waiting.broker();
        var path = waiting.path();
        var outer = path.getFileName().toString();
        var read = BrokerFile.read(
                path,
                limits,
                member -> layout(broker, outer, member, businessDate)
                        .map(AgreedRules.Agreed::layout)
                        .filter(DropCopyLayout.class::isInstance)
                        .map(DropCopyLayout.class::cast),
                (member, dropCopy) -> dropCopy == null
                        ? rows(waiting, layout(broker, outer, member, businessDate), known, told)
                        : in -> dropCopy.read(told.counted(in, waiting.size()), known, 0, counting(told)));
        if (statements.isWaitingToBeFiled(read.file())) {
            return new Taken(0, 0, 0);
        }
        var kept = new ArrayList<NewStatement>();
        var wrong = read.notUnpacked() == null ? sameDateTwice(read) : read.notUnpacked();
        if (wrong != null) {
            var nothing = new BrokerStatement("", 0, List.of(), new Verdict(Refusal.FILE_UNREADABLE, wrong));
            kept.add(keep(
                    broker, read.file(), new BrokerFile.Read("", read.file().sha256(), nothing), businessDate));
        } else {
            for (var each : read.statements()) {
                kept.add(keep(broker, read.file(), each, businessDate));
            }
        }
        statements.took(read.file(), JOB, businessDate, refused(kept));
        return new Taken(
                kept.size(),
                kept.stream().mapToLong(NewStatement::rows).sum(),
                kept.stream().mapToLong(NewStatement::refusedRows).sum());
    }

    /** By which a member of a file is read, by its name. */
    private Optional<AgreedRules.Agreed> layout(String broker, String outer, String member, LocalDate businessDate) {
        return rules.layout(new Source(broker, feed(outer, member)), dateOr(businessDate, outer, member));
    }

    private BrokerFile.Reader rows(
            Waiting waiting, Optional<AgreedRules.Agreed> agreed, KnownHere known, RowsTold told) {
        return in -> agreed.isPresent() && agreed.get().layout() instanceof BrokerLayout layout
                ? BrokerStatement.read(
                        told.counted(in, waiting.size()), layout, known, 0, threads, () -> counting(told))
                : noLayout(waiting.broker());
    }

    /** Only counts them, on one thread. */
    private static BrokerStatement.Rows counting(RowsTold told) {
        var count = told.count();
        return row -> count.add(1);
    }

    /** One would take the place of the other, and nobody would know which. */
    private static @Nullable String sameDateTwice(BrokerFile file) {
        var members = new HashMap<BrokerFileName, String>();
        for (var each : file.statements()) {
            var named = BrokerFileName.of(file.file().name(), each.member()).orElse(null);
            var other = named == null ? null : members.put(named, each.member());
            if (named != null && other != null) {
                return "Its members " + other + " and " + each.member() + " are both of " + named.date()
                        + ", and one statement counts for a date: ask the broker which, and hand that one in.";
            }
        }
        return null;
    }

    /** Why nothing of the file counts, or null. */
    private static @Nullable String refused(List<NewStatement> kept) {
        var reasons = new ArrayList<String>();
        for (var each : kept) {
            var refused = each.refused();
            if (refused == null) {
                return null;
            }
            reasons.add(kept.size() == 1 ? refused.reason() : each.fileName() + ": " + refused.reason());
        }
        return String.join(System.lineSeparator(), reasons);
    }

    private static BrokerStatement noLayout(String broker) {
        return new BrokerStatement(
                "",
                0,
                List.of(),
                new Verdict(
                        Refusal.STATEMENT_UNREADABLE,
                        "No layout of " + broker
                                + " is agreed for its date: enter a version that is valid then, have it"
                                + " approved (GET /rules), and hand the file in again."));
    }

    private NewStatement keep(String broker, Delivery file, BrokerFile.Read read, LocalDate businessDate) {
        var feed = feed(file.name(), read.member());
        var date = BrokerFileName.of(file.name(), read.member())
                .map(BrokerFileName::date)
                .orElse(null);
        var layout = layout(broker, file.name(), read.member(), businessDate);
        var name = read.member().isEmpty() ? file.name() : file.name() + "/" + read.member();
        var statement = judged(
                NewStatement.ofBroker(
                        feed,
                        broker,
                        date,
                        new Delivery(file.path(), name, file.bytes(), file.sha256()),
                        read.statement().heading(),
                        contentKey(read, date, layout),
                        read.statement().rows(),
                        read.statement().refused().size(),
                        read.statement().verdict()),
                read.statement());
        var id = statements.keep(statement, businessDate, JOB);
        jdbc.sql(READ_BY)
                .param("member", read.member())
                .param("sha256", read.sha256())
                .param("set", layout.map(by -> by.set().toString()).orElse(null))
                .param("version", layout.map(AgreedRules.Agreed::version).orElse(null))
                .param("statement", id)
                .update();
        if (statement.refused() == null) {
            quarantine.keep(read.statement().refused().stream()
                    .map(row -> new RefusedRow(
                            (feed == Feed.BROKER_DROP_COPY ? DROP_COPY : TRADES) + broker,
                            read.sha256(),
                            name,
                            row.line(),
                            row.text().replace('\0', ' '),
                            row.errorClass(),
                            row.reason().replace('\0', ' '),
                            JOB,
                            businessDate))
                    .toList());
        }
        return statement;
    }

    /**
     * The same rows by another layout are another statement. Files of days without a trade are all alike: such a one is the
     * same only as another of its date.
     */
    private static String contentKey(
            BrokerFile.Read read, @Nullable LocalDate date, Optional<AgreedRules.Agreed> layout) {
        var key = read.sha256() + layout.map(by -> "/" + by).orElse("");
        return read.statement().rows() == 0 && read.statement().refused().isEmpty() ? key + "|" + date : key;
    }

    /** What only those can see who know the other statements, too. */
    private NewStatement judged(NewStatement statement, BrokerStatement read) {
        if (statement.refused() != null) {
            return statement;
        }
        if (statement.statementDate() == null) {
            return statement.refused(new Verdict(
                    Refusal.STATEMENT_UNREADABLE,
                    "The name " + statement.fileName()
                            + " does not tell the date, as in trades-20261120.csv or dropcopy-20261120.log: rename"
                            + " it."));
        }
        var before = statements.sameContent(statement);
        if (before.isPresent()) {
            return statement.refused(new Verdict(
                    Refusal.DUPLICATE_THEIRS,
                    "The same statement came before, as " + before.get()
                            + ". It was not counted twice; nothing else to do."));
        }
        var share = statement.rows() + statement.refusedRows();
        // A drop copy is judged by its messages, of which few are rows.
        if (statement.feed() == Feed.BROKER_TRADE && statement.refusedRows() * 2 > share) {
            return statement.refused(new Verdict(
                    Refusal.STATEMENT_UNREADABLE,
                    statement.refusedRows() + " of " + share + " rows cannot be read, the first in line "
                            + read.refused().getFirst().line() + ": "
                            + read.refused().getFirst().reason()));
        }
        return statement;
    }

    /** Rows that were refused, corrected by a person and released: they join the statement they came with. */
    private long takeReleased(KnownHere known) throws IOException {
        var taken = 0L;
        for (var released : quarantine.released(JOB)) {
            var dropCopy = released.row().feed().startsWith(DROP_COPY);
            var broker = released.row().feed().substring((dropCopy ? DROP_COPY : TRADES).length());
            var statement = jdbc.sql(STATEMENT_OF_ROW)
                    .param("feed", (dropCopy ? Feed.BROKER_DROP_COPY : Feed.BROKER_TRADE).name())
                    .param("broker", broker)
                    .param("sha256", released.row().fileHash())
                    .query((row, number) ->
                            new Heading(row.getLong(1), row.getString(2), RuleSet.of(row.getString(3)), row.getInt(4)))
                    .optional();
            if (statement.isEmpty()) {
                quarantine.refusedAgain(
                        released,
                        "STATEMENT_GONE",
                        "Its statement has been superseded: release the row of the new one.");
                continue;
            }
            var line = released.row().line();
            var by = rules.layout(statement.get().set(), statement.get().version())
                    .layout();
            var text = released.effectiveText();
            var wrong = switch (by) {
                case DropCopyLayout layout -> DropCopy.row(text, line, 0, layout, known, 0, row -> {});
                case BrokerLayout layout ->
                    BrokerStatement.row(text, line, 0, statement.get().text(), layout, known, 0, row -> {});
            };
            taken += takeReleased(released, statement.get(), wrong);
        }
        return taken;
    }

    private int takeReleased(QuarantinedRow released, Heading statement, BrokerStatement.@Nullable Refused wrong) {
        if (wrong != null) {
            quarantine.refusedAgain(released, wrong.errorClass(), wrong.reason());
            return 0;
        }
        jdbc.sql(CORRECTED)
                .param("statement", statement.statement())
                .param("line", released.row().line())
                .param("text", released.effectiveText())
                .update();
        jdbc.sql(MATCH_AGAIN).param("statement", statement.statement()).update();
        quarantine.applied(released);
        return 1;
    }

    private static LocalDate dateOr(LocalDate otherwise, String file, String member) {
        return BrokerFileName.of(file, member).map(BrokerFileName::date).orElse(otherwise);
    }

    /** One whose name tells nothing is read as a statement, and refused. */
    private static Feed feed(String file, String member) {
        return BrokerFileName.of(file, member).map(BrokerFileName::feed).orElse(Feed.BROKER_TRADE);
    }
}
