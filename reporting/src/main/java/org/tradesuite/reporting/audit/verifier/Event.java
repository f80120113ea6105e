package org.tradesuite.reporting.audit.verifier;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One line of an export. */
record Event(
        String chain,
        long seq,
        String stream,
        long version,
        String type,
        long schemaVersion,
        long eventTime,
        String actor,
        @Nullable String reason,
        @Nullable String causation,
        @Nullable String correlation,
        long recordedAt,
        String payload,
        String prevHash,
        String hash) {

    private static final Set<String> NAMES = Set.of(
            "chain",
            "seq",
            "stream",
            "version",
            "type",
            "schemaVersion",
            "eventTime",
            "actor",
            "reason",
            "causation",
            "correlation",
            "recordedAt",
            "payload",
            "prevHash",
            "hash");

    /** @throws IllegalArgumentException if the line is not an event */
    static Event of(String line) {
        Map<String, Object> fields = Json.object(line);
        for (String name : fields.keySet()) {
            if (!NAMES.contains(name)) {
                throw new IllegalArgumentException("an event has no field " + name);
            }
        }
        return new Event(
                text(fields, "chain"),
                number(fields, "seq"),
                text(fields, "stream"),
                number(fields, "version"),
                text(fields, "type"),
                number(fields, "schemaVersion"),
                number(fields, "eventTime"),
                text(fields, "actor"),
                optional(fields, "reason"),
                optional(fields, "causation"),
                optional(fields, "correlation"),
                number(fields, "recordedAt"),
                text(fields, "payload"),
                digest(fields, "prevHash"),
                digest(fields, "hash"));
    }

    static String text(Map<String, Object> fields, String name) {
        if (fields.get(name) instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException("the text " + name + " is missing");
    }

    static long number(Map<String, Object> fields, String name) {
        if (fields.get(name) instanceof Long number) {
            return number;
        }
        throw new IllegalArgumentException("the number " + name + " is missing");
    }

    private static @Nullable String optional(Map<String, Object> fields, String name) {
        return fields.containsKey(name) ? text(fields, name) : null;
    }

    static String digest(Map<String, Object> fields, String name) {
        String digest = text(fields, name);
        if (!digest.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException(name + " is not 32 bytes");
        }
        return digest;
    }

    /**
     * The bytes that are hashed: the form's name, then every field as its length (four bytes) and its bytes; texts in
     * UTF-8, numbers in eight bytes, most significant first; an absent text has the length -1.
     */
    byte[] canonical() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        text(bytes, "tradesuite-event-1");
        text(bytes, chain);
        number(bytes, seq);
        text(bytes, stream);
        number(bytes, version);
        text(bytes, type);
        number(bytes, schemaVersion);
        number(bytes, eventTime);
        text(bytes, actor);
        text(bytes, reason);
        text(bytes, causation);
        text(bytes, correlation);
        number(bytes, recordedAt);
        text(bytes, payload);
        field(bytes, HexFormat.of().parseHex(prevHash));
        return bytes.toByteArray();
    }

    private static void text(ByteArrayOutputStream bytes, @Nullable String text) {
        if (text == null) {
            bytes.writeBytes(ByteBuffer.allocate(4).putInt(-1).array());
        } else {
            field(bytes, text.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static void number(ByteArrayOutputStream bytes, long number) {
        field(bytes, ByteBuffer.allocate(8).putLong(number).array());
    }

    private static void field(ByteArrayOutputStream bytes, byte[] field) {
        bytes.writeBytes(ByteBuffer.allocate(4).putInt(field.length).array());
        bytes.writeBytes(field);
    }
}
