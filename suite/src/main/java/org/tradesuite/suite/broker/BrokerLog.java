package org.tradesuite.suite.broker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The broker's own log: one JSON object a line, each message received before it is acted on and each message sent before
 * it is sent. It is the broker's memory, read again at start, and the truth for whoever checks what we sent and what was
 * done. A line is written to the operating system in one piece: it survives a kill of the process. A broker that is told
 * to forces each line to disk before it acts on it ({@link SimulatedBroker#forcingItsLog}).
 *
 * <p>{@code n} counts the lines, {@code at} is business time, {@code in} tells received from sent, {@code re} is the line
 * that is answered (0 when none); every other key is a FIX tag.
 */
public final class BrokerLog implements AutoCloseable {

    /** One line: tag and value as in the class comment. */
    public record Entry(long n, Instant at, boolean in, long re, Map<Integer, String> fields) {}

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final FileChannel channel;
    private boolean forced;
    private long lines;

    private BrokerLog(FileChannel channel, long lines) {
        this.channel = channel;
        this.lines = lines;
    }

    static BrokerLog open(Path file) {
        try {
            Files.createDirectories(file.toAbsolutePath().resolveSibling(".").normalize());
            FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            byte[] content = Files.readAllBytes(file);
            int end = content.length;
            while (end > 0 && content[end - 1] != '\n') {
                end--;
            }
            // What follows the last line end was being written when the process died: it was never acted on.
            channel.truncate(end);
            channel.position(end);
            long lines = 0;
            for (int i = 0; i < end; i++) {
                lines += content[i] == '\n' ? 1 : 0;
            }
            return new BrokerLog(channel, lines);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot open the broker's log " + file, e);
        }
    }

    /** From now on each line is on disk before it is acted on. */
    void force() {
        forced = true;
    }

    /** All complete lines of a log, also of one that a running broker is writing. */
    public static List<Entry> read(Path file) {
        try {
            String content = Files.exists(file) ? Files.readString(file) : "";
            List<Entry> entries = new ArrayList<>();
            int start = 0;
            for (int end = content.indexOf('\n'); end >= 0; end = content.indexOf('\n', start)) {
                entries.add(entry(content.substring(start, end)));
                start = end + 1;
            }
            return entries;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the broker's log " + file, e);
        }
    }

    private static Entry entry(String line) {
        JsonNode json = JSON.readTree(line);
        Map<Integer, String> fields = new TreeMap<>();
        for (Map.Entry<String, JsonNode> property : json.properties()) {
            if (Character.isDigit(property.getKey().charAt(0))) {
                fields.put(
                        Integer.valueOf(property.getKey()), property.getValue().asString());
            }
        }
        return new Entry(
                json.get("n").asLong(),
                Instant.parse(json.get("at").asString()),
                json.get("in").asBoolean(),
                json.get("re").asLong(),
                fields);
    }

    Entry append(Instant at, boolean in, long re, Fields fields) {
        Entry entry = new Entry(lines + 1, at, in, re, fields.values());
        ObjectNode json = JSON.createObjectNode();
        json.put("n", entry.n()).put("at", at.toString()).put("in", in).put("re", re);
        fields.values().forEach((tag, value) -> json.put(Integer.toString(tag), value));
        try {
            write(StandardCharsets.UTF_8.encode(JSON.writeValueAsString(json) + "\n"));
        } catch (IOException e) {
            throw new UncheckedIOException("The broker's log cannot be written; nothing is sent without it", e);
        }
        lines++;
        return entry;
    }

    private void write(ByteBuffer line) throws IOException {
        long end = channel.position();
        try {
            while (line.hasRemaining()) {
                channel.write(line);
            }
            if (forced) {
                channel.force(false);
            }
        } catch (IOException e) {
            // Half a line, or one that is not acted on, must not stand before the next one.
            channel.truncate(end);
            channel.position(end);
            throw e;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
