package org.tradesuite.reporting.web;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.Resource;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.RestController;
import org.tradesuite.openapi.problem.ProblemCode;
import org.tradesuite.openapi.reporting.api.ReportsApi;
import org.tradesuite.openapi.reporting.model.ReportFormat;
import org.tradesuite.openapi.reporting.model.ReportKind;
import org.tradesuite.openapi.reporting.model.ReportPage;
import org.tradesuite.reporting.archive.Archive;
import org.tradesuite.reporting.archive.Report;
import org.tradesuite.web.Cursor;
import org.tradesuite.web.Page;
import org.tradesuite.web.ProblemException;

/** Reports over HTTP, as reporting.yaml says. */
@RestController
class ReportController implements ReportsApi {

    private final Archive archive;

    ReportController(Archive archive) {
        this.archive = archive;
    }

    @Override
    public ResponseEntity<ReportPage> listReports(
            @Nullable LocalDate businessDate, @Nullable ReportKind kind, @Nullable String cursor, Integer limit) {
        Page<Report> page = Page.of(
                archive.page(
                        businessDate,
                        kind == null ? null : Report.Kind.valueOf(kind.name()),
                        Cursor.parse(cursor, 1)
                                .map(at -> number(at.keys().getFirst()))
                                .orElse(Long.MAX_VALUE),
                        limit + 1),
                limit,
                report -> Cursor.of(Long.toString(report.number())));
        return ResponseEntity.ok(new ReportPage(
                        page.items().stream().map(ReportController::toReport).toList())
                .nextCursor(page.nextCursor()));
    }

    @Override
    public ResponseEntity<org.tradesuite.openapi.reporting.model.Report> getReport(String reportId) {
        return ResponseEntity.ok(toReport(found(reportId)));
    }

    @Override
    @Transactional
    public ResponseEntity<Resource> getReportContent(String reportId) {
        Report report = found(reportId);
        byte[] content = archive.content(report);
        archive.downloaded(report, signedIn());
        return ResponseEntity.ok()
                .contentType(mediaType(report.format()))
                .eTag('"' + report.sha256() + '"')
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename(report.fileName())
                                .build()
                                .toString())
                .body(new ByteArrayResource(content));
    }

    private Report found(String reportId) {
        try {
            return archive.report(Long.parseLong(reportId)).orElseThrow(() -> unknown(reportId));
        } catch (NumberFormatException e) {
            throw unknown(reportId);
        }
    }

    private static ProblemException unknown(String reportId) {
        return ProblemException.notFound("There is no report " + reportId + ". GET /reports lists them.");
    }

    private static long number(String key) {
        try {
            return Long.parseLong(key);
        } catch (NumberFormatException e) {
            throw ProblemException.inField(
                    "cursor",
                    ProblemCode.INVALID_CURSOR,
                    "The cursor is not one that this list gave out. Start again without it.");
        }
    }

    private static MediaType mediaType(Report.Format format) {
        return switch (format) {
            case PDF -> MediaType.APPLICATION_PDF;
            case CSV -> new MediaType("text", "csv", StandardCharsets.UTF_8);
            case XML -> MediaType.APPLICATION_XML;
            case ZIP -> MediaType.parseMediaType("application/zip");
            case JSON -> MediaType.APPLICATION_OCTET_STREAM;
        };
    }

    private static String signedIn() {
        Authentication who = SecurityContextHolder.getContext().getAuthentication();
        if (who == null) {
            throw new IllegalStateException("a request without a sign-in got through");
        }
        return who.getName();
    }

    private static org.tradesuite.openapi.reporting.model.Report toReport(Report report) {
        return new org.tradesuite.openapi.reporting.model.Report(
                Long.toString(report.number()),
                ReportKind.valueOf(report.kind().name()),
                report.businessDate(),
                ReportFormat.valueOf(report.format().name()),
                report.fileName(),
                report.bytes(),
                report.sha256(),
                report.createdAt());
    }
}
