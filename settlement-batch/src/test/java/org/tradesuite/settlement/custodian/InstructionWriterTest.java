package org.tradesuite.settlement.custodian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tradesuite.market.Money;
import org.tradesuite.market.Quantity;
import org.tradesuite.settlement.instruction.Direction;
import org.tradesuite.settlement.instruction.SampleTerms;

/** Instructions as they leave: MT541, MT543 and sese.023. */
class InstructionWriterTest {

    private static final Instant PREPARED = Instant.parse("2026-10-13T21:05:09.123456Z");

    @Test
    void a_purchase_is_an_mt541_with_every_mandatory_field() {
        var fin = InstructionWriter.write(SampleTerms.purchase(), PREPARED).fin();
        assertThat(fin.replace("\r\n", "\n"))
                .startsWith("{1:F01TRSUGB2LAXXX0000000000}{2:I541CUSTGB2LXXXXN}{3:{108:S26101300001A}}{4:\n" + """
                    :16R:GENL
                    :20C::SEME//S26101300001A
                    :23G:NEWM
                    :98C::PREP//20261013210509
                    :16S:GENL
                    :16R:TRADDET
                    :94B::TRAD//EXCH/XLON
                    :98A::SETT//20261015
                    :98A::TRAD//20261013
                    :35B:ISIN GB00BH4HKS39
                    :16S:TRADDET
                    :16R:FIAC
                    :36B::SETT//UNIT/1000,
                    :97A::SAFE//SAFEGEQ1001
                    :16S:FIAC
                    :16R:SETDET
                    :22F::SETR//TRAD
                    :16R:SETPRTY
                    :95P::SELL//ALFAGB2LXXX
                    :16S:SETPRTY
                    :16R:SETPRTY
                    :95P::DEAG//ALFAGB2LXXX
                    :16S:SETPRTY
                    :16R:SETPRTY
                    :95P::PSET//CRSTGB22XXX
                    :16S:SETPRTY
                    :16R:AMT
                    :19A::SETT//GBP721,45
                    :16S:AMT
                    :16S:SETDET
                    -}{5:{CHK:\
                    """)
                .endsWith("}}");
    }

    @Test
    void a_sale_is_an_mt543_that_names_the_buyer_and_the_receiving_agent() {
        var fin = InstructionWriter.write(
                        SampleTerms.terms(Direction.DELI, Quantity.of(10), Money.of("GBP 7.2"), "12/34-5"), PREPARED)
                .fin();
        assertThat(fin)
                .contains("{2:I543CUSTGB2LXXXXN}")
                .contains(":95P::BUYR//ALFAGB2LXXX", ":95P::REAG//ALFAGB2LXXX", ":97A::SAFE//12/34-5")
                .contains(":19A::SETT//GBP7,20")
                .doesNotContain("SELL", "DEAG");
    }

    @ParameterizedTest
    @CsvSource({
        "JPY 1234567, ':19A::SETT//JPY1234567,'",
        "GBP 0.01, ':19A::SETT//GBP0,01'",
        "EUR 100, ':19A::SETT//EUR100,00'",
        "KWD 1.234, ':19A::SETT//KWD1,234'",
        "USD 123456789012.34, ':19A::SETT//USD123456789012,34'"
    })
    void an_amount_has_the_decimals_of_its_currency_and_a_comma(Money amount, String field) {
        var fin = InstructionWriter.write(SampleTerms.terms(Direction.RECE, Quantity.of(1), amount, null), PREPARED)
                .fin();
        assertThat(fin).contains(field);
    }

    @Test
    void an_amount_longer_than_fifteen_characters_is_refused() {
        assertThatThrownBy(() -> InstructionWriter.write(
                        SampleTerms.terms(Direction.RECE, Quantity.of(1), Money.of("USD 1234567890123.45"), null),
                        PREPARED))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("15 characters");
    }

    @Test
    void the_same_terms_at_the_same_time_give_the_same_bytes() {
        assertThat(InstructionWriter.write(SampleTerms.purchase(), PREPARED))
                .isEqualTo(InstructionWriter.write(SampleTerms.purchase(), PREPARED));
    }

    @Test
    void the_sese_023_says_the_same_as_the_mt_and_writes_its_time_in_utc() {
        for (var direction : Direction.values()) {
            var terms = SampleTerms.terms(direction, Quantity.of("1000.5"), Money.of("JPY 721"), "ACC/1");
            var written = InstructionWriter.write(terms, PREPARED);
            assertThat(InstructionWriter.factsOfIso(written.iso()))
                    .isEqualTo(InstructionWriter.factsOfFin(written.fin()))
                    .isEqualTo(InstructionWriter.facts(terms));
            assertThat(written.iso())
                    .contains("urn:iso:std:iso:20022:tech:xsd:sese.023.001.12")
                    .containsPattern("<([a-z]+:)?CreDt>2026-10-13T21:05:09(\\.000)?Z</");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/ACC", "ACC/", "A//C", "", "ACCOUNT_1", "123456789012345678901234567890123456"})
    void an_account_the_network_would_break_is_refused(String account) {
        assertThatThrownBy(() -> SampleTerms.terms(Direction.RECE, Quantity.of(1), Money.of("GBP 1"), account))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("35 characters");
    }
}
