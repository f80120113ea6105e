package org.tradesuite.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdentifierTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"US0378331005", "GB00BH4HKS39", "JP3633400001", "DE0007164600", "AU0000XVGZA3", "XS0185443032"})
    void an_isin_in_use_is_read(String isin) {
        assertThat(Isin.of(isin)).hasToString(isin);
    }

    @ParameterizedTest
    @CsvSource({
        "US0378331004, where 5 is due",
        "US0378313005, where 3 is due",
        "us0378331005, is not two capital letters",
        "US037833100, is not two capital letters",
        "US03783310055, is not two capital letters",
        "0S0378331005, is not two capital letters",
        "US037833100A, is not two capital letters",
        "'', is not two capital letters",
        "' US0378331005', is not two capital letters",
    })
    void a_wrong_isin_is_refused_with_what_is_wrong(String isin, String what) {
        assertThatThrownBy(() -> Isin.of(isin))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(isin)
                .hasMessageContaining(what);
    }

    @ParameterizedTest
    @ValueSource(strings = {"HWUPKR0MPOU8FGXBT394", "5493001KJTIIGC8Y1R12", "529900T8BM49AURSDO55"})
    void an_lei_in_use_is_read(String lei) {
        assertThat(Lei.of(lei)).hasToString(lei);
    }

    @ParameterizedTest
    @CsvSource({
        "HWUPKR0MPOU8FGXBT395, where 94 is due",
        "HWUPKR0MPOU8FGXTB394, is due",
        "HWUPKR0MPOU8FGXBT3, is not eighteen",
        "HWUPKR0MPOU8FGXBT3AB, is not eighteen",
        "hwupkr0mpou8fgxbt394, is not eighteen",
    })
    void a_wrong_lei_is_refused_with_what_is_wrong(String lei, String what) {
        assertThatThrownBy(() -> Lei.of(lei))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(lei)
                .hasMessageContaining(what);
    }

    /** Each of these has remainder 1 modulo 97, so only the range of the check digits gives it away. */
    @ParameterizedTest
    @CsvSource({"00, 97", "01, 98", "99, 02"})
    void check_digits_outside_02_to_98_are_refused_although_the_remainder_fits(String given, String due) {
        var body = bodyWithCheckDigits(due);
        assertThatThrownBy(() -> Lei.of(body + given)).hasMessageContaining("02 to 98");
        assertThat(Lei.of(body + due)).hasToString(body + due);
    }

    private static String bodyWithCheckDigits(String wanted) {
        for (var number = 0; number < 10_000; number++) {
            var body = "21380000000000" + String.format(Locale.ROOT, "%04d", number);
            if (Lei.checkDigits(body).equals(wanted)) {
                return body;
            }
        }
        throw new AssertionError("no body with check digits " + wanted);
    }

    @ParameterizedTest
    @CsvSource({
        "DEUTDEFF, DEUTDEFFXXX, DE",
        "DEUTDEFF500, DEUTDEFF500, DE",
        "CUSTGB2LXXX, CUSTGB2LXXX, GB",
        "NCBVXKPRXXX, NCBVXKPRXXX, XK",
    })
    void a_bic_is_read_with_its_country_and_branch(String bic, String withBranch, String country) {
        assertThat(Bic.of(bic).withBranch()).isEqualTo(withBranch);
        assertThat(Bic.of(bic).country()).isEqualTo(country);
        assertThat(Bic.of(bic)).hasToString(bic);
    }

    @ParameterizedTest
    @ValueSource(strings = {"DEUTDEF", "DEUTDEFF50", "deutdeff", "DEUTZZFF", "DEUT1EFF", "DEUTDEFFXXXX", ""})
    void a_wrong_bic_is_refused(String bic) {
        assertThatThrownBy(() -> Bic.of(bic))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("BIC '" + bic + "'");
    }

    @ParameterizedTest
    @CsvSource({"DEUTDEFF, DEUTDEFFXXX, true", "DEUTDEFF, DEUTDEFF500, false", "DEUTDEFF, DEUTGB2L, false"})
    void the_head_office_is_the_same_however_it_is_written(String one, String other, boolean same) {
        assertThat(Bic.of(one).sameOffice(Bic.of(other))).isEqualTo(same);
    }

    @ParameterizedTest
    @ValueSource(strings = {"XLON", "XTKS", "XBTS", "24EX"})
    void a_mic_is_read(String mic) {
        assertThat(Mic.of(mic)).hasToString(mic);
    }

    @ParameterizedTest
    @ValueSource(strings = {"xlon", "XLO", "XLOND", "XL-N", ""})
    void a_wrong_mic_is_refused(String mic) {
        assertThatThrownBy(() -> Mic.of(mic)).hasMessageContaining("MIC '" + mic + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ESVUFR", "ESXXXX", "EPVUFR", "DBFTFB", "CECILU", "TCXXXX", "MMXXXX"})
    void a_cfi_is_read(String cfi) {
        assertThat(Cfi.of(cfi)).hasToString(cfi);
    }

    @ParameterizedTest
    @CsvSource({
        "ESVUF, six capital letters",
        "esvufr, six capital letters",
        "XSVUFR, category X",
        "EZVUFR, group Z",
        "ESVUFZ, attribute out of place",
        "ESUVFR, attribute out of place",
    })
    void a_wrong_cfi_is_refused_with_what_is_wrong(String cfi, String what) {
        assertThatThrownBy(() -> Cfi.of(cfi)).hasMessageContaining(cfi).hasMessageContaining(what);
    }

    @ParameterizedTest
    @CsvSource({"VOD.XLON, VOD, XLON", "7203.XTKS, 7203, XTKS", "BRK.B.XNYS, BRK.B, XNYS", "BTC/USD.XBTS, BTC/USD, XBTS"
    })
    void an_instrument_has_a_symbol_and_a_market(String id, String symbol, String mic) {
        assertThat(InstrumentId.of(id).symbol()).isEqualTo(symbol);
        assertThat(InstrumentId.of(id).mic()).isEqualTo(Mic.of(mic));
        assertThat(InstrumentId.of(symbol, Mic.of(mic))).hasToString(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"VOD", "VOD.LON", "vod.XLON", ".XLON", "VOD.", "V OD.XLON", ""})
    void a_wrong_instrument_is_refused(String id) {
        assertThatThrownBy(() -> InstrumentId.of(id)).hasMessageContaining("Instrument '" + id + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "A B", "-A", "ABCDEFGHIJKLMNOPQRSTUVWXYZ12345"})
    void a_wrong_account_or_broker_is_refused(String id) {
        assertThatThrownBy(() -> AccountId.of(id)).hasMessageContaining("Account '" + id + "'");
        assertThatThrownBy(() -> BrokerId.of(id)).hasMessageContaining("Broker '" + id + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"buy", "B", "SHORT", ""})
    void a_wrong_side_is_refused(String side) {
        assertThatThrownBy(() -> Side.of(side)).hasMessageContaining("neither BUY nor SELL");
    }
}
