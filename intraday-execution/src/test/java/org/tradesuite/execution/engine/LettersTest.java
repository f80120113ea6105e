package org.tradesuite.execution.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** What is put together by hand reads as if a library had written it. */
class LettersTest {

    private final Letters letters = new Letters();

    @Property
    void a_number_is_written_plainly_with_every_digit(@ForAll BigDecimal number) {
        written(number);
    }

    @Property
    void a_number_of_any_scale_is(@ForAll long unscaled, @ForAll byte scale) {
        written(new BigDecimal(BigInteger.valueOf(unscaled), scale));
    }

    @Test
    void so_are_those_at_the_edges() {
        for (var number : new String[] {
            "0",
            "0.0000",
            "-0.05",
            "0.5",
            "-1",
            "10.00",
            "999999999999999999",
            "0.999999999999999999",
            "1E+3",
            "1000000000000000000",
            "-9223372036854775808",
            "9223372036854775807",
            "0.0000000000000000001"
        }) {
            written(new BigDecimal(number));
        }
        letters.clear();
        letters.add(Long.MIN_VALUE);
        letters.add(Long.MAX_VALUE);
        assertThat(letters.toString()).isEqualTo(Long.MIN_VALUE + "" + Long.MAX_VALUE);
    }

    private void written(BigDecimal number) {
        letters.clear();
        letters.add(number);
        assertThat(letters.toString()).isEqualTo(number.toPlainString());
    }

    @Property
    void a_text_is_read_back_as_it_was(@ForAll String text) {
        letters.clear();
        letters.addQuoted(text);
        assertThat(JsonMapper.shared().readValue(letters.toString(), String.class))
                .isEqualTo(text);
    }
}
