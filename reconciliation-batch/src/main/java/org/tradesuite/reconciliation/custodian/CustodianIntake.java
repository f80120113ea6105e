package org.tradesuite.reconciliation.custodian;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.tradesuite.reconciliation.custodian.PageLoader.Found;
import org.tradesuite.reconciliation.custodian.PageLoader.NotRead;
import org.tradesuite.reconciliation.delivery.Container;
import org.tradesuite.reconciliation.delivery.Content;
import org.tradesuite.reconciliation.delivery.Delivery;
import org.tradesuite.reconciliation.delivery.Inbox;
import org.tradesuite.reconciliation.delivery.NotUnpackedException;
import org.tradesuite.reconciliation.delivery.UnpackingLimits;
import org.tradesuite.reconciliation.iso.IsoReader;
import org.tradesuite.reconciliation.statement.Feed;
import org.tradesuite.reconciliation.statement.KeptPage;
import org.tradesuite.reconciliation.statement.NewStatement;
import org.tradesuite.reconciliation.statement.PageSink;
import org.tradesuite.reconciliation.statement.Refusal;
import org.tradesuite.reconciliation.statement.Span;
import org.tradesuite.reconciliation.statement.StatementStore;
import org.tradesuite.reconciliation.statement.Verdict;
import org.tradesuite.reconciliation.statement.WholeStatement;
import org.tradesuite.reconciliation.swift.FinReader;

/**
 * Takes the files that lie in {@code <drop>/custodian/statements}, whatever they are called: SWIFT and ISO 20022 messages,
 * plain or packed. Pages are put together across files, and with pages that came before; each statement is judged on
 * its own. All of it is one transaction of the caller; files are moved afterwards.
 */
final class CustodianIntake {

    static final String JOB = "reconcile-custodian";

    /** What a step has done, for the job board. */
    record Taken(int statements, long rows) {}

    private final Path folder;
    private final UnpackingLimits limits;
    private final FinReader swift;
    private final IsoReader iso = new IsoReader();
    private final StatementStore statements;
    private final StatementJudge judge;
    private final StatementPages pages;
    private final DataSource dataSource;
    private final JdbcClient jdbc;

    CustodianIntake(
            Path folder, UnpackingLimits limits, int longestMessage, StatementStore statements, DataSource dataSource) {
        this.folder = folder;
        this.limits = limits;
        this.swift = new FinReader(longestMessage);
        this.statements = statements;
        this.dataSource = dataSource;
        this.jdbc = JdbcClient.create(dataSource);
        this.pages = new StatementPages(jdbc);
        this.judge = new StatementJudge(statements, pages);
    }

    /** Notes which files lie there whole; what comes later is left to the next run. Returns how many they are. */
    long receive() {
        var waiting = Inbox.at(folder).waiting().stream()
                .filter(file -> !statements.isWaitingToBeFiled(file))
                .toList();
        statements.received(JOB, waiting);
        return waiting.size();
    }

    /** Reads and judges the files that were received, in one transaction: no row is kept of a statement not judged. */
    Taken take(LocalDate businessDate, IntakeProgress.Meter meter) {
        // A restart finds those here, too, that an attempt before it has read and could not move any more.
        var received = statements.received(JOB).stream()
                .filter(file -> !statements.isWaitingToBeFiled(file))
                .toList();
        var connection = DataSourceUtils.getConnection(dataSource);
        try {
            return take(received, connection, businessDate, meter);
        } finally {
            DataSourceUtils.releaseConnection(connection, dataSource);
        }
    }

    private Taken take(
            List<Delivery> waiting, Connection connection, LocalDate businessDate, IntakeProgress.Meter meter) {
        var progress = new IntakeProgress(
                meter, waiting.stream().mapToLong(Delivery::bytes).sum());
        var loader = new PageLoader(jdbc, connection, progress);
        for (var file : waiting) {
            progress.begins(file.bytes());
            read(file, loader);
        }
        loader.send();
        var files = waiting.stream().collect(Collectors.toMap(Delivery::name, Function.identity()));
        var known = new KnownAccounts(jdbc);
        var round = new Round(loader, files, known, businessDate);
        var sent = loader.pages().stream().map(known::withSender).toList();
        var whole = WholeStatement.assemble(sent, pages::waiting);
        round.keepUnread(whole);
        whole.forEach(round::keep);
        round.keepWhatWaitedFor(whole);
        for (var file : waiting) {
            statements.took(file, JOB, businessDate, round.outcome.reason(file.name()));
        }
        return new Taken(whole.size(), round.rows);
    }

    private void read(Delivery file, PageLoader loader) {
        try {
            Container.read(file.path(), limits, (member, in) -> {
                loader.reads(file, member);
                read(in, loader);
            });
        } catch (NotUnpackedException refused) {
            loader.reads(file, "");
            notAFileOfStatements(loader, String.valueOf(refused.getMessage()));
        } catch (IOException failed) {
            throw PageLoader.unreadable(file, failed);
        }
    }

    private void read(BufferedInputStream in, PageLoader loader) throws IOException {
        switch (Content.of(in)) {
            case FIN -> swift.read(in, loader);
            case XML -> iso.read(in, loader);
            case EMPTY -> notAFileOfStatements(loader, "The file is empty: ask for it again.");
            case UNKNOWN ->
                notAFileOfStatements(
                        loader,
                        "It begins neither as SWIFT messages do nor as XML: it is not read. Ask the sender what it"
                                + " is.");
        }
        loader.forget();
    }

    private static void notAFileOfStatements(PageLoader loader, String reason) {
        try {
            loader.unread(new PageSink.Unread(
                    Feed.STATEMENT, null, null, new Verdict(Refusal.FILE_UNREADABLE, reason), Span.WHOLE));
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** What came together is judged together. */
    private final class Round {

        private final Map<String, Delivery> files;
        private final KnownAccounts known;
        private final LocalDate businessDate;
        private final List<NotRead> unread;
        private final Map<Long, List<Found>> findings;
        private final Outcome outcome = new Outcome();
        private long rows;

        Round(PageLoader loader, Map<String, Delivery> files, KnownAccounts known, LocalDate businessDate) {
            this.files = files;
            this.known = known;
            this.businessDate = businessDate;
            this.unread = loader.notRead();
            this.findings = loader.findings().stream().collect(Collectors.groupingBy(Found::page));
        }

        void keep(WholeStatement whole) {
            var judged = judge.judge(whole, known, businessDate, found(whole));
            // A page that was cut off and the gap it leaves are one trouble.
            var broken =
                    unread.stream().filter(message -> isPageOf(message, whole)).toList();
            if (!broken.isEmpty()) {
                broken.forEach(message -> outcome.refused(
                        message.file().name(), message.unread().verdict().reason()));
                judged = judged.refused(broken.getFirst().unread().verdict());
            }
            var id = statements.keep(judged, businessDate, JOB);
            pages.keep(id, whole.pages());
            for (var page : whole.pages()) {
                findings.getOrDefault(page.id(), List.of()).forEach(finding -> pages.keep(id, finding));
            }
            var names = whole.pages().stream()
                    .map(page -> page.place().fileName())
                    .filter(files::containsKey)
                    .distinct()
                    .toList();
            var refused = judged.refused();
            if (refused != null) {
                names.forEach(name -> outcome.refused(name, refused.reason()));
            } else {
                names.forEach(outcome::loaded);
                rows += judged.rows();
            }
            if (!whole.repeated().isEmpty()) {
                repeated(whole, judged, id);
            }
        }

        /** Cash that did not go on from what we had, until the statement between came. */
        void keepWhatWaitedFor(List<WholeStatement> came) {
            for (var key :
                    pages.waitingAfter(came.stream().map(WholeStatement::key).toList())) {
                for (var waited : WholeStatement.assemble(pages.waiting(key), none -> List.of())) {
                    var judged = judge.judge(waited, known, businessDate, 0);
                    if (judged.refused() == null) {
                        pages.keep(statements.keep(judged, businessDate, JOB), waited.pages());
                        rows += judged.rows();
                    }
                }
            }
        }

        /** Pages that came again belong to no statement that counts, or their lines would count twice. */
        private void repeated(WholeStatement whole, NewStatement judged, long id) {
            if (judged.refused() != null) {
                pages.keep(id, whole.repeated());
                return;
            }
            var what = whole.repeatedAsAWhole() ? "The same statement" : "A page of the statement";
            var again = statements.keep(
                    judged.refused(new Verdict(
                            Refusal.DUPLICATE_THEIRS,
                            what + " came twice in one delivery. It was counted once; nothing else to do.")),
                    businessDate,
                    JOB);
            pages.keep(again, whole.repeated());
        }

        private long found(WholeStatement whole) {
            return whole.pages().stream()
                    .mapToLong(
                            page -> findings.getOrDefault(page.id(), List.of()).size())
                    .sum();
        }

        /** Before the statements: a good one that comes with them clears them, one that came before does not. */
        void keepUnread(List<WholeStatement> whole) {
            for (var message : unread) {
                if (whole.stream().anyMatch(statement -> isPageOf(message, statement))) {
                    continue;
                }
                var id = statements.keep(StatementJudge.unreadable(message, known), businessDate, JOB);
                pages.keep(id, List.of(place(message)));
                outcome.refused(
                        message.file().name(), message.unread().verdict().reason());
            }
        }

        /** So that its text can be shown. */
        private KeptPage place(NotRead message) {
            return StatementJudge.place(
                    message,
                    jdbc.sql("select nextval('reconciliation.page_id')")
                            .query(Long.class)
                            .single());
        }
    }

    private static boolean isPageOf(NotRead message, WholeStatement whole) {
        var unread = message.unread();
        var refused = whole.refused();
        return refused != null
                && refused.refusal() == Refusal.STATEMENT_GAP
                && unread.feed() == whole.key().feed()
                && whole.key().account().equals(unread.account())
                && (unread.currency() == null
                        || unread.currency().equals(whole.key().currency()));
    }

    /** What became of each file: refused when nothing of it could be used. */
    private static final class Outcome {

        private final Set<String> loaded = new HashSet<>();
        private final Map<String, List<String>> reasons = new HashMap<>();

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
