package org.tradesuite.runsheet;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.RestController;
import org.tradesuite.openapi.jobs.api.QuarantineApi;
import org.tradesuite.openapi.jobs.model.QuarantinePage;
import org.tradesuite.openapi.jobs.model.QuarantineStatus;
import org.tradesuite.openapi.jobs.model.Release;
import org.tradesuite.openapi.problem.ProblemCode;
import org.tradesuite.runsheet.intake.Quarantine;
import org.tradesuite.runsheet.intake.QuarantinedRow;
import org.tradesuite.web.Cursor;
import org.tradesuite.web.Page;
import org.tradesuite.web.ProblemException;

/** The quarantine over HTTP, as jobs.yaml says. */
@RestController
@ConditionalOnWebApplication
class QuarantineController implements QuarantineApi {

    private final Quarantine quarantine;
    private final RowRelease releases;

    QuarantineController(Quarantine quarantine, RowRelease releases) {
        this.quarantine = quarantine;
        this.releases = releases;
    }

    @Override
    public ResponseEntity<QuarantinePage> listQuarantine(
            @Nullable String feed, @Nullable QuarantineStatus status, @Nullable String cursor, Integer limit) {
        Page<QuarantinedRow> page = Page.of(
                quarantine.page(
                        feed,
                        status == null ? null : QuarantinedRow.Status.valueOf(status.name()),
                        JobBoardController.before(cursor),
                        limit + 1),
                limit,
                row -> Cursor.of(Long.toString(row.number())));
        return ResponseEntity.ok(new QuarantinePage(
                        page.items().stream().map(QuarantineController::toRow).toList())
                .nextCursor(page.nextCursor()));
    }

    @Override
    @PreAuthorize("hasAnyRole('OPERATIONS', 'ADMINISTRATOR')")
    public ResponseEntity<org.tradesuite.openapi.jobs.model.QuarantinedRow> releaseRow(String rowId, Release release) {
        long number = Long.parseLong(rowId);
        if (quarantine.row(number).isEmpty()) {
            throw ProblemException.notFound("There is no refused row " + rowId + " here. GET /quarantine lists them.");
        }
        if (!releases.release(number, release.getCorrectedText(), SignedIn.name(), release.getReason())) {
            throw new ProblemException(
                    ProblemCode.QUARANTINE_ALREADY_RELEASED,
                    "Row " + rowId + " was released before. The next run of its job reads it.");
        }
        return ResponseEntity.ok(toRow(quarantine.row(number).orElseThrow()));
    }

    private static org.tradesuite.openapi.jobs.model.QuarantinedRow toRow(QuarantinedRow held) {
        return new org.tradesuite.openapi.jobs.model.QuarantinedRow(
                        Long.toString(held.number()),
                        held.row().feed(),
                        held.row().line(),
                        held.row().text(),
                        held.row().reason(),
                        held.row().job(),
                        held.row().businessDate(),
                        held.firstSeen(),
                        QuarantineStatus.valueOf(held.status().name()))
                .fileName(held.row().fileName())
                .fileSha256(held.row().fileHash())
                .correctedText(held.correctedText())
                .releasedBy(held.fixedBy())
                .releasedAt(held.fixedAt())
                .releaseReason(held.fixReason());
    }
}
