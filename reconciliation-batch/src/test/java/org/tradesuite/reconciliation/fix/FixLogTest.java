package org.tradesuite.reconciliation.fix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tradesuite.reconciliation.fix.FixText.message;
import static org.tradesuite.reconciliation.fix.FixText.printed;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FixLogTest {

    private static final String A = message("35=8|34=2|17=E1|58=Ünter");
    private static final String B = message("FIXT.1.1", "35=8|34=3|17=E2");

    @Test
    void messages_stand_back_to_back_or_a_line_each_with_SOH_or_a_bar() {
        for (var log : List.of(
                A + B,
                A + "\n" + B + "\n",
                A + "\r\n" + B,
                printed(A) + printed(B),
                printed(A) + "\n\n" + printed(B) + "\n",
                "\ufeff" + A + "\n" + B)) {
            assertThat(read(log)).as(log).containsExactly("1 E1", "2 E2");
        }
    }

    @Test
    void what_an_engine_writes_before_and_behind_a_message_is_passed_over() {
        var log = "20261120-10:00:00.123456: " + A + "\n"
                + "<20261120-10:00:01, FIX.4.4:ALFA->DESK, incoming> (" + printed(B) + ")\n"
                + "20261120-10:00:02: Disconnected\n"
                + "2026-11-20 10:00:03,004 INFO [ALFA] in " + A;
        assertThat(read(log)).containsExactly("1 E1", "2 E2", "3 E1");
    }

    @Test
    void the_last_delimiter_may_be_missing() {
        assertThat(read(A.substring(0, A.length() - 1) + "\n" + B.substring(0, B.length() - 1)))
                .containsExactly("1 E1", "2 E2");
    }

    @Test
    void a_wrong_checksum_or_length_is_told_and_the_next_message_is_read() {
        assertThat(read(A.replace("E1", "E3") + B))
                .hasSize(2)
                .satisfiesExactly(
                        first -> assertThat(first).startsWith("1 CheckSum (10) says"),
                        next -> assertThat(next).isEqualTo("2 E2"));
        assertThat(read(A.replace("17=E1", "17=E1x") + "\n" + B))
                .satisfiesExactly(
                        first -> assertThat(first).contains("does not lead to CheckSum (10)"),
                        next -> assertThat(next).isEqualTo("2 E2"));
        assertThat(read(A.replaceFirst("9=\\d+", "9=x") + B))
                .satisfiesExactly(
                        first -> assertThat(first).contains("BodyLength (9) is not a number"),
                        next -> assertThat(next).isEqualTo("2 E2"));
        assertThat(read(A.replaceFirst("9=\\d+", "9=99999999") + B))
                .satisfiesExactly(
                        first -> assertThat(first).contains("more than"),
                        next -> assertThat(next).isEqualTo("2 E2"));
    }

    @Test
    void half_a_message_is_told_wherever_it_stands() {
        var half = A.substring(0, A.length() / 2);
        assertThat(read(half)).singleElement().asString().contains("the log ends before");
        assertThat(read(half + "\n" + B))
                .satisfiesExactly(
                        first -> assertThat(first).startsWith("1 BodyLength"),
                        next -> assertThat(next).isEqualTo("2 E2"));
        assertThat(read(A.substring(20) + B))
                .satisfiesExactly(
                        first -> assertThat(first).contains("does not begin with BeginString (8)"),
                        next -> assertThat(next).isEqualTo("2 E2"));
        assertThat(read("8=F")).singleElement().asString().contains("BeginString");
    }

    @Test
    void a_field_of_data_may_hold_anything() {
        var data = message("35=B|95=9|96=a|10=000|x|17=E7");
        assertThat(read(data + B)).containsExactly("1 E7", "2 E2");
    }

    @Test
    void a_text_that_looks_like_a_beginning_is_none() {
        assertThat(read(message("35=8|17=E1|58=see 8=FIX.4.4|55=VOD") + B)).containsExactly("1 E1", "2 E2");
    }

    @Test
    void it_reads_the_same_however_few_octets_come_at_a_time() {
        var log = IntStream.range(0, 3000)
                .mapToObj(number -> message("35=8|34=" + number + "|17=X" + number + "|58=" + "y".repeat(number % 97)))
                .collect(Collectors.joining("\n"));
        assertThat(read(new Dribble(log)))
                .isEqualTo(read(log))
                .hasSize(3000)
                .last()
                .isEqualTo("3000 X2999");
    }

    @Test
    void its_place_and_its_text_can_be_found_again() throws IOException {
        var log = new FixLog(in("20261120-10:00:00: " + A + "\n" + B));
        assertThat(log.next()).isTrue();
        assertThat(log.offset()).isEqualTo(19);
        assertThat(log.text()).isEqualTo(printed(A));
        var octets = (A + "\n" + B).getBytes(StandardCharsets.UTF_8);
        assertThat(FixLog.printed(octets)).isEqualTo(printed(A).substring(0, A.length() - 1));
        assertThat(FixLog.printed("no,message".getBytes(StandardCharsets.UTF_8)))
                .isNull();
    }

    private static InputStream in(String log) {
        return new ByteArrayInputStream(log.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> read(String log) {
        return read(in(log));
    }

    /** The number of each and its ExecID (17), or what is wrong with it. */
    private static List<String> read(InputStream in) {
        var found = new ArrayList<String>();
        var log = new FixLog(in);
        try {
            while (log.next()) {
                var message = log.message();
                found.add(log.number() + " " + (message == null ? log.wrong() : message.text(17)));
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return found;
    }

    /** One octet at a time. */
    private static final class Dribble extends InputStream {
        private final InputStream in;

        private Dribble(String text) {
            in = in(text);
        }

        @Override
        public int read() throws IOException {
            return in.read();
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            return in.read(into, offset, Math.min(1, length));
        }
    }
}
