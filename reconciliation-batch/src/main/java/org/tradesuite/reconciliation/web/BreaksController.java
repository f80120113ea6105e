package org.tradesuite.reconciliation.web;

import java.math.BigDecimal;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.RestController;
import org.tradesuite.openapi.reconciliation.api.BreaksApi;
import org.tradesuite.openapi.reconciliation.model.BreakClosing;
import org.tradesuite.openapi.reconciliation.model.BreakDetail;
import org.tradesuite.openapi.reconciliation.model.BreakPage;
import org.tradesuite.openapi.reconciliation.model.BreakStatus;
import org.tradesuite.openapi.reconciliation.model.Comment;
import org.tradesuite.openapi.reconciliation.model.Feed;
import org.tradesuite.openapi.reconciliation.model.ModelBreak;
import org.tradesuite.openapi.reconciliation.model.NewComment;
import org.tradesuite.openapi.reconciliation.model.NewOwner;
import org.tradesuite.openapi.reconciliation.model.Resolution;
import org.tradesuite.reconciliation.breaks.Break;
import org.tradesuite.reconciliation.breaks.BreakDesk;
import org.tradesuite.reconciliation.breaks.Breaks;
import org.tradesuite.web.Cursor;
import org.tradesuite.web.Page;

/** The breaks over HTTP, as reconciliation.yaml says. */
@RestController
class BreaksController implements BreaksApi {

    private static final String MAY_WORK_ON_BREAKS = "hasAnyRole('OPERATIONS', 'ADMINISTRATOR')";

    private final Breaks breaks;
    private final BreakDesk desk;

    BreaksController(Breaks breaks, BreakDesk desk) {
        this.breaks = breaks;
        this.desk = desk;
    }

    @Override
    public ResponseEntity<BreakPage> listBreaks(
            @Nullable LocalDate businessDate,
            @Nullable Feed feed,
            @Nullable BreakStatus status,
            @Nullable String accountId,
            @Nullable String cursor,
            Integer limit) {
        var from = Cursor.parse(cursor, 2);
        var found = breaks.page(
                businessDate,
                feed == null ? null : org.tradesuite.reconciliation.statement.Feed.valueOf(feed.getValue()),
                status == null ? null : Break.Status.valueOf(status.getValue()),
                accountId,
                from.map(at -> new BigDecimal(at.keys().getFirst())).orElse(null),
                from.map(at -> Long.parseLong(at.keys().getLast())).orElse(0L),
                Limit.of(limit + 1));
        var page = Page.of(found, limit, last -> Cursor.of(risk(last).toPlainString(), Long.toString(last.id())));
        return ResponseEntity.ok(
                new BreakPage(page.items().stream().map(BreaksController::model).toList())
                        .nextCursor(page.nextCursor()));
    }

    @Override
    public ResponseEntity<BreakDetail> getBreak(String breakId) {
        return ResponseEntity.ok(detail(desk.look(breakId)));
    }

    @Override
    @PreAuthorize(MAY_WORK_ON_BREAKS)
    public ResponseEntity<BreakDetail> commentBreak(String breakId, NewComment comment) {
        return ResponseEntity.status(HttpStatus.CREATED)
                .body(detail(desk.comment(breakId, SignedIn.name(), comment.getText())));
    }

    @Override
    @PreAuthorize(MAY_WORK_ON_BREAKS)
    public ResponseEntity<BreakDetail> giveBreak(String breakId, NewOwner owner) {
        return ResponseEntity.ok(detail(desk.give(breakId, owner.getOwner(), SignedIn.name())));
    }

    @Override
    @PreAuthorize(MAY_WORK_ON_BREAKS)
    public ResponseEntity<BreakDetail> closeBreak(String breakId, BreakClosing closing) {
        return ResponseEntity.ok(detail(
                desk.close(breakId, SignedIn.name(), closing.getResolution().getValue(), closing.getReason())));
    }

    private static BigDecimal risk(Break of) {
        var risk = of.moneyAtRisk();
        return risk == null ? BigDecimal.ZERO : risk;
    }

    private static BreakDetail detail(Break of) {
        return new BreakDetail(
                model(of),
                of.comments().stream()
                        .map(comment -> new Comment(comment.at(), comment.author(), comment.text()))
                        .toList());
    }

    private static ModelBreak model(Break of) {
        var risk = of.moneyAtRisk();
        var resolution = of.resolution();
        return new ModelBreak(
                        Long.toString(of.id()),
                        Feed.fromValue(of.feed().name()),
                        of.breakClass(),
                        of.firstSeen(),
                        of.lastSeen(),
                        of.businessDate(),
                        BreakStatus.fromValue(of.status().name()))
                .accountId(of.accountId())
                .brokerId(of.brokerId())
                .instrumentId(of.instrumentId())
                .isin(of.isin())
                .currency(of.currency())
                .reference(of.reference())
                .ours(of.ours())
                .theirs(of.theirs())
                .difference(of.difference())
                .moneyAtRisk(risk == null ? null : risk.toPlainString())
                .baseCurrency(of.baseCurrency())
                .owner(of.owner())
                .resolution(resolution == null ? null : Resolution.fromValue(resolution));
    }
}
