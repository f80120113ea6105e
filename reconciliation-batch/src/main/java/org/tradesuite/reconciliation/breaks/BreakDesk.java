package org.tradesuite.reconciliation.breaks;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.springframework.transaction.annotation.Transactional;
import org.tradesuite.openapi.problem.ProblemCode;
import org.tradesuite.web.ProblemException;

/** What people do to breaks, and the rules for it. Each call is one transaction with its event in the journal. */
public class BreakDesk {

    private final Breaks breaks;
    private final BreakLedger ledger;
    private final BigDecimal alone;
    private final Clock clock;

    /** @param alone up to this much money at risk, in base currency, one person closes a break without a second */
    BreakDesk(Breaks breaks, BreakLedger ledger, BigDecimal alone, Clock clock) {
        this.breaks = breaks;
        this.ledger = ledger;
        this.alone = alone;
        this.clock = clock;
    }

    @Transactional
    public Break comment(String breakId, String author, String text) {
        var found = find(breakId);
        var now = now();
        found.comment(author, text, now);
        ledger.record(found, "BreakCommented", author, text, now);
        return withComments(found);
    }

    @Transactional
    public Break give(String breakId, String owner, String by) {
        var found = findOpen(breakId);
        var now = now();
        found.give(owner);
        ledger.record(found, "BreakGiven", by, null, now);
        return withComments(found);
    }

    /**
     * Closes a small break at once. A large one, or one whose size is not known, is closed when a second person asks for
     * the same; until then it is CLOSING.
     */
    @Transactional
    public Break close(String breakId, String by, String resolution, String reason) {
        var found = findOpen(breakId);
        var now = now();
        var asked = found.closingAskedBy();
        var risk = found.moneyAtRisk();
        if (risk != null && risk.compareTo(alone) <= 0) {
            found.close(by, resolution, reason, now);
            ledger.record(found, "BreakClosed", by, reason, now);
        } else if (found.status() != Break.Status.CLOSING || asked == null || !resolution.equals(found.resolution())) {
            found.askToClose(by, resolution, reason);
            ledger.record(found, "BreakClosingAsked", by, reason, now);
        } else if (asked.equals(by)) {
            throw new ProblemException(
                    ProblemCode.MAKER_IS_CHECKER,
                    "You asked for break " + breakId
                            + " to be closed yourself. Somebody else has to agree by closing it"
                            + " with the same resolution.");
        } else {
            found.close(by, resolution, reason, now);
            ledger.record(found, "BreakClosed", by, reason, now);
        }
        return withComments(found);
    }

    @Transactional(readOnly = true)
    public Break look(String breakId) {
        return withComments(number(breakId, breaks::findById));
    }

    private Break find(String breakId) {
        return number(breakId, breaks::findForChange);
    }

    private Break findOpen(String breakId) {
        var found = find(breakId);
        if (found.status().over()) {
            throw new ProblemException(
                    ProblemCode.BREAK_CLOSED,
                    "Break " + breakId + " is " + found.status() + ". If it is found again it opens by itself.");
        }
        return found;
    }

    private interface Lookup {
        java.util.Optional<Break> find(long id);
    }

    private static Break number(String breakId, Lookup lookup) {
        if (!breakId.matches("[0-9]{1,18}")) {
            throw ProblemException.notFound("There is no break " + breakId + ". Look it up with GET /breaks.");
        }
        return lookup.find(Long.parseLong(breakId))
                .orElseThrow(() ->
                        ProblemException.notFound("There is no break " + breakId + ". Look it up with GET /breaks."));
    }

    /** Reads the comments while the transaction is open. */
    private static Break withComments(Break found) {
        found.comments().forEach(BreakComment::text);
        return found;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
