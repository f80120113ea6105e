package org.tradesuite.reporting.mifir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.tradesuite.market.Lei;
import org.tradesuite.reporting.AuthoritySchema;

class TransactionFileTest {

    private static final Instant EVENING = Instant.parse("2026-11-20T20:00:00Z");
    private static final TransactionFile FILE =
            new TransactionFile(new Firm(Lei.of("9845TRADESUITE000186"), "GB"), "GB_FCA");

    @Test
    void times_have_six_digits_and_a_z_and_numbers_no_exponent() {
        String xml = text();
        assertThat(xml)
                .contains("<TradDt>2026-11-20T10:00:00.000000Z</TradDt>")
                .contains("<TradDt>2026-11-20T10:00:00.120000Z</TradDt>")
                .contains("<CreDt>2026-11-20T20:00:00.000000Z</CreDt>")
                .contains("<Unit>1000</Unit>")
                .doesNotContain("E+")
                .doesNotContain("+00:00");
    }

    @Test
    void the_account_owner_buys_from_the_broker_and_the_firm_decides() {
        assertThat(text().replaceAll("\\s+", ""))
                .contains("<Buyr><AcctOwnr><Id><LEI>9845TSALPHAFND000137</LEI></Id><CtryOfBrnch>GB</CtryOfBrnch>"
                        + "</AcctOwnr><DcsnMakr><LEI>9845TRADESUITE000186</LEI></DcsnMakr></Buyr>")
                .contains("<Sellr><AcctOwnr><Id><LEI>9845ALFASECUR0000104</LEI></Id></AcctOwnr></Sellr>")
                .contains("<TradgCpcty>AOTC</TradgCpcty>")
                .contains("<TradVn>XOFF</TradVn>")
                .contains("<ShrtSellgInd>SELL</ShrtSellgInd>");
    }

    @Test
    void equal_records_give_equal_bytes() {
        assertThat(bytes()).isEqualTo(bytes());
    }

    @Test
    void the_file_is_valid_by_the_authoritys_schema() {
        assertThat(schema().findings(bytes())).isEmpty();
    }

    @Test
    void a_file_that_is_not_valid_is_found_out() {
        byte[] wrong = text().replace("<TradgCpcty>AOTC</TradgCpcty>", "<TradgCpcty>PROP</TradgCpcty>")
                .getBytes(StandardCharsets.UTF_8);
        assertThat(schema().findings(wrong)).isNotEmpty().first().asString().contains("PROP");
    }

    @Test
    void a_file_with_an_entity_in_it_is_refused() {
        byte[] hostile = text().replace("<BizData", "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><BizData")
                .getBytes(StandardCharsets.UTF_8);
        assertThat(schema().findings(hostile)).isNotEmpty();
    }

    private static SchemaCheck schema() {
        Optional<Path> file = AuthoritySchema.file();
        assumeTrue(
                file.isPresent(),
                "skipped: the authority's schema is not distributed; put it at ../shared/schemas/mifir");
        return new SchemaCheck(file.orElseThrow());
    }

    private static String text() {
        return new String(bytes(), StandardCharsets.UTF_8);
    }

    private static byte[] bytes() {
        return FILE.write(
                "TSTR20261120R1",
                EVENING,
                List.of(
                        EligibilityTest.reported(EligibilityTest.execution()),
                        EligibilityTest.reported(EligibilityTest.byPerson("DE", "19790514MARKUWEBER")),
                        EligibilityTest.reported(EligibilityTest.byPerson("JP", "TZ1234567"))),
                List.of(new Cancellation("F20261119000007", "F-20261119-000007")));
    }
}
