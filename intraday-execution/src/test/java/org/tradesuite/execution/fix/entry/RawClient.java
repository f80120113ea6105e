package org.tradesuite.execution.fix.entry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A client byte by byte: it says what it is told to say, however wrong, and hears what comes. */
public final class RawClient implements AutoCloseable {
    private static final char SOH = '\u0001';
    private static final int PATIENCE_MILLIS = 20_000;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HH:mm:ss.SSS").withZone(ZoneOffset.UTC);
    private static final Pattern RELATIVE = Pattern.compile("<TIME([+-]\\d+)?>");

    /** A message that was heard: its fields in order, and the last value of each tag. */
    public record Heard(List<String> fields, Map<Integer, String> values) {
        public @Nullable String get(int tag) {
            return values.get(tag);
        }

        /** @param expected {@code 39=0}, each of which it says */
        public void says(String... expected) {
            for (String field : expected) {
                int equals = field.indexOf('=');
                assertThat(get(Integer.parseInt(field.substring(0, equals))))
                        .as(field + " in " + this)
                        .isEqualTo(field.substring(equals + 1));
            }
        }

        @Override
        public String toString() {
            return String.join("|", fields);
        }
    }

    private final String beginString;
    private final String sender;
    private final String target;
    private final Socket socket;
    private final InputStream in;
    /** MsgSeqNum (34) of the next message, unless it says its own. */
    public int next;

    public RawClient(int port, String beginString, String sender, String target, int next) throws IOException {
        this.beginString = beginString;
        this.sender = sender;
        this.target = target;
        this.next = next;
        this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
        this.socket.setSoTimeout(PATIENCE_MILLIS);
        this.in = socket.getInputStream();
    }

    static String time(Instant instant) {
        return TIME.format(instant);
    }

    /** Says {@code 35=D|11=...}; what of the header and trailer is given replaces what is right. */
    public void say(String text) throws IOException {
        String filled = RELATIVE.matcher(text)
                .replaceAll(found -> time(Clock.systemUTC()
                        .instant()
                        .plusSeconds(found.group(1) == null ? 0 : Long.parseLong(found.group(1)))));
        Map<Integer, String> own = new TreeMap<>();
        List<String> body = new ArrayList<>();
        for (String field : filled.split("\\|", -1)) {
            boolean again = field.startsWith("+");
            String plain = again ? field.substring(1) : field;
            int tag = Integer.parseInt(plain.substring(0, plain.indexOf('=')));
            String value = plain.substring(plain.indexOf('=') + 1);
            if (again) {
                body.add(plain);
            } else if (List.of(8, 9, 10, 34, 35, 43, 49, 50, 52, 56, 97, 122).contains(tag)) {
                own.put(tag, value);
            } else {
                body.removeIf(earlier -> earlier.startsWith(tag + "="));
                body.add(plain);
            }
        }
        int sequence = own.containsKey(34) ? Integer.parseInt(own.get(34)) : next;
        if (!"Y".equals(own.get(43))) {
            next = sequence + 1;
        }
        var head = new StringBuilder();
        field(head, 35, own.get(35));
        field(head, 34, Integer.toString(sequence));
        field(head, 49, own.getOrDefault(49, sender));
        field(head, 56, own.getOrDefault(56, target));
        for (int tag : new int[] {50, 43, 97}) {
            if (own.containsKey(tag)) {
                field(head, tag, own.get(tag));
            }
        }
        field(head, 52, own.getOrDefault(52, time(Clock.systemUTC().instant())));
        if (own.containsKey(122)) {
            field(head, 122, own.get(122));
        }
        body.forEach(each -> head.append(each).append(SOH));
        String start = "8=" + own.getOrDefault(8, beginString) + SOH + "9="
                + own.getOrDefault(9, Integer.toString(head.length())) + SOH + head;
        raw(start + "10=" + own.getOrDefault(10, "%03d".formatted(sum(start))) + SOH);
    }

    private static void field(StringBuilder out, int tag, @Nullable String value) {
        out.append(tag).append('=').append(value).append(SOH);
    }

    private static int sum(String text) {
        int sum = 0;
        for (byte each : text.getBytes(StandardCharsets.ISO_8859_1)) {
            sum += each;
        }
        return sum & 0xff;
    }

    void raw(String bytes) throws IOException {
        socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
    }

    /** The next message, heartbeats that nobody asked for included; null if the line was cut. */
    public @Nullable Heard hear() throws IOException {
        List<String> fields = new ArrayList<>();
        Map<Integer, String> values = new TreeMap<>();
        var field = new StringBuilder();
        while (true) {
            int next1;
            try {
                next1 = in.read();
            } catch (SocketTimeoutException e) {
                throw new AssertionError("nothing was heard in time after " + fields, e);
            }
            if (next1 < 0) {
                return null;
            }
            if (next1 != SOH) {
                field.append((char) next1);
                continue;
            }
            String text = field.toString();
            field.setLength(0);
            fields.add(text);
            int tag = Integer.parseInt(text.substring(0, text.indexOf('=')));
            values.put(tag, text.substring(text.indexOf('=') + 1));
            if (tag == 10) {
                return new Heard(fields, values);
            }
        }
    }

    /** The next message of that type; heartbeats and what else the session says is passed over. */
    public Heard next(String type) throws IOException {
        while (true) {
            Heard heard = Objects.requireNonNull(hear(), "the line was cut before 35=" + type);
            if (type.equals(heard.get(35))) {
                return heard;
            }
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
