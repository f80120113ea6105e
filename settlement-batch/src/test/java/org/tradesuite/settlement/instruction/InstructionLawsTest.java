package org.tradesuite.settlement.instruction;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.tradesuite.market.Money;
import org.tradesuite.settlement.instruction.Advice.Standing;
import org.tradesuite.settlement.instruction.Instruction.Accepted;
import org.tradesuite.settlement.instruction.Instruction.Dossier;
import org.tradesuite.settlement.instruction.Instruction.Receive;
import org.tradesuite.settlement.instruction.Instruction.Status;

/** Laws over any set of messages a custodian may send, in any order, any of them twice (rulebook 1.4, check 3 of 6). */
class InstructionLawsTest {

    @Property(tries = 500)
    void every_message_twice_and_in_random_order_gives_the_same_state(
            @ForAll("conversations") List<Advice> conversation, @ForAll long seed) {
        var shuffled = new ArrayList<>(conversation);
        shuffled.addAll(conversation);
        Collections.shuffle(shuffled, new Random(seed));
        assertThat(received(shuffled)).isEqualTo(received(conversation));
    }

    @Property(tries = 500)
    void slices_never_exceed_the_instruction_and_settled_and_rest_make_it_up(
            @ForAll("conversations") List<Advice> conversation) {
        var dossier = received(conversation);
        assertThat(dossier.settled()).isLessThanOrEqualTo(dossier.terms().quantity());
        assertThat(dossier.settled().plus(dossier.rest()))
                .isEqualTo(dossier.terms().quantity());
        assertThat(dossier.status() == Status.SETTLED).isEqualTo(dossier.rest().isZero());
        assertThat(dossier.settledAmount())
                .isEqualTo(dossier.slices().stream()
                        .map(Advice.SettlementAdvice::amount)
                        .reduce(Money.of("GBP 0"), Money::plus));
    }

    private static Dossier received(List<Advice> advices) {
        var state = InstructionTest.state();
        for (var advice : advices) {
            var decision = (Accepted) Instruction.decide(state, new Receive(advice));
            for (var event : decision.events()) {
                state = Instruction.evolve(state, event);
            }
        }
        return InstructionTest.dossier(state);
    }

    /** Up to twelve messages with references C0, C1 ...; minutes and slices collide often on purpose. */
    @Provide
    Arbitrary<List<Advice>> conversations() {
        var message = Combinators.combine(
                Arbitraries.integers().between(0, 9),
                Arbitraries.integers().between(0, 5),
                Arbitraries.integers().between(1, 10),
                Arbitraries.integers().between(0, 11),
                Arbitraries.of(Standing.values()));
        return message.as(Draft::new).list().ofMinSize(1).ofMaxSize(12).map(InstructionLawsTest::numbered);
    }

    record Draft(int kind, int minute, int hundreds, int target, Standing standing) {}

    private static List<Advice> numbered(List<Draft> drafts) {
        var advices = new ArrayList<Advice>();
        for (var i = 0; i < drafts.size(); i++) {
            var draft = drafts.get(i);
            var time = "10:0" + draft.minute() + ":00";
            advices.add(
                    draft.kind() < 4
                            ? SampleTerms.slice("C" + i, time, draft.hundreds() * 100L, amount(draft.hundreds()))
                            : draft.kind() < 6
                                    ? SampleTerms.reversal("C" + i, time, "C" + draft.target())
                                    : SampleTerms.status("C" + i, time, draft.standing(), "NORE"));
        }
        return advices;
    }

    private static String amount(int hundreds) {
        return new BigDecimal("72.14").multiply(BigDecimal.valueOf(hundreds)).toPlainString();
    }
}
