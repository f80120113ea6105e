package org.tradesuite.settlement.instruction;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tradesuite.market.Money;
import org.tradesuite.market.Quantity;
import org.tradesuite.settlement.instruction.Advice.ReversalAdvice;
import org.tradesuite.settlement.instruction.Advice.SettlementAdvice;
import org.tradesuite.settlement.instruction.Advice.Standing;
import org.tradesuite.settlement.instruction.Advice.StatusAdvice;

/**
 * The life of a settlement instruction.
 *
 * <p>It begins when we send it. The custodian acknowledges it, looks for the counterparty's instruction (unmatched,
 * matched), waits for the date, the securities and the cash (pending, on hold), and settles it in one slice or in
 * several. At the end of the intended date an unsettled instruction is failing. It may instead be rejected, and is then
 * repaired by a new instruction under a new reference; or cancelled, though settlement can win that race. A reversal
 * takes a settled slice back and opens the instruction again.
 *
 * <p>Messages come late, twice and in the wrong order. So the aggregate keeps every message and derives what it is from
 * the whole set: a slice counts unless reversed, the latest status is the one with the latest time of the sender, and
 * what has settled outranks any status. Two slices that together exceed the instruction cannot both be right; the one
 * the sender wrote first counts and the other is held as {@link Dossier#excess()} until a reversal makes room for it.
 */
public sealed interface Instruction {

    // States

    record Absent() implements Instruction {}

    /** Sent, and neither all settled nor ended. */
    record Open(Dossier dossier) implements Instruction {}

    record Settled(Dossier dossier) implements Instruction {}

    /** Rejected or cancelled: nothing more is expected, though a settlement may still overtake it. */
    record Ended(Dossier dossier) implements Instruction {}

    enum Status {
        INSTRUCTED,
        ACKNOWLEDGED,
        UNMATCHED,
        MATCHED,
        PENDING,
        ON_HOLD,
        FAILING,
        PARTIALLY_SETTLED,
        REVERSED,
        CANCEL_REQUESTED,
        SETTLED,
        CANCELLED,
        REJECTED;

        public boolean isOpen() {
            return this != SETTLED && this != CANCELLED && this != REJECTED;
        }
    }

    // Commands

    sealed interface Command {}

    record Instruct(Terms terms) implements Command {}

    record Receive(Advice advice) implements Command {}

    /** The business date has ended; what should have settled by then is failing. */
    record CloseDate(LocalDate businessDate) implements Command {}

    // Events

    sealed interface Event {}

    record Instructed(Terms terms) implements Event {}

    record Advised(Advice advice) implements Event {}

    record FailDeclared(LocalDate businessDate) implements Event {}

    // Refusals

    enum Reason {
        UNKNOWN_INSTRUCTION,
        ALREADY_INSTRUCTED,
        REFERENCE_REUSED,
        WRONG_DIRECTION,
        WRONG_INSTRUMENT,
        WRONG_ACCOUNT,
        WRONG_CURRENCY,
        NOTHING_SETTLED,
        ABOVE_INSTRUCTED,
        SLICES_DO_NOT_FOOT
    }

    sealed interface Decision {}

    /** @param events empty when the command says nothing new */
    record Accepted(List<Event> events) implements Decision {}

    record Refused(Reason reason, String detail) implements Decision {}

    static Decision decide(Instruction state, Command command) {
        return switch (new Case(state, command)) {
            case Case(Absent _, Instruct i) -> accepted(new Instructed(i.terms()));
            case Case(Absent _, Receive r) -> unknown(r);
            case Case(Absent _, CloseDate _) -> nothingNew();

            case Case(Open o, Instruct i) -> again(o.dossier(), i);
            case Case(Open o, Receive r) -> receive(o.dossier(), r.advice());
            case Case(Open o, CloseDate c) -> close(o.dossier(), c);

            case Case(Settled s, Instruct i) -> again(s.dossier(), i);
            case Case(Settled s, Receive r) -> receive(s.dossier(), r.advice());
            case Case(Settled _, CloseDate _) -> nothingNew();

            case Case(Ended e, Instruct i) -> again(e.dossier(), i);
            case Case(Ended e, Receive r) -> receive(e.dossier(), r.advice());
            case Case(Ended _, CloseDate _) -> nothingNew();
        };
    }

    /**
     * @throws IllegalStateException when the event cannot follow in this state: the stream is corrupt
     */
    static Instruction evolve(Instruction state, Event event) {
        return switch (new Step(state, event)) {
            case Step(Absent _, Instructed i) -> new Open(new Dossier(i.terms(), new TreeMap<>(), null));
            case Step(Open o, Advised a) -> stateOf(o.dossier().with(a.advice()));
            case Step(Settled s, Advised a) -> stateOf(s.dossier().with(a.advice()));
            case Step(Ended e, Advised a) -> stateOf(e.dossier().with(a.advice()));
            case Step(Open o, FailDeclared f) -> stateOf(o.dossier().failing(f.businessDate()));
            case Step(Absent _, Advised _),
                    Step(Absent _, FailDeclared _),
                    Step(Open _, Instructed _),
                    Step(Settled _, Instructed _),
                    Step(Settled _, FailDeclared _),
                    Step(Ended _, Instructed _),
                    Step(Ended _, FailDeclared _) ->
                throw new IllegalStateException(event + " cannot follow in state " + state);
        };
    }

    /**
     * What we know of one instruction: its terms and every message received, by the sender's reference.
     *
     * @param failingSince the first business date that ended without settlement, null while none has
     */
    record Dossier(
            Terms terms,
            SortedMap<String, Advice> advices,
            @Nullable LocalDate failingSince) {

        private static final Comparator<Advice> BY_SENDERS_TIME =
                Comparator.comparing(Advice::sentAt).thenComparing(Advice::senderReference);
        private static final Comparator<StatusAdvice> LATEST = Comparator.comparing(StatusAdvice::sentAt)
                .thenComparing(StatusAdvice::standing)
                .thenComparing(StatusAdvice::senderReference);

        /** The settled slices that stand, in the sender's order; together never more than was instructed. */
        public List<SettlementAdvice> slices() {
            return admitted(true);
        }

        /** Confirmations that would take the total above what was instructed: somebody has to ask the custodian. */
        public List<SettlementAdvice> excess() {
            return admitted(false);
        }

        public Quantity settled() {
            return slices().stream().map(SettlementAdvice::quantity).reduce(Quantity.ZERO, Quantity::plus);
        }

        public Quantity rest() {
            return terms.quantity().minus(settled());
        }

        public Money settledAmount() {
            return slices().stream()
                    .map(SettlementAdvice::amount)
                    .reduce(Money.zero(terms.amount().currency()), Money::plus);
        }

        /** The effective date of the last slice, null while nothing has settled. */
        public @Nullable LocalDate settledOn() {
            return slices().stream()
                    .map(SettlementAdvice::settledOn)
                    .max(Comparator.naturalOrder())
                    .orElse(null);
        }

        public Status status() {
            if (rest().isZero()) {
                return Status.SETTLED;
            }
            var latest = latestStatus();
            if (latest != null && latest.standing() == Standing.CANCELLED) {
                return Status.CANCELLED;
            }
            if (latest != null && latest.standing() == Standing.REJECTED) {
                return Status.REJECTED;
            }
            if (!settled().isZero()) {
                return Status.PARTIALLY_SETTLED;
            }
            if (failingSince != null) {
                return Status.FAILING;
            }
            var reversed = latestEffectiveReversal();
            if (reversed != null && (latest == null || latest.sentAt().isBefore(reversed))) {
                return Status.REVERSED;
            }
            return latest == null ? Status.INSTRUCTED : statusOf(latest.standing());
        }

        /** The reason of the latest status; null once settled, when no reason is left. */
        public @Nullable String reasonCode() {
            var latest = latestStatus();
            return latest == null || status() == Status.SETTLED ? null : latest.reason();
        }

        public @Nullable StatusAdvice latestStatus() {
            return all(StatusAdvice.class).max(LATEST).orElse(null);
        }

        private List<SettlementAdvice> admitted(boolean fitting) {
            var reversed =
                    all(ReversalAdvice.class).map(ReversalAdvice::reverses).toList();
            var total = Quantity.ZERO;
            var chosen = Stream.<SettlementAdvice>builder();
            for (var slice : all(SettlementAdvice.class)
                    .filter(s -> !reversed.contains(s.senderReference()))
                    .sorted(BY_SENDERS_TIME)
                    .toList()) {
                var fits = total.plus(slice.quantity()).compareTo(terms.quantity()) <= 0;
                if (fits) {
                    total = total.plus(slice.quantity());
                }
                if (fits == fitting) {
                    chosen.add(slice);
                }
            }
            return chosen.build().toList();
        }

        private @Nullable Instant latestEffectiveReversal() {
            return all(ReversalAdvice.class)
                    .filter(reversal -> advices.get(reversal.reverses()) instanceof SettlementAdvice)
                    .map(ReversalAdvice::sentAt)
                    .max(Comparator.naturalOrder())
                    .orElse(null);
        }

        private <A extends Advice> Stream<A> all(Class<A> kind) {
            return advices.values().stream().filter(kind::isInstance).map(kind::cast);
        }

        private Dossier with(Advice advice) {
            var more = new TreeMap<>(advices);
            more.put(advice.senderReference(), advice);
            return new Dossier(terms, more, failingSince);
        }

        private Dossier failing(LocalDate date) {
            return new Dossier(terms, advices, failingSince == null ? date : failingSince);
        }

        private static Status statusOf(Standing standing) {
            return switch (standing) {
                case ACKNOWLEDGED -> Status.ACKNOWLEDGED;
                case UNMATCHED -> Status.UNMATCHED;
                case MATCHED -> Status.MATCHED;
                case IN_PROCESS, IN_REPAIR, PENDING -> Status.PENDING;
                case ON_HOLD -> Status.ON_HOLD;
                case FAILING -> Status.FAILING;
                case CANCEL_REQUESTED -> Status.CANCEL_REQUESTED;
                case CANCELLED -> Status.CANCELLED;
                case REJECTED -> Status.REJECTED;
            };
        }
    }

    private static Instruction stateOf(Dossier dossier) {
        return switch (dossier.status()) {
            case SETTLED -> new Settled(dossier);
            case CANCELLED, REJECTED -> new Ended(dossier);
            case INSTRUCTED,
                    ACKNOWLEDGED,
                    UNMATCHED,
                    MATCHED,
                    PENDING,
                    ON_HOLD,
                    FAILING,
                    PARTIALLY_SETTLED,
                    REVERSED,
                    CANCEL_REQUESTED -> new Open(dossier);
        };
    }

    private static Decision again(Dossier dossier, Instruct instruct) {
        return dossier.terms().equals(instruct.terms())
                ? nothingNew()
                : refused(
                        Reason.ALREADY_INSTRUCTED,
                        "Reference " + dossier.terms().reference() + " was sent with other terms: a correction needs a"
                                + " new reference.");
    }

    private static Decision receive(Dossier dossier, Advice advice) {
        var known = dossier.advices().get(advice.senderReference());
        if (known != null) {
            return known.equals(advice)
                    ? nothingNew()
                    : refused(
                            Reason.REFERENCE_REUSED,
                            "The custodian used reference " + advice.senderReference()
                                    + " before for another message about this instruction: ask which one holds.");
        }
        return switch (advice) {
            case StatusAdvice status -> accepted(new Advised(status));
            case ReversalAdvice reversal -> accepted(new Advised(reversal));
            case SettlementAdvice slice -> settle(dossier.terms(), slice);
        };
    }

    private static Decision settle(Terms terms, SettlementAdvice slice) {
        if (slice.direction() != terms.direction()) {
            return refused(
                    Reason.WRONG_DIRECTION,
                    "Confirmed as " + slice.direction() + ", instructed as " + terms.direction() + ".");
        }
        if (!slice.isin().equals(terms.isin())) {
            return refused(
                    Reason.WRONG_INSTRUMENT, "Confirmed in " + slice.isin() + ", instructed in " + terms.isin() + ".");
        }
        if (!slice.safekeepingAccount().equals(terms.safekeepingAccount())) {
            return refused(
                    Reason.WRONG_ACCOUNT,
                    "Confirmed on account " + slice.safekeepingAccount() + ", instructed on "
                            + terms.safekeepingAccount() + ".");
        }
        if (!slice.amount().currency().equals(terms.amount().currency())) {
            return refused(
                    Reason.WRONG_CURRENCY,
                    "Paid in " + slice.amount().currency() + ", instructed in "
                            + terms.amount().currency() + ".");
        }
        if (slice.quantity().isZero()) {
            return refused(Reason.NOTHING_SETTLED, "The confirmation moves no securities.");
        }
        if (slice.quantity().compareTo(terms.quantity()) > 0) {
            return refused(Reason.ABOVE_INSTRUCTED, "Confirmed " + slice.quantity() + " of " + terms.quantity() + ".");
        }
        if (slice.amount().minus(terms.amount()).amount().compareTo(tolerance(terms.amount())) > 0) {
            return refused(Reason.ABOVE_INSTRUCTED, "Paid " + slice.amount() + " against " + terms.amount() + ".");
        }
        var before = slice.previouslySettled();
        var after = slice.remaining();
        if (before != null
                && after != null
                && !before.plus(slice.quantity()).plus(after).equals(terms.quantity())) {
            return refused(
                    Reason.SLICES_DO_NOT_FOOT,
                    "Settled before " + before + ", now " + slice.quantity() + " and left " + after
                            + " do not add up to " + terms.quantity() + ".");
        }
        return accepted(new Advised(slice));
    }

    /** The matching tolerance of T2S: 2 up to 100,000 and 25 above, in units of the currency (rulebook 1.2, step 4). */
    private static BigDecimal tolerance(Money instructed) {
        return BigDecimal.valueOf(instructed.amount().compareTo(BigDecimal.valueOf(100_000)) <= 0 ? 2 : 25);
    }

    /** The date of a fail is the intended date itself: it fails from the end of that day. */
    private static Decision close(Dossier dossier, CloseDate close) {
        var due = !dossier.terms().settlementDate().isAfter(close.businessDate());
        return due && dossier.failingSince() == null
                ? accepted(new FailDeclared(dossier.terms().settlementDate()))
                : nothingNew();
    }

    private static Decision unknown(Receive receive) {
        return refused(
                Reason.UNKNOWN_INSTRUCTION,
                "Message " + receive.advice().senderReference() + " is about an instruction we never sent.");
    }

    private static Decision accepted(Event event) {
        return new Accepted(List.of(event));
    }

    private static Decision nothingNew() {
        return new Accepted(List.of());
    }

    private static Decision refused(Reason reason, String detail) {
        return new Refused(reason, detail);
    }

    record Case(Instruction state, Command command) {}

    record Step(Instruction state, Event event) {}
}
