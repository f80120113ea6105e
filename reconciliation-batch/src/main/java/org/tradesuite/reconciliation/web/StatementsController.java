package org.tradesuite.reconciliation.web;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import org.springframework.web.multipart.MultipartFile;
import org.tradesuite.openapi.problem.ProblemCode;
import org.tradesuite.openapi.reconciliation.api.StatementsApi;
import org.tradesuite.openapi.reconciliation.model.ExpectedStatement;
import org.tradesuite.openapi.reconciliation.model.ExpectedStatementChange;
import org.tradesuite.openapi.reconciliation.model.FindingOfStatement;
import org.tradesuite.openapi.reconciliation.model.NewestStatement;
import org.tradesuite.openapi.reconciliation.model.PageOfStatement;
import org.tradesuite.openapi.reconciliation.model.Statement;
import org.tradesuite.openapi.reconciliation.model.StatementAnswers;
import org.tradesuite.openapi.reconciliation.model.StatementDetail;
import org.tradesuite.openapi.reconciliation.model.StatementPage;
import org.tradesuite.openapi.reconciliation.model.StatementStatus;
import org.tradesuite.reconciliation.statement.ExpectedStatements;
import org.tradesuite.reconciliation.statement.ExpectedStatements.Answer;
import org.tradesuite.reconciliation.statement.ExpectedStatements.Entered;
import org.tradesuite.reconciliation.statement.ExpectedStatements.Expected;
import org.tradesuite.reconciliation.statement.Feed;
import org.tradesuite.reconciliation.statement.StatementArchive;
import org.tradesuite.reconciliation.statement.StatementArchive.Shown;
import org.tradesuite.web.Cursor;
import org.tradesuite.web.Page;
import org.tradesuite.web.ProblemException;

/** Statements over HTTP, as reconciliation.yaml says: what came and what we expect, and handing one in by hand. */
@RestController
class StatementsController implements StatementsApi {

    private static final String COLUMNS = """
        select statement_id, feed, sender, account_number, reference, pages, business_date, file_name, sha256, rows,
            refused_rows, received_at, status, reason, refusal, statement_date, currency, origin, handed_in_by
        from reconciliation_api.statement
        """;
    private static final String STATEMENTS = COLUMNS + """
        where (cast(:date as date) is null or business_date = :date)
            and (cast(:feed as text) is null or feed = :feed)
            and statement_id < :before
        order by statement_id desc
        limit :limit
        """;
    private static final String STATEMENT = COLUMNS + "where statement_id = :statement";
    private static final String PAGES = """
        select number, message, reference, lines, file_name, member, line
        from reconciliation.statement_page where statement_id = :statement
        order by number, page_id
        """;
    private static final String FINDINGS = """
        select refusal, subject, detail, line
        from reconciliation.statement_finding where statement_id = :statement
        order by page_id, number
        limit 1000
        """;

    private final JdbcClient jdbc;
    private final StatementArchive archive;
    private final ExpectedStatements expected;
    private final StatementUpload upload;

    StatementsController(
            JdbcClient jdbc, StatementArchive archive, ExpectedStatements expected, StatementUpload upload) {
        this.jdbc = jdbc;
        this.archive = archive;
        this.expected = expected;
        this.upload = upload;
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

    @Override
    public ResponseEntity<StatementDetail> getStatement(String statementId) {
        var id = Long.parseLong(statementId);
        var statement = jdbc.sql(STATEMENT)
                .param("statement", id)
                .query((row, number) -> statement(row))
                .optional()
                .orElseThrow(() -> unknown(statementId));
        var pages = jdbc.sql(PAGES)
                .param("statement", id)
                .query((row, number) -> new PageOfStatement(
                                row.getInt("number"),
                                row.getString("message"),
                                row.getLong("lines"),
                                row.getString("file_name"),
                                row.getLong("line"))
                        .reference(emptyToNull(row.getString("reference")))
                        .member(emptyToNull(row.getString("member"))))
                .list();
        var findings = jdbc.sql(FINDINGS)
                .param("statement", id)
                .query((row, number) -> new FindingOfStatement(
                        row.getString("refusal"),
                        row.getString("subject"),
                        row.getString("detail"),
                        row.getLong("line")))
                .list();
        return ResponseEntity.ok(new StatementDetail(statement, pages, findings));
    }

    @Override
    public ResponseEntity<String> getStatementText(String statementId, Integer page, @Nullable Integer row) {
        return switch (archive.text(Long.parseLong(statementId), page, row)) {
            case Shown.Text text -> ResponseEntity.ok(text.text());
            case Shown.Unknown none ->
                throw unknown(statementId + ", page " + page + (row == null ? "" : ", line " + row));
            case Shown.Gone gone ->
                throw new ProblemException(
                        ProblemCode.CONFLICT,
                        gone.fileName() + " is not in the archive any more, or not what was read. Find out who changed"
                                + " it; the lines that were read are in the database as they were.");
        };
    }

    private static ProblemException unknown(String statement) {
        return ProblemException.notFound(
                "There is no text of statement " + statement + ". GET /statements lists them.");
    }

    @Override
    @PreAuthorize("hasAnyRole('OPERATIONS', 'ADMINISTRATOR')")
    public ResponseEntity<Statement> uploadStatement(
            org.tradesuite.openapi.reconciliation.model.Feed feed,
            String fileName,
            Resource body,
            @Nullable String brokerId) {
        return ResponseEntity.status(HttpStatus.ACCEPTED)
                .body(upload.take(feed, brokerId, fileName, body, SignedIn.name()));
    }

    @Override
    @PreAuthorize("hasAnyRole('OPERATIONS', 'ADMINISTRATOR')")
    public ResponseEntity<StatementAnswers> uploadStatementFiles(
            org.tradesuite.openapi.reconciliation.model.Feed feed,
            List<MultipartFile> files,
            @Nullable String brokerId) {
        var others = otherParts();
        if (!others.isEmpty()) {
            throw ProblemException.inField(
                    "files",
                    ProblemCode.INVALID_PARAMETER,
                    "A part of the name files is taken for each file, with the file's name, and nothing else: "
                            + String.join(", ", others) + " is not one. Nothing was taken.");
        }
        return ResponseEntity.ok(upload.takeEach(feed, brokerId, files, SignedIn.name()));
    }

    /** What the contract does not know, by name; Spring leaves it out silently. */
    private static Set<String> otherParts() {
        var attributes = (ServletRequestAttributes) RequestContextHolder.currentRequestAttributes();
        try {
            return attributes.getRequest().getParts().stream()
                    .filter(part -> !part.getName().equals("files") || part.getSubmittedFileName() == null)
                    .map(Part::getName)
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException | ServletException failed) {
            throw new IllegalStateException("The parts were read before", failed);
        }
    }

    @Override
    public ResponseEntity<org.tradesuite.openapi.reconciliation.model.ExpectedStatements> listExpectedStatements() {
        var newest = expected.newest();
        return ResponseEntity.ok(new org.tradesuite.openapi.reconciliation.model.ExpectedStatements(
                expected.all().stream()
                        .map(entered -> expected(entered)
                                .newest(newest(newest.get(entered.expected().id()))))
                        .toList()));
    }

    private static @Nullable NewestStatement newest(ExpectedStatements.@Nullable Newest came) {
        return came == null
                ? null
                : new NewestStatement(came.businessDate(), came.receivedAt()).statementDate(came.date());
    }

    @Override
    @Transactional
    @PreAuthorize("hasAnyRole('OPERATIONS', 'ADMINISTRATOR')")
    public ResponseEntity<ExpectedStatement> putExpectedStatement(String expectedId, ExpectedStatementChange change) {
        var feed = Feed.valueOf(change.getFeed().getValue());
        switch (feed) {
            case CUSTODIAN_POSITION, CUSTODIAN_MOVEMENT, CUSTODIAN_PENDING -> {
                if (change.getCurrency() != null) {
                    throw ProblemException.inField(
                            "$.currency",
                            ProblemCode.INVALID_VALUE,
                            "A statement of securities has no currency: leave it out.");
                }
            }
            case CUSTODIAN_CASH -> {
                if (change.getCurrency() == null) {
                    throw ProblemException.inField(
                            "$.currency", ProblemCode.INVALID_VALUE, "Name the currency of the cash account.");
                }
            }
            case BROKER_TRADE, BROKER_DROP_COPY, CUSTODIAN_INTRADAY, CUSTODIAN_ADVICE, STATEMENT ->
                throw ProblemException.inField(
                        "$.feed",
                        ProblemCode.INVALID_VALUE,
                        "Only statements of a day are expected by a time: CUSTODIAN_POSITION, CUSTODIAN_MOVEMENT,"
                                + " CUSTODIAN_PENDING or CUSTODIAN_CASH.");
        }
        var answer = expected.put(
                new Expected(
                        expectedId,
                        feed,
                        change.getSender(),
                        change.getAccount(),
                        change.getCurrency(),
                        LocalTime.parse(change.getDueBy()),
                        zone(change.getZone()),
                        change.getMayLagDays(),
                        change.getActive()),
                change.getVersion(),
                SignedIn.name(),
                change.getReason());
        return switch (answer) {
            case Answer.Done done -> ResponseEntity.ok(expected(done.entered()));
            case Answer.Changed changed ->
                throw new ProblemException(
                        ProblemCode.CONFLICT,
                        expectedId + " is at version " + changed.version()
                                + ": somebody has changed it, or it is not there yet (0). Read it again first.");
            case Answer.Twice twice ->
                throw new ProblemException(
                        ProblemCode.CONFLICT, twice.id() + " expects the same statement already: change that one.");
        };
    }

    private static ZoneId zone(String text) {
        try {
            return ZoneId.of(text);
        } catch (DateTimeException unknown) {
            throw ProblemException.inField(
                    "$.zone",
                    ProblemCode.INVALID_VALUE,
                    "'" + text + "' is no time zone. Write it as in Europe/London, or UTC.");
        }
    }

    private static ExpectedStatement expected(Entered entered) {
        var one = entered.expected();
        return new ExpectedStatement(
                        one.id(),
                        org.tradesuite.openapi.reconciliation.model.Feed.fromValue(
                                one.feed().name()),
                        one.sender(),
                        one.account(),
                        one.dueBy().toString(),
                        one.zone().getId(),
                        one.mayLagDays(),
                        one.active(),
                        entered.version(),
                        entered.by(),
                        entered.at())
                .currency(one.currency())
                .reason(entered.reason());
    }

    private static Statement statement(ResultSet row) throws SQLException {
        var origin = row.getString("origin");
        return new Statement(
                        row.getString("statement_id"),
                        org.tradesuite.openapi.reconciliation.model.Feed.fromValue(row.getString("feed")),
                        row.getString("file_name"),
                        row.getString("sha256"),
                        row.getObject("received_at", OffsetDateTime.class).toInstant(),
                        StatementStatus.fromValue(row.getString("status")))
                .sender(row.getString("sender"))
                .account(row.getString("account_number"))
                .reference(row.getString("reference"))
                .pages(row.getInt("pages"))
                .businessDate(row.getObject("business_date", LocalDate.class))
                .rows(row.getLong("rows"))
                .refusedRows(row.getLong("refused_rows"))
                .reason(row.getString("reason"))
                .refusal(row.getString("refusal"))
                .statementDate(row.getObject("statement_date", LocalDate.class))
                .currency(row.getString("currency"))
                .origin(origin == null ? null : org.tradesuite.openapi.reconciliation.model.Origin.fromValue(origin))
                .handedInBy(row.getString("handed_in_by"));
    }

    private static @Nullable String emptyToNull(@Nullable String text) {
        return text == null || text.isEmpty() ? null : text;
    }
}
