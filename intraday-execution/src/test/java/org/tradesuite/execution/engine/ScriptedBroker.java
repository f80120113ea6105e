package org.tradesuite.execution.engine;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A broker that is nothing but a socket: what it says is written field by field, so that it can say anything, and what it
 * hears is kept in order. The session is the part it plays by itself: logon, heartbeats, logout.
 */
final class ScriptedBroker implements AutoCloseable {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HH:mm:ss.SSS").withZone(ZoneOffset.UTC);
    private static final int PATIENCE_SECONDS = 10;

    final String name;
    final String version;
    final String instrument;
    private final ServerSocket listener;
    private final BlockingQueue<Map<Integer, String>> heard = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> heartbeats = new LinkedBlockingQueue<>();
    private int next = 1;
    private int gap;
    private int tests;
    private boolean stuck;
    private @Nullable OutputStream out;
    private @Nullable Socket line;
    private boolean forgetful;
    private boolean forgotten;

    /** @param version as in the dialect file, such as FIX.4.4 */
    ScriptedBroker(String name, String version, String instrument) throws IOException {
        this.name = name;
        this.version = version;
        this.instrument = instrument;
        this.listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Thread.ofPlatform().daemon().name("broker-" + name).start(this::listen);
    }

    int port() {
        return listener.getLocalPort();
    }

    static String now(Instant instant) {
        return TIME.format(instant);
    }

    private void listen() {
        while (!listener.isClosed()) {
            try (Socket socket = listener.accept()) {
                socket.setTcpNoDelay(true);
                synchronized (this) {
                    out = socket.getOutputStream();
                    line = socket;
                }
                read(new BufferedInputStream(socket.getInputStream()));
            } catch (IOException e) {
                // The line is cut or the broker is closed: it listens again, or stops.
                synchronized (this) {
                    out = null;
                }
            }
        }
    }

    private void read(InputStream in) throws IOException {
        var message = new ByteArrayOutputStream();
        var field = new StringBuilder();
        for (int b = in.read(); b >= 0; b = in.read()) {
            message.write(b);
            if (b != 1) {
                field.append((char) b);
                continue;
            }
            var end = field.indexOf("10=") == 0;
            field.setLength(0);
            if (end) {
                hear(parse(message.toString(StandardCharsets.ISO_8859_1)));
                message.reset();
            }
        }
    }

    private static Map<Integer, String> parse(String text) {
        Map<Integer, String> fields = new LinkedHashMap<>();
        for (var field : text.split("\u0001", -1)) {
            var equals = field.indexOf('=');
            if (equals > 0) {
                fields.putIfAbsent(Integer.valueOf(field.substring(0, equals)), field.substring(equals + 1));
            }
        }
        return fields;
    }

    private void hear(Map<Integer, String> message) throws IOException {
        switch (Objects.requireNonNull(message.get(35))) {
            case "A" -> {
                Map<Integer, String> logon = new LinkedHashMap<>(Map.of(35, "A", 98, "0", 108, "30"));
                if (version.startsWith("FIX.5")) {
                    logon.put(1137, "9");
                }
                synchronized (this) {
                    if (forgetful) {
                        forgetful = false;
                        next = 1;
                        logon.put(141, "Y");
                    }
                }
                say(logon);
            }
            case "0" -> heartbeats.add(message.getOrDefault(112, ""));
            case "1" -> say(new LinkedHashMap<>(Map.of(35, "0", 112, message.getOrDefault(112, ""))));
            case "2" -> {
                if (hasForgotten()) {
                    fillGap(Objects.requireNonNull(message.get(7)));
                } else {
                    heard.add(message);
                }
            }
            case "5" -> say(new LinkedHashMap<>(Map.of(35, "5")));
            default -> heard.add(message);
        }
    }

    /**
     * Says these fields, in their order, with what a message needs before and after them. Body length, check sum, time and
     * sequence number are as they should be, unless they are written: {@code 34=+1} leaves one number out, {@code 34=gap} is
     * the number that was left out and {@code 34=gap+1} the one after it. A field with an empty value is not said.
     */
    synchronized void say(Map<Integer, String> fields) throws IOException {
        var body = new StringBuilder();
        var number = switch (fields.getOrDefault(34, "")) {
            case "" -> next++;
            case "+1" -> {
                gap = next;
                next += 2;
                yield next - 1;
            }
            case "gap" -> gap;
            case "gap+1" -> gap + 1;
            default -> Integer.parseInt(Objects.requireNonNull(fields.get(34)));
        };
        field(body, 35, Objects.requireNonNull(fields.get(35)));
        field(body, 34, Integer.toString(number));
        field(body, 49, fields.getOrDefault(49, name));
        field(body, 56, fields.getOrDefault(56, "TRADESUITE"));
        field(body, 52, fields.getOrDefault(52, now(Clock.systemUTC().instant())));
        for (var header : new int[] {43, 97, 122}) {
            field(body, header, fields.getOrDefault(header, ""));
        }
        fields.forEach((tag, value) -> {
            switch (tag) {
                case 8, 9, 10, 34, 35, 43, 49, 52, 56, 97, 122 -> {
                    // In the header or the trailer.
                }
                default -> field(body, tag, value);
            }
        });
        var text = new StringBuilder();
        field(text, 8, fields.getOrDefault(8, version.startsWith("FIX.5") ? "FIXT.1.1" : version));
        field(text, 9, fields.getOrDefault(9, Integer.toString(body.length())));
        text.append(body);
        var sum = 0;
        for (var b : text.toString().getBytes(StandardCharsets.ISO_8859_1)) {
            sum += b & 0xff;
        }
        field(text, 10, fields.getOrDefault(10, String.format("%03d", sum % 256)));
        if (out == null) {
            throw new IOException(name + " is not connected");
        }
        out.write(text.toString().getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    private static void field(StringBuilder text, int tag, String value) {
        if (!value.isEmpty()) {
            text.append(tag).append('=').append(value).append('\u0001');
        }
    }

    /** Cuts the line. What it said before it will never say again: at the next logon it counts from 1. */
    synchronized void forgets() throws IOException {
        forgetful = true;
        forgotten = true;
        Objects.requireNonNull(line).close();
    }

    private synchronized boolean hasForgotten() {
        return forgotten;
    }

    private synchronized void fillGap(String from) throws IOException {
        Map<Integer, String> gone = new LinkedHashMap<>();
        gone.put(35, "4");
        gone.put(34, from);
        gone.put(43, "Y");
        gone.put(122, now(Clock.systemUTC().instant()));
        gone.put(123, "Y");
        gone.put(36, Integer.toString(next));
        say(gone);
    }

    /** Returns when the other side has taken everything said so far. */
    void isHeard() throws IOException, InterruptedException {
        if (stuck) {
            throw new AssertionError("the session with " + name + " is stuck since an earlier script");
        }
        var id = "T" + ++tests;
        say(new LinkedHashMap<>(Map.of(35, "1", 112, id)));
        for (var answer = heartbeats.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
                !id.equals(answer);
                answer = heartbeats.poll(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            if (answer == null) {
                stuck = true;
                throw new AssertionError(name + " got no answer to a test request; last it heard " + heard.peek());
            }
        }
    }

    /** The next message that is not the session's own; null if none comes. */
    @Nullable
    Map<Integer, String> hears() throws InterruptedException {
        return heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
