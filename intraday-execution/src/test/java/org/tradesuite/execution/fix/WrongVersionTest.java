package org.tradesuite.execution.fix;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A counterparty that speaks another version than agreed, byte by byte. */
class WrongVersionTest {
    private static final DateTimeFormatter SENDING_TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HH:mm:ss.SSS").withZone(ZoneOffset.UTC);

    @TempDir
    private Path folder;

    private static String message(String beginString, String body) {
        String full = body.replace('|', '\u0001') + '\u0001';
        String head = "8=" + beginString + "\u00019=" + full.length() + '\u0001' + full;
        int sum = 0;
        for (byte each : head.getBytes(StandardCharsets.ISO_8859_1)) {
            sum += each;
        }
        return head + "10=%03d\u0001".formatted(sum & 0xff);
    }

    private static void say(Socket line, String beginString, String body) throws IOException {
        String time = SENDING_TIME.format(
                java.time.Clock.systemUTC().instant().truncatedTo(java.time.temporal.ChronoUnit.MILLIS));
        line.getOutputStream()
                .write(message(beginString, body.replace("|56=", "|52=" + time + "|56="))
                        .getBytes(StandardCharsets.ISO_8859_1));
        line.getOutputStream().flush();
    }

    private static String hear(InputStream in, String ending) throws IOException {
        var heard = new StringBuilder();
        while (heard.indexOf(ending) < 0) {
            int next = in.read();
            if (next < 0) {
                break;
            }
            heard.append(next == 1 ? '|' : (char) next);
        }
        return heard.toString();
    }

    @Test
    void a_logon_in_another_version_is_not_a_logon_and_a_person_is_told() throws Exception {
        try (var listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var desk = Desk.open("BRAVO", listener.getLocalPort(), folder, Map.of());
                var line = listener.accept()) {
            assertThat(hear(line.getInputStream(), "|10="))
                    .contains("8=FIX.4.4|")
                    .contains("|35=A|");
            say(line, "FIX.4.2", "35=A|34=1|49=BRAVO|56=TRADESUITE|98=0|108=30");
            desk.isTold("FIX.4.2");
            assertThat(desk.lines.states().getFirst().loggedOn()).isFalse();
        }
    }

    @Test
    void a_report_in_another_version_ends_the_session_and_books_nothing() throws Exception {
        try (var listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var desk = Desk.open("BRAVO", listener.getLocalPort(), folder, Map.of());
                var line = listener.accept()) {
            hear(line.getInputStream(), "|10=");
            say(line, "FIX.4.4", "35=A|34=1|49=BRAVO|56=TRADESUITE|98=0|108=30");
            desk.loggedOn();
            say(
                    line,
                    "FIX.4.2",
                    "35=8|34=2|49=BRAVO|56=TRADESUITE|37=B1|11=C1|17=E1|20=0|150=1|39=1|55=VOD|54=1|32=100|31=71"
                            + "|14=100|151=900|6=71");
            desk.isTold("does not match the session version");
            Awaitility.await("the session ends")
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> !desk.lines.states().getFirst().loggedOn());
            assertThat(desk.heard)
                    .noneMatch(org.tradesuite.execution.engine.Input.BrokerExecutionReport.class::isInstance);
        }
    }
}
