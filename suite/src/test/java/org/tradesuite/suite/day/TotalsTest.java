package org.tradesuite.suite.day;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The comparison of two days' totals finds what it is there to find. */
class TotalsTest {

    private static final String DAY = """
        total,of,value,rule
        executed,D1,1000,equal
        executed,D2,480,0..500
        decision,D2,VWAP GEQ1 BUY VOD.XLON,equal
        ordered,D2,500,equal
        """;

    @TempDir
    Path folder;

    @Test
    void a_day_is_like_itself() throws Exception {
        assertThat(day(DAY).differences(day(DAY))).isEmpty();
    }

    @Test
    void what_may_differ_may_differ_within_its_bounds_only() throws Exception {
        assertThat(day(DAY).differences(day(DAY.replace("480", "12")))).isEmpty();
        assertThat(day(DAY).differences(day(DAY.replace("480", "501")))).hasSize(1);
    }

    @Test
    void what_must_be_equal_must_be_equal() throws Exception {
        assertThat(day(DAY).differences(day(DAY.replace("1000", "999")))).hasSize(1);
    }

    @Test
    void a_total_that_is_missing_or_goes_by_another_rule_is_a_difference() throws Exception {
        assertThat(day(DAY).differences(day(DAY.replace("executed,D1,1000,equal\n", ""))))
                .hasSize(1);
        assertThat(day(DAY.replace("executed,D1,1000,equal\n", "")).differences(day(DAY)))
                .hasSize(1);
        assertThat(day(DAY).differences(day(DAY.replace("0..500", "0..600")))).hasSize(1);
    }

    @Test
    void an_average_vwap_counts_by_what_it_ordered() throws Exception {
        assertThat(day(DAY).executedOfVwap()).isEqualTo(0.96);
        assertThat(day(DAY).equal("executed")).isOne();
    }

    private Totals day(String text) throws IOException {
        return Totals.of(Files.writeString(Files.createTempFile(folder, "totals", ".csv"), text));
    }
}
