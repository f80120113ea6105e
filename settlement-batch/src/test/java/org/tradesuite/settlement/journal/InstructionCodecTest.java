package org.tradesuite.settlement.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tradesuite.market.Money;
import org.tradesuite.market.Quantity;
import org.tradesuite.settlement.instruction.Advice.SettlementAdvice;
import org.tradesuite.settlement.instruction.Advice.Standing;
import org.tradesuite.settlement.instruction.Advice.StatusAdvice;
import org.tradesuite.settlement.instruction.Direction;
import org.tradesuite.settlement.instruction.Instruction.Advised;
import org.tradesuite.settlement.instruction.Instruction.Event;
import org.tradesuite.settlement.instruction.Instruction.FailDeclared;
import org.tradesuite.settlement.instruction.Instruction.Instructed;
import org.tradesuite.settlement.instruction.SampleTerms;

/** What is written to the journal is read back as it was. */
class InstructionCodecTest {

    @Test
    void every_event_comes_back_as_it_was() {
        List<Event> events = List.of(
                new Instructed(SampleTerms.purchase()),
                new Instructed(SampleTerms.terms(Direction.DELI, Quantity.of("0.5"), Money.of("JPY 100"), "ACC/1")),
                new Advised(SampleTerms.status("C1", "10:00:00", Standing.PENDING, "LACK")),
                new Advised(new StatusAdvice(
                        "C2",
                        Instant.parse("2026-10-15T10:00:00Z"),
                        Standing.REJECTED,
                        "IPRC//REJT",
                        null,
                        "a \"b\"\nc")),
                new Advised(SampleTerms.slice("C3", "10:00:00", 400, "288.58")),
                new Advised(new SettlementAdvice(
                        "C4",
                        Instant.parse("2026-10-15T10:00:00Z"),
                        Direction.RECE,
                        SampleTerms.VODAFONE,
                        "SAFE",
                        Quantity.of(1),
                        Money.of("GBP 1"),
                        SampleTerms.THU_15_OCT_2026,
                        Quantity.of(2),
                        Quantity.of(3))),
                new Advised(SampleTerms.reversal("C5", "11:00:00", "C3")),
                new FailDeclared(SampleTerms.THU_15_OCT_2026));
        for (var event : events) {
            assertThat(InstructionCodec.decode(InstructionCodec.type(event), InstructionCodec.encode(event)))
                    .isEqualTo(event);
        }
    }

    @Test
    void an_event_of_a_type_nobody_knows_is_a_corrupt_journal() {
        assertThatThrownBy(() -> InstructionCodec.decode("Invented", "{}"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Invented");
    }
}
