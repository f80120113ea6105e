package org.tradesuite.execution.engine;

import java.time.Instant;
import org.tradesuite.execution.reference.Limit;

/**
 * Limits that begin or end by themselves, because their time has come: a raise for a while returns, a version decided earlier
 * begins. Orders are held to them by their own time anyway; here it is told, so that the journal and whoever listens have it.
 */
final class LimitTurns {

    private final Desk desk;
    private Instant told = Instant.MAX;
    private Instant next = Instant.MAX;

    LimitTurns(Desk desk) {
        this.desk = desk;
    }

    /** From now on, by the limits that are known now: what turned before is told or was before we started. */
    void begin() {
        told = desk.now();
        look();
    }

    private void look() {
        next = Instant.MAX;
        for (var limit : desk.reference().limits().all()) {
            sooner(limit.validFrom());
            if (limit.validUntil() != null) {
                sooner(limit.validUntil());
            }
        }
    }

    private void sooner(Instant turn) {
        if (turn.isAfter(told) && turn.isBefore(next)) {
            next = turn;
        }
    }

    void tick() {
        if (desk.now().isBefore(next)) {
            return;
        }
        var all = desk.reference().limits().all();
        var begun = all.stream().filter(each -> turned(each.validFrom())).toList();
        var ended = all.stream()
                .filter(each -> each.validUntil() != null && turned(each.validUntil()))
                .toList();
        begin();
        desk.record(
                Streams.LIMITS,
                new DeskFact.LimitsTurned(
                        begun.stream().map(Limit::id).toList(),
                        ended.stream().map(Limit::id).toList()),
                null);
    }

    private boolean turned(Instant at) {
        return at.isAfter(told) && !at.isAfter(desk.now());
    }
}
