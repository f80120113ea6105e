package org.tradesuite.reconciliation.web;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.RestController;
import org.tradesuite.openapi.reconciliation.api.BreaksApi;
import org.tradesuite.openapi.reconciliation.model.AgeBucket;
import org.tradesuite.openapi.reconciliation.model.BreakClosing;
import org.tradesuite.openapi.reconciliation.model.BreakDetail;
import org.tradesuite.openapi.reconciliation.model.BreakPage;
import org.tradesuite.openapi.reconciliation.model.BreakSort;
import org.tradesuite.openapi.reconciliation.model.BreakStatus;
import org.tradesuite.openapi.reconciliation.model.Cause;
import org.tradesuite.openapi.reconciliation.model.CauseCodes;
import org.tradesuite.openapi.reconciliation.model.Comment;
import org.tradesuite.openapi.reconciliation.model.Feed;
import org.tradesuite.openapi.reconciliation.model.NewComment;
import org.tradesuite.openapi.reconciliation.model.NewOwner;
import org.tradesuite.openapi.reconciliation.model.RecurringCause;
import org.tradesuite.openapi.reconciliation.model.RecurringCauses;
import org.tradesuite.reconciliation.breaks.Break;
import org.tradesuite.reconciliation.breaks.BreakDesk;
import org.tradesuite.reconciliation.breaks.BreakFilter;
import org.tradesuite.reconciliation.breaks.BreakList;
import org.tradesuite.reconciliation.breaks.BreakSummary;
import org.tradesuite.web.Cursor;
import org.tradesuite.web.Page;

/** The breaks over HTTP, as reconciliation.yaml says. */
@RestController
class BreaksController implements BreaksApi {

    private static final String MAY_WORK_ON_BREAKS = "hasAnyRole('OPERATIONS', 'ADMINISTRATOR')";

    private final BreakList breaks;
    private final BreakSummary summary;
    private final BreakDesk desk;

    BreaksController(BreakList breaks, BreakSummary summary, BreakDesk desk) {
        this.breaks = breaks;
        this.summary = summary;
        this.desk = desk;
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
    public ResponseEntity<BreakDetail> commentBreak(String breakId, NewComment comment) {
        desk.comment(breakId, SignedIn.name(), comment.getText());
        return ResponseEntity.status(HttpStatus.CREATED).body(detail(breakId));
    }

    @Override
    @PreAuthorize(MAY_WORK_ON_BREAKS)
    public ResponseEntity<BreakDetail> giveBreak(String breakId, NewOwner owner) {
        desk.give(breakId, owner.getOwner(), SignedIn.name());
        return ResponseEntity.ok(detail(breakId));
    }

    @Override
    @PreAuthorize(MAY_WORK_ON_BREAKS)
    public ResponseEntity<BreakDetail> closeBreak(String breakId, BreakClosing closing) {
        desk.close(breakId, SignedIn.name(), closing.getResolution().getValue(), closing.getReason());
        return ResponseEntity.ok(detail(breakId));
    }

    private BreakDetail detail(String breakId) {
        var id = BreakDesk.number(breakId);
        var found = breaks.one(id).orElseThrow(() -> BreakDesk.unknown(breakId));
        return new BreakDetail(
                ShownBreaks.model(found),
                breaks.comments(id).stream()
                        .map(comment -> new Comment(comment.at(), comment.author(), comment.text()))
                        .toList());
    }
}
