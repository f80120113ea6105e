package org.tradesuite.reconciliation.web;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.RestController;
import org.tradesuite.openapi.problem.ProblemCode;
import org.tradesuite.openapi.reconciliation.api.StatementsApi;
import org.tradesuite.openapi.reconciliation.model.Statement;
import org.tradesuite.openapi.reconciliation.model.StatementPage;
import org.tradesuite.openapi.reconciliation.model.StatementStatus;
import org.tradesuite.reconciliation.statement.DropFolders;
import org.tradesuite.runsheet.intake.DropFolder;
import org.tradesuite.web.Cursor;
import org.tradesuite.web.Page;
import org.tradesuite.web.ProblemException;

/** Statements over HTTP, as reconciliation.yaml says: what came, and handing one in by hand. */
@RestController
class StatementsController implements StatementsApi {

    private static final String STATEMENTS = """
        select statement_id, feed, sender, account_number, reference, pages, business_date, file_name, sha256, rows,
            refused_rows, received_at, status, reason
        from reconciliation.statement
        where (cast(:date as date) is null or business_date = :date)
            and (cast(:feed as text) is null or feed = :feed)
            and statement_id < :before
        order by statement_id desc
        limit :limit
        """;
    private static final String KNOWN =
            "select exists (select from reconciliation.statement_file where sha256 = :sha256)";

    private final JdbcClient jdbc;
    private final DropFolders drop;
    private final Clock clock;

    StatementsController(JdbcClient jdbc, DropFolders drop, Clock clock) {
        this.jdbc = jdbc;
        this.drop = drop;
        this.clock = clock;
    }

    @Override
    public ResponseEntity<StatementPage> listStatements(
            @Nullable LocalDate businessDate,
            org.tradesuite.openapi.reconciliation.model.@Nullable Feed feed,
            @Nullable String cursor,
            Integer limit) {
        var found = jdbc.sql(STATEMENTS)
                .param("date", businessDate)
                .param("feed", feed == null ? null : feed.getValue())
                .param(
                        "before",
                        Cursor.parse(cursor, 1)
                                .map(at -> Long.parseLong(at.keys().getFirst()))
                                .orElse(Long.MAX_VALUE))
                .param("limit", limit + 1)
                .query((row, number) -> statement(row))
                .list();
        var page = Page.of(found, limit, last -> Cursor.of(last.getStatementId()));
        return ResponseEntity.ok(new StatementPage(page.items()).nextCursor(page.nextCursor()));
    }

    /** The file lies where dropped files lie; what it is worth the next run says. */
    @Override
    @PreAuthorize("hasAnyRole('OPERATIONS', 'ADMINISTRATOR')")
    public ResponseEntity<Statement> uploadStatement(
            org.tradesuite.openapi.reconciliation.model.Feed feed,
            String fileName,
            String body,
            @Nullable String brokerId) {
        var content = body.getBytes(StandardCharsets.UTF_8);
        var sha256 = sha256(content);
        var folder = folder(feed, brokerId);
        var file = folder.resolve(fileName);
        if (Files.exists(file)
                || jdbc.sql(KNOWN).param("sha256", sha256).query(Boolean.class).single()) {
            throw new ProblemException(
                    ProblemCode.FILE_DUPLICATE,
                    "This file has been handed in before, or one of the name " + fileName
                            + " still waits. GET /statements shows what became of it.");
        }
        DropFolder.write(file, content);
        return ResponseEntity.status(HttpStatus.ACCEPTED)
                .body(new Statement(
                                "file-" + sha256.substring(0, 16),
                                feed,
                                fileName,
                                sha256,
                                clock.instant().truncatedTo(ChronoUnit.MICROS),
                                StatementStatus.RECEIVED)
                        .sender(brokerId));
    }

    private Path folder(org.tradesuite.openapi.reconciliation.model.Feed feed, @Nullable String brokerId) {
        return switch (feed) {
            case BROKER_TRADE -> {
                if (brokerId == null || !drop.brokers().contains(brokerId)) {
                    throw ProblemException.inField(
                            "brokerId",
                            ProblemCode.INVALID_PARAMETER,
                            "Name the broker whose statement it is: one of " + new TreeSet<>(drop.brokers()) + ".");
                }
                yield drop.broker(brokerId);
            }
            case CUSTODIAN_POSITION, CUSTODIAN_CASH -> drop.custodian();
            case STATEMENT ->
                throw ProblemException.inField(
                        "feed",
                        ProblemCode.INVALID_PARAMETER,
                        "Say what kind of statement it is: BROKER_TRADE, CUSTODIAN_POSITION or CUSTODIAN_CASH.");
        };
    }

    private static Statement statement(ResultSet row) throws SQLException {
        return new Statement(
                        row.getString("statement_id"),
                        org.tradesuite.openapi.reconciliation.model.Feed.fromValue(row.getString("feed")),
                        row.getString("file_name"),
                        row.getString("sha256"),
                        row.getObject("received_at", OffsetDateTime.class).toInstant(),
                        row.getString("status").equals("REFUSED") ? StatementStatus.REFUSED : StatementStatus.LOADED)
                .sender(row.getString("sender"))
                .account(row.getString("account_number"))
                .reference(row.getString("reference"))
                .pages(row.getInt("pages"))
                .businessDate(row.getObject("business_date", LocalDate.class))
                .rows(row.getLong("rows"))
                .refusedRows(row.getLong("refused_rows"))
                .reason(row.getString("reason"));
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException("Every Java platform has SHA-256", absent);
        }
    }
}
