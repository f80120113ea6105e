package org.tradesuite.reconciliation.custodian;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.tradesuite.reconciliation.custodian.FinMessage.Unreadable;
import org.tradesuite.reconciliation.statement.Feed;
import org.tradesuite.reconciliation.statement.NewStatement;
import org.tradesuite.reconciliation.statement.Refusal;
import org.tradesuite.reconciliation.statement.StatementStore;
import org.tradesuite.reconciliation.statement.Verdict;
import org.tradesuite.runsheet.intake.CopyLoader;
import org.tradesuite.runsheet.intake.DropFolder;
import org.tradesuite.runsheet.intake.DroppedFile;

/**
 * Takes the messages that lie in {@code <drop>/custodian/statements/*.fin}, puts their pages together across files and
 * judges each statement on its own. All of it is one transaction of the caller; files are moved afterwards.
 */
final class CustodianIntake {

    static final String JOB = "reconcile-custodian";
    private static final CopyLoader POSITIONS =
            CopyLoader.into("reconciliation.position_row", "statement_id", "isin", "quantity");
    private static final CopyLoader CASH = CopyLoader.into(
            "reconciliation.cash_row",
            "statement_id",
            "number",
            "value_date",
            "amount",
            "reference",
            "their_reference");
    private static final Pattern TYPE = Pattern.compile("\\{2:[IO]([0-9]{3})");
    private static final Pattern ACCOUNT = Pattern.compile(":97A::SAFE//(\\S+)|:25:(\\S+)");

    /** What a step has done, for the job board. */
    record Taken(int statements, long rows) {}

    /** A message that could not be read, and as much as can be told of it. */
    private record Unread(
            DroppedFile file,
            String text,
            String type,
            @Nullable String account,
            Verdict verdict) {

        boolean partOf(CustodianStatement statement) {
            return type.equals(statement.key().type())
                    && statement.key().account().equals(account);
        }
    }

    /** Accounts as the custodian numbers them, and ours. */
    private record Known(Map<String, String> safekeeping, Map<String, String> cash) {}

    private final Path drop;
    private final StatementStore statements;
    private final DataSource dataSource;
    private final JdbcClient jdbc;

    CustodianIntake(Path drop, StatementStore statements, DataSource dataSource) {
        this.drop = drop;
        this.statements = statements;
        this.dataSource = dataSource;
        this.jdbc = JdbcClient.create(dataSource);
    }

    Taken take(LocalDate businessDate) throws SQLException {
        var waiting = DropFolder.at(drop).waiting("*.fin").stream()
                .filter(file -> !statements.isWaitingToBeFiled(file))
                .toList();
        var fileOfPage = new HashMap<Page, DroppedFile>();
        var unread = new ArrayList<Unread>();
        var pages = new ArrayList<Page>();
        for (var file : waiting) {
            for (var text : FinMessage.split(file.text())) {
                try {
                    var message = FinMessage.read(text);
                    var page = PageReader.read(message);
                    pages.add(page);
                    fileOfPage.put(page, file);
                } catch (Unreadable wrong) {
                    unread.add(unread(file, text, wrong));
                }
            }
        }
        var known = known();
        var outcome = new Outcome();
        for (var statement : CustodianStatement.assemble(pages)) {
            var files = statement.pages().stream()
                    .map(fileOfPage::get)
                    .filter(Objects::nonNull)
                    .distinct()
                    .toList();
            take(statement, files, unread, known, businessDate, outcome);
        }
        for (var message : unread) {
            statements.keep(unreadable(message, known), businessDate, JOB);
            outcome.refused(message.file().name(), message.verdict().reason());
        }
        for (var file : waiting) {
            statements.took(file, JOB, businessDate, outcome.reason(file.name()));
        }
        return new Taken(outcome.statements.get(), outcome.rows);
    }

    private void take(
            CustodianStatement statement,
            List<DroppedFile> files,
            List<Unread> unread,
            Known known,
            LocalDate businessDate,
            Outcome outcome)
            throws SQLException {
        var judged = judged(statement, files.getFirst(), known, businessDate);
        // A page that was cut off and the gap it leaves are one trouble.
        var broken =
                unread.stream().filter(message -> message.partOf(statement)).toList();
        if (!broken.isEmpty()) {
            unread.removeAll(broken);
            broken.forEach(message ->
                    outcome.refused(message.file().name(), message.verdict().reason()));
            judged = judged.refused(broken.getFirst().verdict());
        }
        var id = statements.keep(judged, businessDate, JOB);
        var refused = judged.refused();
        if (refused != null) {
            files.forEach(file -> outcome.refused(file.name(), refused.reason()));
        } else {
            files.forEach(file -> outcome.loaded(file.name()));
            outcome.rows += judged.rows();
            load(id, statement);
        }
        outcome.statements.incrementAndGet();
        if (statement.repeated() && refused == null) {
            statements.keep(
                    judged.refused(new Verdict(
                            Refusal.DUPLICATE_THEIRS,
                            "The same statement came twice in one delivery. It was counted once; nothing else to do.")),
                    businessDate,
                    JOB);
        }
    }

    private NewStatement judged(CustodianStatement statement, DroppedFile file, Known known, LocalDate businessDate) {
        var key = statement.key();
        var positions = key.type().equals("535");
        var account = positions
                ? known.safekeeping().get(key.account())
                : known.cash().get(key.account() + " " + key.currency());
        var read = new NewStatement(
                positions ? Feed.CUSTODIAN_POSITION : Feed.CUSTODIAN_CASH,
                key.sender(),
                key.account(),
                account,
                key.currency(),
                statement.pages().getFirst().reference(),
                statement.pages().size(),
                key.date(),
                file.name(),
                file.sha256(),
                statement.text(),
                sha256(statement.says()),
                statement.opening(),
                statement.closing(),
                positions ? statement.holdings().size() : statement.entries().size(),
                0,
                statement.refused());
        if (read.refused() != null) {
            return read;
        }
        if (account == null) {
            return read.refused(new Verdict(
                    Refusal.ACCOUNT,
                    "Account " + key.account() + (positions ? "" : " in " + key.currency())
                            + " is not one of ours at this custodian: it belongs to somebody else. Tell the"
                            + " custodian, and delete our copy."));
        }
        if (key.date().isBefore(businessDate)) {
            return read.refused(new Verdict(
                    Refusal.STALE_STATEMENT,
                    "The statement is of " + key.date() + ", before " + businessDate + ": ask for a newer one."));
        }
        var before = statements.sameContent(read);
        if (before.isPresent()) {
            return read.refused(new Verdict(
                    Refusal.DUPLICATE_THEIRS,
                    "The same statement came before, as " + before.get()
                            + ". It was not counted twice; nothing else to do."));
        }
        if (!positions) {
            var previous = statements.previousClosing(read);
            if (previous.isPresent() && read.opening() != null && previous.get().compareTo(read.opening()) != 0) {
                return read.refused(new Verdict(
                        Refusal.STATEMENT_GAP,
                        "It opens with " + read.opening().toPlainString() + ", the last one closed with "
                                + previous.get().toPlainString()
                                + ": a statement between them is missing. Ask for it."));
            }
        }
        return read;
    }

    private static Unread unread(DroppedFile file, String text, Unreadable wrong) {
        var type = TYPE.matcher(text);
        var account = ACCOUNT.matcher(text);
        return new Unread(
                file,
                text,
                type.find() ? String.valueOf(type.group(1)) : "",
                account.find() ? (account.group(1) == null ? account.group(2) : account.group(1)) : null,
                new Verdict(
                        wrong.cutOff() ? Refusal.STATEMENT_GAP : Refusal.STATEMENT_UNREADABLE,
                        String.valueOf(wrong.getMessage())));
    }

    private static NewStatement unreadable(Unread message, Known known) {
        var feed = switch (message.type()) {
            case "535" -> Feed.CUSTODIAN_POSITION;
            case "950" -> Feed.CUSTODIAN_CASH;
            default -> Feed.STATEMENT;
        };
        var number = message.account();
        var cash = number == null
                ? null
                : known.cash().entrySet().stream()
                        .filter(entry -> entry.getKey().startsWith(number + " "))
                        .findFirst()
                        .orElse(null);
        var account =
                number == null ? null : known.safekeeping().getOrDefault(number, cash == null ? null : cash.getValue());
        return new NewStatement(
                feed,
                "",
                number,
                account,
                cash == null ? null : cash.getKey().substring(cash.getKey().indexOf(' ') + 1),
                null,
                1,
                null,
                message.file().name(),
                sha256(message.text()),
                message.text(),
                null,
                null,
                null,
                0,
                0,
                message.verdict());
    }

    private void load(long id, CustodianStatement statement) throws SQLException {
        Connection connection = DataSourceUtils.getConnection(dataSource);
        try {
            POSITIONS.load(connection, statement.holdings().entrySet().stream().map(holding ->
                    new @Nullable Object[] {id, holding.getKey(), holding.getValue()}));
            var number = new AtomicInteger();
            Stream<@Nullable Object[]> entries = statement.entries().stream().map(entry -> new @Nullable Object[] {
                id,
                number.incrementAndGet(),
                entry.valueDate(),
                entry.amount(),
                entry.reference(),
                entry.theirReference()
            });
            CASH.load(connection, entries);
        } finally {
            DataSourceUtils.releaseConnection(connection, dataSource);
        }
    }

    private Known known() {
        var safekeeping = new HashMap<String, String>();
        jdbc.sql("select safekeeping_account, account_id from reference_api.account")
                .query(row -> {
                    safekeeping.put(row.getString(1), row.getString(2));
                });
        var cash = new LinkedHashMap<String, String>();
        jdbc.sql("select number || ' ' || currency, account_id from reference_api.cash_account order by 1")
                .query(row -> {
                    cash.put(row.getString(1), row.getString(2));
                });
        return new Known(safekeeping, cash);
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException("Every Java platform has SHA-256", absent);
        }
    }

    /** What became of each file: refused when nothing of it could be used. */
    private static final class Outcome {

        private final AtomicInteger statements = new AtomicInteger();
        private final Set<String> loaded = new HashSet<>();
        private final Map<String, List<String>> reasons = new HashMap<>();
        private long rows;

        void loaded(String file) {
            loaded.add(file);
        }

        void refused(String file, String reason) {
            reasons.computeIfAbsent(file, none -> new ArrayList<>()).add(reason);
        }

        @Nullable
        String reason(String file) {
            var why = reasons.get(file);
            return why == null || loaded.contains(file)
                    ? null
                    : why.stream().distinct().collect(Collectors.joining(System.lineSeparator()));
        }
    }
}
