package org.tradesuite.settlement.instruction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tradesuite.settlement.instruction.SampleTerms.THU_15_OCT_2026;
import static org.tradesuite.settlement.instruction.SampleTerms.purchase;
import static org.tradesuite.settlement.instruction.SampleTerms.reversal;
import static org.tradesuite.settlement.instruction.SampleTerms.slice;
import static org.tradesuite.settlement.instruction.SampleTerms.status;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tradesuite.market.Isin;
import org.tradesuite.market.Money;
import org.tradesuite.market.Quantity;
import org.tradesuite.settlement.instruction.Advice.SettlementAdvice;
import org.tradesuite.settlement.instruction.Advice.Standing;
import org.tradesuite.settlement.instruction.Instruction.Absent;
import org.tradesuite.settlement.instruction.Instruction.Accepted;
import org.tradesuite.settlement.instruction.Instruction.CloseDate;
import org.tradesuite.settlement.instruction.Instruction.Command;
import org.tradesuite.settlement.instruction.Instruction.Dossier;
import org.tradesuite.settlement.instruction.Instruction.Ended;
import org.tradesuite.settlement.instruction.Instruction.Event;
import org.tradesuite.settlement.instruction.Instruction.FailDeclared;
import org.tradesuite.settlement.instruction.Instruction.Instruct;
import org.tradesuite.settlement.instruction.Instruction.Instructed;
import org.tradesuite.settlement.instruction.Instruction.Open;
import org.tradesuite.settlement.instruction.Instruction.Reason;
import org.tradesuite.settlement.instruction.Instruction.Receive;
import org.tradesuite.settlement.instruction.Instruction.Refused;
import org.tradesuite.settlement.instruction.Instruction.Settled;
import org.tradesuite.settlement.instruction.Instruction.Status;

/** Rulebook 1.4: the states of an instruction and the laws that hold in all of them. */
class InstructionTest {

    @Test
    void an_instruction_sent_is_open_with_everything_left_to_settle() {
        var dossier = after();
        assertThat(dossier.status()).isEqualTo(Status.INSTRUCTED);
        assertThat(dossier.rest()).isEqualTo(Quantity.of(1000));
        assertThat(dossier.settledAmount()).isEqualTo(Money.of("GBP 0"));
    }

    @Test
    void the_same_instruction_again_changes_nothing_and_other_terms_are_refused() {
        assertThat(Instruction.decide(state(), new Instruct(purchase()))).isEqualTo(new Accepted(List.of()));
        var other = SampleTerms.terms(Direction.RECE, Quantity.of(999), Money.of("GBP 721.45"), null);
        assertRefused(new Instruct(other), Reason.ALREADY_INSTRUCTED);
    }

    @Test
    void acknowledged_then_unmatched_then_matched_then_pending() {
        assertThat(after(status("C1", "08:00:00", Standing.ACKNOWLEDGED, null)).status())
                .isEqualTo(Status.ACKNOWLEDGED);
        assertThat(after(
                                status("C1", "08:00:00", Standing.ACKNOWLEDGED, null),
                                status("C2", "08:01:00", Standing.UNMATCHED, "CMIS"))
                        .status())
                .isEqualTo(Status.UNMATCHED);
        assertThat(after(
                                status("C2", "08:01:00", Standing.UNMATCHED, "CMIS"),
                                status("C3", "08:02:00", Standing.MATCHED, null))
                        .status())
                .isEqualTo(Status.MATCHED);
        assertThat(after(status("C4", "08:03:00", Standing.PENDING, "LACK")).reasonCode())
                .isEqualTo("LACK");
    }

    @Test
    void at_equal_times_the_later_stage_of_life_holds() {
        var dossier = after(
                status("C2", "08:00:00", Standing.MATCHED, null),
                status("C1", "08:00:00", Standing.ACKNOWLEDGED, null));
        assertThat(dossier.status()).isEqualTo(Status.MATCHED);
    }

    @Test
    void the_latest_by_the_senders_time_holds_whatever_came_last() {
        var dossier = after(
                status("C2", "09:00:00", Standing.MATCHED, null), status("C1", "08:00:00", Standing.UNMATCHED, "CMIS"));
        assertThat(dossier.status()).isEqualTo(Status.MATCHED);
    }

    @Test
    void a_slice_settles_its_part_and_the_rest_stays_open() {
        var dossier = after(slice("C1", "10:00:00", 400, "288.58"));
        assertThat(dossier.status()).isEqualTo(Status.PARTIALLY_SETTLED);
        assertThat(dossier.settled()).isEqualTo(Quantity.of(400));
        assertThat(dossier.rest()).isEqualTo(Quantity.of(600));
    }

    @Test
    void slices_that_reach_the_whole_settle_it() {
        var dossier = after(slice("C1", "10:00:00", 400, "288.58"), slice("C2", "11:00:00", 600, "432.87"));
        assertThat(dossier.status()).isEqualTo(Status.SETTLED);
        assertThat(dossier.settledAmount()).isEqualTo(Money.of("GBP 721.45"));
        assertThat(state(slice("C1", "10:00:00", 1000, "721.45"))).isInstanceOf(Settled.class);
    }

    @Test
    void a_late_pending_does_not_reopen_what_has_settled() {
        var dossier =
                after(slice("C1", "10:00:00", 1000, "721.45"), status("C2", "10:30:00", Standing.PENDING, "LACK"));
        assertThat(dossier.status()).isEqualTo(Status.SETTLED);
        assertThat(dossier.reasonCode()).isNull();
    }

    @Test
    void settlement_wins_the_race_against_a_cancellation() {
        var dossier =
                after(status("C1", "10:00:00", Standing.CANCELLED, "CANI"), slice("C2", "09:59:00", 1000, "721.45"));
        assertThat(dossier.status()).isEqualTo(Status.SETTLED);
    }

    @Test
    void rejected_ends_it_and_the_reason_is_kept() {
        var state = state(status("C1", "08:00:00", Standing.REJECTED, "SAFE"));
        assertThat(state).isInstanceOf(Ended.class);
        assertThat(after(status("C1", "08:00:00", Standing.REJECTED, "SAFE")).reasonCode())
                .isEqualTo("SAFE");
    }

    @Test
    void a_message_under_a_known_reference_changes_nothing() {
        var slice = slice("C1", "10:00:00", 400, "288.58");
        assertThat(Instruction.decide(state(slice), new Receive(slice))).isEqualTo(new Accepted(List.of()));
    }

    @Test
    void a_reference_used_for_another_message_is_refused() {
        var decision = Instruction.decide(
                state(slice("C1", "10:00:00", 400, "288.58")), new Receive(slice("C1", "10:00:00", 500, "360.00")));
        assertThat(decision)
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.reason()).isEqualTo(Reason.REFERENCE_REUSED));
    }

    @Test
    void a_reversal_takes_the_slice_back_and_opens_the_instruction_again() {
        var dossier = after(slice("C1", "10:00:00", 1000, "721.45"), reversal("C2", "11:00:00", "C1"));
        assertThat(dossier.status()).isEqualTo(Status.REVERSED);
        assertThat(dossier.rest()).isEqualTo(Quantity.of(1000));
        assertThat(state(slice("C1", "10:00:00", 1000, "721.45"), reversal("C2", "11:00:00", "C1")))
                .isInstanceOf(Open.class);
    }

    @Test
    void a_reversal_before_the_slice_it_reverses_waits_for_it() {
        var dossier = after(reversal("C2", "11:00:00", "C1"), slice("C1", "10:00:00", 1000, "721.45"));
        assertThat(dossier.status()).isEqualTo(Status.REVERSED);
    }

    @Test
    void a_status_after_the_reversal_says_where_it_stands_now() {
        var dossier = after(
                slice("C1", "10:00:00", 1000, "721.45"),
                reversal("C2", "11:00:00", "C1"),
                status("C3", "12:00:00", Standing.PENDING, "CLAC"));
        assertThat(dossier.status()).isEqualTo(Status.PENDING);
    }

    @Test
    void a_slice_beyond_the_whole_is_held_until_a_reversal_makes_room() {
        var dossier = after(slice("C1", "10:00:00", 1000, "721.45"), slice("C3", "12:00:00", 1000, "721.45"));
        assertThat(dossier.settled()).isEqualTo(Quantity.of(1000));
        assertThat(dossier.excess())
                .extracting(SettlementAdvice::senderReference)
                .containsExactly("C3");
        var corrected = after(
                slice("C1", "10:00:00", 1000, "721.45"),
                slice("C3", "12:00:00", 1000, "721.45"),
                reversal("C2", "11:00:00", "C1"));
        assertThat(corrected.status()).isEqualTo(Status.SETTLED);
        assertThat(corrected.excess()).isEmpty();
    }

    @Test
    void a_confirmation_of_something_else_is_refused() {
        var slice = slice("C1", "10:00:00", 400, "288.58");
        assertRefused(new Receive(slice("C1", "10:00:00", 1001, "721.45")), Reason.ABOVE_INSTRUCTED);
        assertRefused(new Receive(slice("C1", "10:00:00", 1000, "723.46")), Reason.ABOVE_INSTRUCTED);
        assertRefused(new Receive(slice("C1", "10:00:00", 0, "0")), Reason.NOTHING_SETTLED);
        assertRefused(
                new Receive(new SettlementAdvice(
                        "C1",
                        slice.sentAt(),
                        Direction.DELI,
                        slice.isin(),
                        slice.safekeepingAccount(),
                        slice.quantity(),
                        slice.amount(),
                        slice.settledOn(),
                        null,
                        null)),
                Reason.WRONG_DIRECTION);
        assertRefused(
                new Receive(new SettlementAdvice(
                        "C1",
                        slice.sentAt(),
                        Direction.RECE,
                        Isin.of("GB0005405286"),
                        slice.safekeepingAccount(),
                        slice.quantity(),
                        slice.amount(),
                        slice.settledOn(),
                        null,
                        null)),
                Reason.WRONG_INSTRUMENT);
        assertRefused(
                new Receive(new SettlementAdvice(
                        "C1",
                        slice.sentAt(),
                        Direction.RECE,
                        slice.isin(),
                        "SAFEPEN1001",
                        slice.quantity(),
                        slice.amount(),
                        slice.settledOn(),
                        null,
                        null)),
                Reason.WRONG_ACCOUNT);
        assertRefused(
                new Receive(new SettlementAdvice(
                        "C1",
                        slice.sentAt(),
                        Direction.RECE,
                        slice.isin(),
                        slice.safekeepingAccount(),
                        slice.quantity(),
                        Money.of("EUR 288.58"),
                        slice.settledOn(),
                        null,
                        null)),
                Reason.WRONG_CURRENCY);
        assertRefused(
                new Receive(new SettlementAdvice(
                        "C1",
                        slice.sentAt(),
                        Direction.RECE,
                        slice.isin(),
                        slice.safekeepingAccount(),
                        slice.quantity(),
                        slice.amount(),
                        slice.settledOn(),
                        Quantity.of(100),
                        Quantity.of(100))),
                Reason.SLICES_DO_NOT_FOOT);
    }

    @Test
    void a_message_about_an_instruction_never_sent_is_refused() {
        assertThat(Instruction.decide(new Absent(), new Receive(slice("C1", "10:00:00", 400, "288.58"))))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.reason()).isEqualTo(Reason.UNKNOWN_INSTRUCTION));
    }

    @Test
    void unsettled_at_the_end_of_the_intended_date_it_is_failing_since_that_date() {
        var dayBefore = new CloseDate(LocalDate.of(2026, 10, 14));
        assertThat(Instruction.decide(state(), dayBefore)).isEqualTo(new Accepted(List.of()));
        var friday = new CloseDate(LocalDate.of(2026, 10, 16));
        assertThat(Instruction.decide(state(), friday))
                .isEqualTo(new Accepted(List.of(new FailDeclared(THU_15_OCT_2026))));
        var failing = Instruction.evolve(state(), new FailDeclared(THU_15_OCT_2026));
        assertThat(dossier(failing).status()).isEqualTo(Status.FAILING);
        assertThat(Instruction.decide(failing, friday)).isEqualTo(new Accepted(List.of()));
    }

    @Test
    void settled_and_ended_instructions_never_begin_to_fail() {
        var friday = new CloseDate(LocalDate.of(2026, 10, 16));
        assertThat(Instruction.decide(state(slice("C1", "10:00:00", 1000, "721.45")), friday))
                .isEqualTo(new Accepted(List.of()));
        assertThat(Instruction.decide(state(status("C1", "08:00:00", Standing.REJECTED, "SAFE")), friday))
                .isEqualTo(new Accepted(List.of()));
    }

    @Test
    void a_stream_that_begins_with_an_answer_is_corrupt() {
        assertThatThrownBy(() -> Instruction.evolve(new Absent(), new FailDeclared(THU_15_OCT_2026)))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> Instruction.evolve(state(), new Instructed(purchase())))
                .isInstanceOf(IllegalStateException.class);
    }

    private static void assertRefused(Command command, Reason reason) {
        assertThat(Instruction.decide(state(), command))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.reason()).isEqualTo(reason));
    }

    static Instruction state(Advice... advices) {
        var state = Instruction.evolve(new Absent(), new Instructed(purchase()));
        for (var advice : advices) {
            for (Event event : ((Accepted) Instruction.decide(state, new Receive(advice))).events()) {
                state = Instruction.evolve(state, event);
            }
        }
        return state;
    }

    static Dossier after(Advice... advices) {
        return dossier(state(advices));
    }

    static Dossier dossier(Instruction state) {
        return switch (state) {
            case Absent _ -> throw new AssertionError("never sent");
            case Open open -> open.dossier();
            case Settled settled -> settled.dossier();
            case Ended ended -> ended.dossier();
        };
    }
}
