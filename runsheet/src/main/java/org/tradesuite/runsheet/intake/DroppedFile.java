package org.tradesuite.runsheet.intake;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * A file as it was found; its hash is its identity, whatever it is called.
 *
 * @param sha256 64 lower-case hex digits over the content
 * @param content not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // never compared: the hash is the identity
public record DroppedFile(Path path, String name, String sha256, byte[] content) {

    public String text() {
        return new String(content, StandardCharsets.UTF_8);
    }

    public long bytes() {
        return content.length;
    }

    @Override
    public String toString() {
        return name + " (" + content.length + " bytes, sha256 " + sha256 + ")";
    }
}
