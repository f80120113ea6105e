package org.tradesuite.suite.custodian;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the custodian received and did, one JSON object a line, written before the file that tells it. The custodian's
 * memory: read again at start.
 */
final class CustodyLog implements AutoCloseable {

    static final JsonMapper JSON = JsonMapper.builder().build();

    private final FileChannel channel;
    private final List<JsonNode> past = new ArrayList<>();

    CustodyLog(Path file) {
        try {
            Files.createDirectories(file.toAbsolutePath().resolveSibling(".").normalize());
            channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            String content = Files.readString(file);
            int end = content.lastIndexOf('\n') + 1;
            int start = 0;
            for (int stop = content.indexOf('\n'); stop >= 0; stop = content.indexOf('\n', start)) {
                past.add(JSON.readTree(content.substring(start, stop)));
                start = stop + 1;
            }
            // What follows the last line end was being written when the process died: it was never acted on.
            long kept = content.substring(0, end).getBytes(StandardCharsets.UTF_8).length;
            channel.truncate(kept);
            channel.position(kept);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot open the custodian's log " + file, e);
        }
    }

    List<JsonNode> past() {
        return List.copyOf(past);
    }

    void append(ObjectNode entry) {
        try {
            ByteBuffer bytes = StandardCharsets.UTF_8.encode(JSON.writeValueAsString(entry) + "\n");
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The custodian's log cannot be written; nothing is done without it", e);
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
