package org.tradesuite.reconciliation.web;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.Resource;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.RestController;
import org.tradesuite.openapi.problem.ProblemCode;
import org.tradesuite.openapi.reconciliation.api.BreaksApi;
import org.tradesuite.openapi.reconciliation.model.Adjustment;
import org.tradesuite.openapi.reconciliation.model.AdjustmentPage;
import org.tradesuite.openapi.reconciliation.model.AgeBucket;
import org.tradesuite.openapi.reconciliation.model.Attachment;
import org.tradesuite.openapi.reconciliation.model.BreakActions;
import org.tradesuite.openapi.reconciliation.model.BreakAnswer;
import org.tradesuite.openapi.reconciliation.model.BreakAnswers;
import org.tradesuite.openapi.reconciliation.model.BreakClosing;
import org.tradesuite.openapi.reconciliation.model.BreakDetail;
import org.tradesuite.openapi.reconciliation.model.BreakPage;
import org.tradesuite.openapi.reconciliation.model.BreakSort;
import org.tradesuite.openapi.reconciliation.model.BreakStatus;
import org.tradesuite.openapi.reconciliation.model.Cause;
import org.tradesuite.openapi.reconciliation.model.CauseCodes;
import org.tradesuite.openapi.reconciliation.model.Comment;
import org.tradesuite.openapi.reconciliation.model.Feed;
import org.tradesuite.openapi.reconciliation.model.FieldOfRecord;
import org.tradesuite.openapi.reconciliation.model.MatchOfBreak;
import org.tradesuite.openapi.reconciliation.model.NewCause;
import org.tradesuite.openapi.reconciliation.model.NewComment;
import org.tradesuite.openapi.reconciliation.model.NewDueDate;
import org.tradesuite.openapi.reconciliation.model.NewOwner;
import org.tradesuite.openapi.reconciliation.model.OurRecord;
import org.tradesuite.openapi.reconciliation.model.Reason;
import org.tradesuite.openapi.reconciliation.model.RecurringCause;
import org.tradesuite.openapi.reconciliation.model.RecurringCauses;
import org.tradesuite.openapi.reconciliation.model.Resolution;
import org.tradesuite.openapi.reconciliation.model.TheirLine;
import org.tradesuite.openapi.reconciliation.model.WriteOff;
import org.tradesuite.reconciliation.breaks.Attachments;
import org.tradesuite.reconciliation.breaks.Break;
import org.tradesuite.reconciliation.breaks.BreakDesk;
import org.tradesuite.reconciliation.breaks.BreakDesk.Wanted;
import org.tradesuite.reconciliation.breaks.BreakFilter;
import org.tradesuite.reconciliation.breaks.BreakList;
import org.tradesuite.reconciliation.breaks.BreakSides;
import org.tradesuite.reconciliation.breaks.BreakSummary;
import org.tradesuite.reconciliation.breaks.DeskAction;
import org.tradesuite.reconciliation.breaks.WriteOffs;
import org.tradesuite.web.Cursor;
import org.tradesuite.web.Page;
import org.tradesuite.web.ProblemException;

/** The breaks over HTTP, as reconciliation.yaml says. */
@RestController
class BreaksController implements BreaksApi {

    private static final String MAY_WORK_ON_BREAKS = "hasAnyRole('OPERATIONS', 'ADMINISTRATOR')";

    private final BreakList breaks;
    private final BreakSummary summary;
    private final BreakDesk desk;
    private final WriteOffs writeOffs;
    private final Attachments attachments;
    private final BreakSides sides;
    private final HttpServletRequest request;

    BreaksController(
            BreakList breaks,
            BreakSummary summary,
            BreakDesk desk,
            WriteOffs writeOffs,
            Attachments attachments,
            BreakSides sides,
            HttpServletRequest request) {
        this.breaks = breaks;
        this.summary = summary;
        this.desk = desk;
        this.writeOffs = writeOffs;
        this.attachments = attachments;
        this.sides = sides;
        this.request = request;
    }

    @Override
    public ResponseEntity<BreakPage> listBreaks(
            @Nullable LocalDate businessDate,
            @Nullable Feed feed,
            @Nullable BreakStatus status,
            @Nullable Boolean open,
            @Nullable String breakClass,
            @Nullable String causeCode,
            @Nullable String accountId,
            @Nullable String brokerId,
            @Nullable String instrumentId,
            @Nullable String currency,
            @Nullable String owner,
            @Nullable AgeBucket ageBucket,
            @Nullable Boolean material,
            @Nullable LocalDate dueBy,
            @Nullable String text,
            BreakSort sort,
            @Nullable String cursor,
            Integer limit) {
        var order = org.tradesuite.reconciliation.breaks.BreakSort.valueOf(sort.getValue());
        var found = breaks.page(
                new BreakFilter(
                        businessDate,
                        feed == null ? null : feed.getValue(),
                        status == null ? null : Break.Status.valueOf(status.getValue()),
                        open,
                        breakClass,
                        causeCode,
                        accountId,
                        brokerId,
                        instrumentId,
                        currency,
                        owner,
                        ageBucket == null ? null : ageBucket.getValue(),
                        material,
                        dueBy,
                        text),
                order,
                Cursor.parse(cursor, 3).orElse(null),
                limit + 1);
        var page = Page.of(found, limit, last -> Cursor.of(order.name(), order.key(last), Long.toString(last.id())));
        return ResponseEntity.ok(
                new BreakPage(page.items().stream().map(ShownBreaks::model).toList(), summary.firmCurrency())
                        .nextCursor(page.nextCursor())
                        .asOf(summary.asOf()));
    }

    @Override
    public ResponseEntity<org.tradesuite.openapi.reconciliation.model.BreakSummary> summarizeBreaks(
            @Nullable Feed feed, @Nullable String accountId, @Nullable String brokerId) {
        return ResponseEntity.ok(new org.tradesuite.openapi.reconciliation.model.BreakSummary(
                        summary.firmCurrency(),
                        summary.ageBuckets().stream().map(AgeBucket::fromValue).toList(),
                        summary.cells(feed == null ? null : feed.getValue(), accountId, brokerId).stream()
                                .map(ShownBreaks::cell)
                                .toList())
                .asOf(summary.asOf()));
    }

    @Override
    public ResponseEntity<CauseCodes> listCauseCodes() {
        return ResponseEntity.ok(new CauseCodes(summary.causes().stream()
                .map(cause -> new Cause(cause.code(), Cause.SideEnum.fromValue(cause.side()), cause.meaning()))
                .toList()));
    }

    @Override
    public ResponseEntity<RecurringCauses> listRecurringCauses(Integer atLeastDays) {
        return ResponseEntity.ok(new RecurringCauses(
                        20,
                        summary.recurring(atLeastDays).stream()
                                .map(each -> new RecurringCause(
                                                Feed.fromValue(each.feed()),
                                                each.breakClass(),
                                                each.days(),
                                                each.breaks(),
                                                each.lastOn())
                                        .brokerId(each.broker())
                                        .accountId(each.account())
                                        .causeCode(each.causeCode()))
                                .toList())
                .asOf(summary.asOf()));
    }

    @Override
    public ResponseEntity<BreakDetail> getBreak(String breakId) {
        return ResponseEntity.ok(detail(breakId));
    }

    @Override
    @PreAuthorize(MAY_WORK_ON_BREAKS)
    public ResponseEntity<BreakDetail> commentBreak(
            String breakId, NewComment comment, @Nullable String idempotencyKey) {
        desk.act(
                new Wanted(breakId, comment.getVersion()),
                new DeskAction.Comment(comment.getText()),
                SignedIn.name(),
                idempotencyKey);
        return ResponseEntity.status(HttpStatus.CREATED).body(detail(breakId));
    }

    @Override
    @PreAuthorize(MAY_WORK_ON_BREAKS)
    public ResponseEntity<BreakDetail> giveBreak(String breakId, NewOwner owner, @Nullable String idempotencyKey) {
        return act(breakId, owner.getVersion(), new DeskAction.Give(owner.getOwner()), idempotencyKey);
    }

    @Override
    @PreAuthorize(MAY_WORK_ON_BREAKS)
    public ResponseEntity<BreakDetail> setBreakDue(String breakId, NewDueDate due, @Nullable String idempotencyKey) {
        return act(breakId, due.getVersion(), new DeskAction.Due(due.getDueOn(), due.getReason()), idempotencyKey);
    }

    @Override
    @PreAuthorize(MAY_WORK_ON_BREAKS)
    public ResponseEntity<BreakDetail> setBreakCause(String breakId, NewCause cause, @Nullable String idempotencyKey) {
        return act(breakId, cause.getVersion(), new DeskAction.Because(cause.getCauseCode()), idempotencyKey);
    }

    @Override
    @PreAuthorize(MAY_WORK_ON_BREAKS)
    public ResponseEntity<BreakDetail> closeBreak(
            String breakId, BreakClosing closing, @Nullable String idempotencyKey) {
        return act(breakId, closing.getVersion(), close(DeskAction.Kind.CLOSE, closing), idempotencyKey);
    }

    @Override
    @PreAuthorize(MAY_WORK_ON_BREAKS)
    public ResponseEntity<BreakDetail> forceCloseBreak(
            String breakId, BreakClosing closing, @Nullable String idempotencyKey) {
        return act(breakId, closing.getVersion(), close(DeskAction.Kind.FORCE_CLOSE, closing), idempotencyKey);
    }

    private static DeskAction close(DeskAction.Kind kind, BreakClosing closing) {
        return new DeskAction.Close(
                kind, resolution(closing.getResolution()), closing.getCauseCode(), closing.getReason());
    }

    private static String resolution(Resolution resolution) {
        if (resolution == Resolution.WRITTEN_OFF) {
            throw ProblemException.inField(
                    "$.resolution",
                    ProblemCode.INVALID_VALUE,
                    "Only what is written off is WRITTEN_OFF: use write-off, or name another resolution.");
        }
        return resolution.getValue();
    }

    @Override
    @PreAuthorize(MAY_WORK_ON_BREAKS)
    public ResponseEntity<BreakDetail> writeOffBreak(
            String breakId, WriteOff writeOff, @Nullable String idempotencyKey) {
        return act(
                breakId,
                writeOff.getVersion(),
                new DeskAction.Close(
                        DeskAction.Kind.WRITE_OFF,
                        DeskAction.Close.WRITTEN_OFF,
                        writeOff.getCauseCode(),
                        writeOff.getReason()),
                idempotencyKey);
    }

    @Override
    @PreAuthorize(MAY_WORK_ON_BREAKS)
    public ResponseEntity<BreakDetail> reopenBreak(String breakId, Reason reason, @Nullable String idempotencyKey) {
        return act(breakId, reason.getVersion(), new DeskAction.Reopen(reason.getReason()), idempotencyKey);
    }

    private ResponseEntity<BreakDetail> act(
            String breakId, @Nullable Integer version, DeskAction action, @Nullable String key) {
        desk.act(new Wanted(breakId, version), action, SignedIn.name(), key);
        return ResponseEntity.ok(detail(breakId));
    }

    @Override
    @PreAuthorize(MAY_WORK_ON_BREAKS)
    public ResponseEntity<BreakAnswers> actOnBreaks(BreakActions wanted, @Nullable String idempotencyKey) {
        var answers = desk.actOnAll(
                wanted.getBreaks().stream()
                        .map(each -> new Wanted(each.getBreakId(), each.getVersion()))
                        .toList(),
                action(wanted),
                SignedIn.name(),
                idempotencyKey);
        var refused =
                (int) answers.stream().filter(each -> each.problem() != null).count();
        return ResponseEntity.ok(new BreakAnswers(
                answers.size() - refused,
                refused,
                answers.stream().map(BreaksController::answer).toList()));
    }

    private static BreakAnswer answer(BreakDesk.Answer of) {
        var problem = of.problem();
        return new BreakAnswer(of.breakId())
                .problem(problem == null ? null : problem.problem("/reconciliation/breaks/" + of.breakId()));
    }

    private static DeskAction action(BreakActions wanted) {
        return switch (wanted.getAction()) {
            case COMMENT -> new DeskAction.Comment(needed("text", wanted.getText()));
            case OWNER -> new DeskAction.Give(needed("owner", wanted.getOwner()));
            case DUE -> new DeskAction.Due(needed("dueOn", wanted.getDueOn()), wanted.getReason());
            case CAUSE -> new DeskAction.Because(needed("causeCode", wanted.getCauseCode()));
            case CLOSE -> close(DeskAction.Kind.CLOSE, wanted);
            case FORCE_CLOSE -> close(DeskAction.Kind.FORCE_CLOSE, wanted);
            case WRITE_OFF ->
                new DeskAction.Close(
                        DeskAction.Kind.WRITE_OFF,
                        DeskAction.Close.WRITTEN_OFF,
                        wanted.getCauseCode(),
                        needed("reason", wanted.getReason()));
            case REOPEN -> new DeskAction.Reopen(needed("reason", wanted.getReason()));
        };
    }

    private static DeskAction close(DeskAction.Kind kind, BreakActions wanted) {
        return new DeskAction.Close(
                kind,
                resolution(needed("resolution", wanted.getResolution())),
                wanted.getCauseCode(),
                needed("reason", wanted.getReason()));
    }

    private static <T> T needed(String field, @Nullable T value) {
        if (value == null) {
            throw ProblemException.inField(
                    "$." + field, ProblemCode.MISSING_FIELD, "This action takes " + field + ": say it.");
        }
        return value;
    }

    @Override
    @PreAuthorize(MAY_WORK_ON_BREAKS)
    public ResponseEntity<Attachment> attachToBreak(String breakId, String fileName, Resource body) {
        return ResponseEntity.status(HttpStatus.CREATED)
                .body(attachment(attachments.add(
                        breakId, fileName, mediaType(request.getContentType()), bytes(body), SignedIn.name())));
    }

    private static String mediaType(@Nullable String contentType) {
        var type = MediaType.parseMediaType(String.valueOf(contentType));
        return type.getType() + "/" + type.getSubtype();
    }

    private static byte[] bytes(Resource body) {
        try {
            return body.getContentAsByteArray();
        } catch (IOException failed) {
            throw new UncheckedIOException("The body broke off: send it again", failed);
        }
    }

    @Override
    public ResponseEntity<Resource> getAttachment(String breakId, String attachmentId) {
        var id = BreakDesk.number(breakId);
        var found = attachments.of(id).stream()
                .filter(each -> Long.toString(each.id()).equals(attachmentId))
                .findFirst()
                .orElseThrow(() -> noFile(breakId, attachmentId));
        var content = attachments.content(id, found.id()).orElseThrow(() -> noFile(breakId, attachmentId));
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(found.mediaType()))
                .eTag("\"" + found.sha256() + "\"")
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename(found.fileName())
                                .build()
                                .toString())
                .body(new ByteArrayResource(content));
    }

    private static ProblemException noFile(String breakId, String attachmentId) {
        return ProblemException.notFound(
                "Break " + breakId + " has no file " + attachmentId + ". GET /breaks/" + breakId + " lists them.");
    }

    @Override
    public ResponseEntity<AdjustmentPage> listAdjustments(
            @Nullable LocalDate businessDate, @Nullable String cursor, Integer limit) {
        var before = Cursor.parse(cursor, 1)
                .map(at -> Long.parseLong(at.keys().getFirst()))
                .orElse(Long.MAX_VALUE);
        var page = Page.of(
                writeOffs.page(businessDate, before, limit + 1), limit, last -> Cursor.of(Long.toString(last.id())));
        return ResponseEntity.ok(new AdjustmentPage(
                        page.items().stream().map(BreaksController::adjustment).toList())
                .nextCursor(page.nextCursor()));
    }

    private static Adjustment adjustment(WriteOffs.Adjustment of) {
        var reverses = of.reverses();
        return new Adjustment(
                        Long.toString(of.id()),
                        Long.toString(of.breakId()),
                        of.date(),
                        of.amount().toPlainString(),
                        of.baseCurrency(),
                        of.baseAmount().toPlainString(),
                        of.reason(),
                        of.askedBy(),
                        of.bookedAt())
                .accountId(of.accountId())
                .instrumentId(of.instrumentId())
                .currency(of.currency())
                .reverses(reverses == null ? null : Long.toString(reverses))
                .approvedBy(of.approvedBy());
    }

    private static Attachment attachment(Attachments.Attachment of) {
        return new Attachment(
                Long.toString(of.id()), of.fileName(), of.mediaType(), of.bytes(), of.sha256(), of.by(), of.at());
    }

    @Override
    public ResponseEntity<org.tradesuite.openapi.reconciliation.model.BreakSides> getBreakSides(String breakId) {
        var found = sides.of(BreakDesk.number(breakId)).orElseThrow(() -> BreakDesk.unknown(breakId));
        return ResponseEntity.ok(new org.tradesuite.openapi.reconciliation.model.BreakSides(
                found.ours().stream()
                        .map(ours -> new OurRecord(
                                OurRecord.KindEnum.fromValue(ours.kind()),
                                ours.id(),
                                ours.fields().entrySet().stream()
                                        .sorted(Map.Entry.comparingByKey())
                                        .map(field -> new FieldOfRecord(field.getKey(), field.getValue()))
                                        .toList()))
                        .toList(),
                found.theirs().stream()
                        .map(theirs -> new TheirLine(
                                        Long.toString(theirs.statement()),
                                        theirs.fileName(),
                                        theirs.sha256(),
                                        TheirLine.ShownEnum.fromValue(
                                                theirs.showing().name()))
                                .line(theirs.line())
                                .text(theirs.text()))
                        .toList(),
                found.matches().stream()
                        .map(match -> new MatchOfBreak(match.pass(), match.proposed())
                                .ruleVersion(match.ruleVersion())
                                .statementId(Long.toString(match.statement()))
                                .line(match.line())
                                .ourItem(match.item())
                                .differences(match.differences()))
                        .toList()));
    }

    private BreakDetail detail(String breakId) {
        var id = BreakDesk.number(breakId);
        var found = breaks.one(id).orElseThrow(() -> BreakDesk.unknown(breakId));
        return new BreakDetail(
                ShownBreaks.model(found),
                breaks.comments(id).stream()
                        .map(comment -> new Comment(comment.at(), comment.author(), comment.text()))
                        .toList(),
                attachments.of(id).stream().map(BreaksController::attachment).toList());
    }
}
