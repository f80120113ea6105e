package org.tradesuite.execution.engine;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * One way to write the state down: the same state gives the same bytes, so their SHA-256 says whether two states are the
 * same, and a snapshot is these bytes. The form follows from the records that the state consists of, so a field added to
 * one of them is in the next snapshot by itself; {@link #version} changes with it, and older snapshots are not read any
 * more, because the journal can always be read instead.
 *
 * <p>Kept out of the journal on purpose: it is fast and compact, not made to be read in ten years. Holds no state; safe for
 * any number of threads.
 */
final class StateCodec {

    /** To be raised when the same records are written differently. */
    private static final String FORM = "1";

    private final Shape<State.Content> shape = Shape.of(State.Content.class);
    private final String version = HexFormat.of()
            .formatHex(sha256().digest((FORM + shape.describe()).getBytes(StandardCharsets.UTF_8)), 0, 16);

    /** Of the form. What was written under another one cannot be read. */
    String version() {
        return version;
    }

    /** Writes the content and gives its digest. */
    byte[] write(State.Content content, OutputStream out) throws IOException {
        var digest = sha256();
        var writer = new ShapeWriter(new DigestOutputStream(out, digest));
        shape.write(writer, content);
        writer.finish();
        return digest.digest();
    }

    byte[] digest(State.Content content) {
        try {
            return write(content, OutputStream.nullOutputStream());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** @throws IOException if the bytes are not a state in this form */
    State.Content read(InputStream in) throws IOException {
        var reader = new ShapeReader(in);
        try {
            var content = shape.read(reader);
            if (content == null || !reader.atEnd()) {
                throw new IOException("The snapshot goes on where it should end.");
            }
            return content;
        } catch (EOFException cut) {
            throw cut;
        } catch (RuntimeException nonsense) {
            throw new IOException("The snapshot cannot be understood: " + nonsense.getMessage(), nonsense);
        }
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException("Every Java has SHA-256.", absent);
        }
    }
}
