package org.tradesuite.settlement.custodian;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tradesuite.market.Money;
import org.tradesuite.market.Quantity;
import org.tradesuite.settlement.custodian.Reading.Problem;
import org.tradesuite.settlement.custodian.Reading.Read;
import org.tradesuite.settlement.custodian.Reading.Unreadable;
import org.tradesuite.settlement.instruction.Advice.ReversalAdvice;
import org.tradesuite.settlement.instruction.Advice.SettlementAdvice;
import org.tradesuite.settlement.instruction.Advice.Standing;
import org.tradesuite.settlement.instruction.Advice.StatusAdvice;
import org.tradesuite.settlement.instruction.Direction;
import org.tradesuite.settlement.instruction.SampleTerms;

/** The custodian's answers, and everything that refuses one. */
class AdviceReaderTest {

    static final String STATUS = """
        {1:F01TRSUGB2LAXXX0000000000}{2:O5481805261015CUSTGB2LAXXX00000000002610151905N}{4:
        :16R:GENL
        :20C::SEME//CU1
        :23G:INST
        :98C::PREP//20261015180512
        :16R:LINK
        :20C::RELA//S26101300001A
        :16S:LINK
        :16R:STAT
        :25D::SETT//PEND
        :16R:REAS
        :24B::PEND//LACK
        :70D::REAS//SHORT OF SECURITIES
        TRY AGAIN TOMORROW
        :16S:REAS
        :16S:STAT
        :16S:GENL
        -}{5:{CHK:123456789ABC}}
        """;

    static final String CONFIRMATION = """
        {1:F01TRSUGB2LAXXX0000000000}{2:O5451805261015CUSTGB2LAXXX00000000002610151905N}{4:
        :16R:GENL
        :20C::SEME//CU2
        :23G:NEWM
        :98C::PREP//20261015180512
        :22F::PARS//PAIN
        :16R:LINK
        :20C::RELA//S26101300001A
        :16S:LINK
        :16S:GENL
        :16R:TRADDET
        :98A::ESET//20261015
        :98A::SETT//20261015
        :35B:ISIN GB00BH4HKS39
        VODAFONE GROUP
        :16S:TRADDET
        :16R:FIAC
        :36B::ESTT//UNIT/400,
        :36B::PSTT//UNIT/0,
        :36B::RSTT//UNIT/600,
        :97A::SAFE//SAFEGEQ1001
        :16S:FIAC
        :16R:SETDET
        :22F::SETR//TRAD
        :16R:AMT
        :19A::ESTT//GBP288,58
        :16S:AMT
        :16S:SETDET
        -}{5:{CHK:123456789ABC}}
        """;

    private final AdviceReader reader = new AdviceReader(SampleTerms.US, SampleTerms.CUSTODIAN);

    @Test
    void a_pending_status_is_read_with_its_reason_and_the_senders_time() {
        assertThat(reader.read(STATUS))
                .isEqualTo(new Read(
                        "548",
                        "S26101300001A",
                        new StatusAdvice(
                                "CU1",
                                Instant.parse("2026-10-15T18:05:12Z"),
                                Standing.PENDING,
                                "SETT//PEND",
                                "LACK",
                                "SHORT OF SECURITIES\nTRY AGAIN TOMORROW")));
    }

    @Test
    void without_its_own_time_the_header_says_when() {
        var reading = (Read) reader.read(STATUS.replace(":98C::PREP//20261015180512\n", ""));
        assertThat(reading.advice().sentAt()).isEqualTo(Instant.parse("2026-10-15T18:05:00Z"));
    }

    @Test
    void a_message_as_the_custodian_writes_it_is_read_like_one_the_network_delivers() {
        var input = STATUS.replace(
                "{1:F01TRSUGB2LAXXX0000000000}{2:O5481805261015CUSTGB2LAXXX00000000002610151905N}",
                "{1:F01CUSTGB2LAXXX0000000000}{2:I548TRSUGB2LXXXXN}");
        assertThat(reader.read(input)).isEqualTo(reader.read(STATUS));
    }

    @Test
    void windows_line_ends_change_nothing() {
        assertThat(reader.read(CONFIRMATION.replace("\n", "\r\n"))).isEqualTo(reader.read(CONFIRMATION));
    }

    @ParameterizedTest
    @CsvSource({
        "IPRC//PACK, NORE, ACKNOWLEDGED",
        "IPRC//REJT, SAFE, REJECTED",
        "IPRC//CAND, CANI, CANCELLED",
        "IPRC//REPR, OTHR, IN_REPAIR",
        "MTCH//NMAT, CMIS, UNMATCHED",
        "MTCH//MACH, NORE, MATCHED",
        "SETT//PEND, CLAC, PENDING",
        "SETT//PEND, PREA, ON_HOLD",
        "SETT//PENF, MONY, FAILING"
    })
    void every_status_of_the_table_has_its_standing(String code, String reason, Standing standing) {
        var text = STATUS.replace("SETT//PEND", code).replace("PEND//LACK", "PEND//" + reason);
        var advice = (StatusAdvice) ((Read) reader.read(text)).advice();
        assertThat(advice.standing()).isEqualTo(standing);
        assertThat(advice.reason()).isEqualTo(reason);
    }

    @Test
    void of_several_statuses_in_one_message_the_furthest_holds() {
        var text = STATUS.replace(
                ":16R:STAT\n:25D::SETT//PEND",
                ":16R:STAT\n:25D::IPRC//PACK\n:16S:STAT\n:16R:STAT\n:25D::MTCH//MACH\n:16S:STAT\n"
                        + ":16R:STAT\n:25D::SETT//PEND");
        var advice = (StatusAdvice) ((Read) reader.read(text)).advice();
        assertThat(advice.code()).isEqualTo("SETT//PEND");
        assertThat(advice.reason()).isEqualTo("LACK");
    }

    @Test
    void a_partial_confirmation_is_read_with_what_went_before_and_what_is_left() {
        assertThat(reader.read(CONFIRMATION))
                .isEqualTo(new Read(
                        "545",
                        "S26101300001A",
                        new SettlementAdvice(
                                "CU2",
                                Instant.parse("2026-10-15T18:05:12Z"),
                                Direction.RECE,
                                SampleTerms.VODAFONE,
                                "SAFEGEQ1001",
                                Quantity.of(400),
                                Money.of("GBP 288.58"),
                                LocalDate.of(2026, 10, 15),
                                Quantity.of(0),
                                Quantity.of(600))));
    }

    @Test
    void a_reversal_names_the_confirmation_it_takes_back() {
        var text = CONFIRMATION
                .replace(":23G:NEWM", ":23G:RVSL")
                .replace("SEME//CU2", "SEME//CU3")
                .replace(":16S:LINK\n:16S:GENL", ":16S:LINK\n:16R:LINK\n:20C::PREV//CU2\n:16S:LINK\n:16S:GENL");
        assertThat(((Read) reader.read(text)).advice())
                .isEqualTo(new ReversalAdvice("CU3", Instant.parse("2026-10-15T18:05:12Z"), "CU2"));
        assertRefused(text.replace(":20C::PREV//CU2\n", ""), Problem.FIELD_MISSING);
    }

    @Test
    void a_file_cut_off_anywhere_is_refused() {
        for (var end = 0; end < CONFIRMATION.indexOf("-}") + 2; end++) {
            assertThat(reader.read(CONFIRMATION.substring(0, end)))
                    .as("cut at %s", end)
                    .isInstanceOf(Unreadable.class);
        }
        assertRefused(CONFIRMATION.substring(0, 400), Problem.CUT_OFF);
    }

    @ParameterizedTest
    @CsvSource({
        "':20C::SEME//CU2', FIELD_MISSING",
        "':20C::RELA//S26101300001A', FIELD_MISSING",
        "':98A::ESET//20261015', FIELD_MISSING",
        "':35B:ISIN GB00BH4HKS39', NOT_A_FIELD",
        "':36B::ESTT//UNIT/400,', FIELD_MISSING",
        "':97A::SAFE//SAFEGEQ1001', FIELD_MISSING",
        "':19A::ESTT//GBP288,58', FIELD_MISSING",
        "':23G:NEWM', FIELD_MISSING",
        "':16S:FIAC', SEQUENCE_OPEN",
        "':16R:AMT', SEQUENCE_OPEN"
    })
    void a_confirmation_without_a_mandatory_field_is_refused(String line, Problem problem) {
        assertRefused(CONFIRMATION.replace(line + "\n", ""), problem);
    }

    @ParameterizedTest
    @CsvSource({
        "':98A::ESET//20261015', ':98A::ESET//20261315', FIELD_WRONG",
        "':35B:ISIN GB00BH4HKS39', ':35B:ISIN GB00BH4HKS38', FIELD_WRONG",
        "'UNIT/400,', 'UNIT/400', FIELD_WRONG",
        "'UNIT/400,', 'UNIT/-400,', FIELD_WRONG",
        "'UNIT/400,', 'FAMT/400,', FIELD_WRONG",
        "'GBP288,58', 'GBP288,581', FIELD_WRONG",
        "'GBP288,58', 'GBP288.58', FIELD_WRONG",
        "':23G:NEWM', ':23G:CANC', FIELD_WRONG",
        "'{2:O545', '{2:O999', UNKNOWN_TYPE",
        "'{2:O545', '{2:O544', FREE_OF_PAYMENT",
        "'{1:F01TRSUGB2LAXXX', '{1:F01OTHRGB2LAXXX', NOT_FOR_US",
        "'CUSTGB2LAXXX', 'OTHRGB2LAXXX', WRONG_SENDER",
        "'-}{5:', '-}{5', NOT_A_MESSAGE",
        "':22F::PARS//PAIN', '22F::PARS//PAIN', NOT_A_FIELD",
        "':97A::SAFE//SAFEGEQ1001', ':97A::SAFE//SAFEGEQ1001\n:97A::SAFE//SAFEGEQ1001', FIELD_TWICE"
    })
    void a_confirmation_with_a_wrong_part_is_refused(String right, String wrong, Problem problem) {
        assertRefused(CONFIRMATION.replace(right, wrong), problem);
    }

    @Test
    void a_status_nobody_defined_is_refused_and_a_reason_nobody_listed_is_kept() {
        assertRefused(STATUS.replace("SETT//PEND", "SETT//WHAT"), Problem.STATUS_UNKNOWN);
        var advice = (StatusAdvice) ((Read) reader.read(STATUS.replace("PEND//LACK", "PEND//LMON"))).advice();
        assertThat(advice.reason()).isEqualTo("LMON");
    }

    @Test
    void a_file_of_several_messages_is_read_one_by_one() {
        assertThat(AdviceReader.split(STATUS + "$" + CONFIRMATION))
                .hasSize(2)
                .allSatisfy(message -> assertThat(reader.read(message)).isInstanceOf(Read.class));
        assertThat(AdviceReader.split("rubbish\n" + STATUS)).hasSize(2);
        assertThat(AdviceReader.split("")).hasSize(1);
    }

    private void assertRefused(String text, Problem problem) {
        assertThat(reader.read(text))
                .isInstanceOfSatisfying(
                        Unreadable.class,
                        unreadable -> assertThat(unreadable.problem())
                                .as(unreadable.detail())
                                .isEqualTo(problem));
    }
}
