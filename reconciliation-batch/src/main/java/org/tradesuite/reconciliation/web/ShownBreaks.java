package org.tradesuite.reconciliation.web;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import org.tradesuite.openapi.reconciliation.model.AgeBucket;
import org.tradesuite.openapi.reconciliation.model.BreakStatus;
import org.tradesuite.openapi.reconciliation.model.BreakSummaryCell;
import org.tradesuite.openapi.reconciliation.model.ClearedBy;
import org.tradesuite.openapi.reconciliation.model.ClosingKind;
import org.tradesuite.openapi.reconciliation.model.Feed;
import org.tradesuite.openapi.reconciliation.model.ModelBreak;
import org.tradesuite.openapi.reconciliation.model.Resolution;
import org.tradesuite.reconciliation.breaks.BreakSummary;
import org.tradesuite.reconciliation.breaks.ListedBreak;

/** Breaks and counts of them as the contract has them. */
final class ShownBreaks {

    private ShownBreaks() {}

    static ModelBreak model(ListedBreak of) {
        var closing = of.closingKind();
        var resolution = of.resolution();
        var bucket = of.ageBucket();
        return new ModelBreak(
                        Long.toString(of.id()),
                        of.version(),
                        Feed.fromValue(of.feed()),
                        of.breakClass(),
                        of.material(),
                        of.firstSeen(),
                        of.lastSeen(),
                        of.businessDate(),
                        of.openedOn(),
                        of.timesReopened(),
                        BreakStatus.fromValue(of.status().name()))
                .causeCode(of.causeCode())
                .accountId(of.accountId())
                .brokerId(of.brokerId())
                .instrumentId(of.instrumentId())
                .isin(of.isin())
                .currency(of.currency())
                .reference(of.reference())
                .side(of.side())
                .ours(of.ours())
                .theirs(of.theirs())
                .difference(of.difference())
                .detail(of.detail())
                .moneyAtRisk(plain(of.moneyAtRisk()))
                .baseCurrency(of.baseCurrency())
                .firmMoney(plain(of.firmMoney()))
                .ageDays(of.ageDays())
                .ageBucket(bucket == null ? null : AgeBucket.fromValue(bucket))
                .dueOn(of.dueOn())
                .overdue(of.overdue())
                .owner(of.owner())
                .closingKind(closing == null ? null : ClosingKind.fromValue(closing))
                .resolution(resolution == null ? null : Resolution.fromValue(resolution))
                .closeReason(of.closeReason())
                .closingAskedBy(of.closingAskedBy())
                .closedBy(of.closedBy())
                .closedAt(of.closedAt())
                .clearedBy(clearedBy(of))
                .withinTheDay(of.withinTheDay())
                .withinTheDayAt(of.withinTheDayAt());
    }

    private static @Nullable ClearedBy clearedBy(ListedBreak of) {
        var job = of.clearedByJob();
        var run = of.clearedByRun();
        var on = of.clearedOn();
        return job == null || on == null ? null : new ClearedBy(job, on).runId(run == null ? null : Long.toString(run));
    }

    static BreakSummaryCell cell(BreakSummary.Cell of) {
        return new BreakSummaryCell(
                Feed.fromValue(of.feed()),
                of.breakClass(),
                AgeBucket.fromValue(of.ageBucket()),
                of.open(),
                of.material(),
                of.overdue(),
                of.unvalued(),
                of.firmMoney().toPlainString());
    }

    private static @Nullable String plain(@Nullable BigDecimal number) {
        return number == null ? null : number.toPlainString();
    }
}
