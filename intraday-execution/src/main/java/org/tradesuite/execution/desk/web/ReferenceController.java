package org.tradesuite.execution.desk.web;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.RestController;
import org.tradesuite.execution.desk.CurrentReference;
import org.tradesuite.execution.reference.ImportResult;
import org.tradesuite.execution.reference.ReferenceData;
import org.tradesuite.execution.reference.ReferenceImport;
import org.tradesuite.market.Mic;
import org.tradesuite.openapi.execution.api.ReferenceApi;
import org.tradesuite.openapi.execution.model.Desk;
import org.tradesuite.openapi.execution.model.Instrument;
import org.tradesuite.openapi.execution.model.InstrumentPage;
import org.tradesuite.openapi.execution.model.ReferenceKind;
import org.tradesuite.openapi.execution.model.RowFailure;
import org.tradesuite.openapi.problem.FieldError;
import org.tradesuite.openapi.problem.ProblemCode;
import org.tradesuite.web.Cursor;
import org.tradesuite.web.Page;
import org.tradesuite.web.ProblemException;

/** What is known of instruments and accounts, and the files that say so. */
@RestController
class ReferenceController implements ReferenceApi {
    private final ReferenceReader reader;
    private final CurrentReference reference;
    private final DataSource dataSource;
    private final Clock clock;

    ReferenceController(ReferenceReader reader, CurrentReference reference, DataSource dataSource, Clock clock) {
        this.reader = reader;
        this.reference = reference;
        this.dataSource = dataSource;
        this.clock = clock;
    }

    @Override
    @PreAuthorize("hasAnyRole('OPERATIONS', 'ADMINISTRATOR')")
    public ResponseEntity<org.tradesuite.openapi.execution.model.ImportResult> importReference(
            ReferenceKind kind, String body) {
        var file = org.tradesuite.execution.reference.ReferenceKind.of(kind.getValue())
                .orElseThrow(() -> ProblemException.notFound("There is no reference file " + kind.getValue() + "."));
        String actor = Caller.name();
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        ImportResult result;
        try {
            result = take(file, body, actor, now);
            if (result.changed() > 0) {
                Caller.answered(() -> tell(actor, "imported " + kind.getValue()));
            }
        } catch (IllegalArgumentException unreadable) {
            throw new ProblemException(ProblemCode.FILE_REFUSED, String.valueOf(unreadable.getMessage()));
        } catch (SQLException gone) {
            throw new DataAccessResourceFailureException("The import did not reach the database.", gone);
        }
        var answer = new org.tradesuite.openapi.execution.model.ImportResult(
                kind,
                result.rows(),
                result.accepted(),
                result.failures().stream()
                        .map(failure -> new RowFailure(failure.line(), failure.text(), failure.reason()))
                        .toList());
        return ResponseEntity.ok(answer.changed(result.changed()));
    }

    private ImportResult take(
            org.tradesuite.execution.reference.ReferenceKind kind, String body, String actor, Instant now)
            throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            try {
                ImportResult result = ReferenceImport.run(
                        connection, kind, body, reference.get().businessDate(), actor, now);
                if (kind.asAWhole() && !result.failures().isEmpty()) {
                    throw refused(result);
                }
                connection.commit();
                return result;
            } finally {
                // After the commit this does nothing.
                connection.rollback();
            }
        }
    }

    private static ProblemException refused(ImportResult result) {
        var wrong = result.failures();
        var first = wrong.getFirst();
        return new ProblemException(
                ProblemCode.FILE_REFUSED,
                wrong.size() + " of " + result.rows() + " rows cannot be taken, and a file of "
                        + result.kind().file().replace('_', ' ')
                        + " is taken as a whole or not at all: nothing was changed. Correct it and send all of it"
                        + " again. The first is in line " + first.line() + ": " + first.reason(),
                wrong.stream()
                        .map(each -> new FieldError("line " + each.line(), ProblemCode.INVALID_VALUE, each.reason()))
                        .toList());
    }

    private ReferenceData tell(String actor, String reason) {
        try {
            return reference.reload(actor, reason);
        } catch (SQLException gone) {
            throw new DataAccessResourceFailureException(
                    "The file is stored, and could not be read back for the engine. Send it again.", gone);
        }
    }

    @Override
    public ResponseEntity<InstrumentPage> listInstruments(
            @Nullable String mic, @Nullable String isin, @Nullable String cursor, Integer limit) {
        Page<Instrument> page = Page.of(
                reader.instruments(mic, isin, Keys.one(cursor), limit + 1),
                limit,
                last -> Cursor.of(last.getInstrumentId()));
        ReferenceData known = reference.get();
        Instant now = clock.instant();
        page.items()
                .forEach(instrument -> instrument.setMarketOpen(
                        known.openSession(Mic.of(instrument.getMic()), now).isPresent()));
        return ResponseEntity.ok(new InstrumentPage(page.items()).nextCursor(page.nextCursor()));
    }

    @Override
    public ResponseEntity<Desk> listAccounts() {
        return ResponseEntity.ok(reader.desk());
    }
}
