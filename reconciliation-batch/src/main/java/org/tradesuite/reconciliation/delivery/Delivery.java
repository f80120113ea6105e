package org.tradesuite.reconciliation.delivery;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;

/**
 * A file as it was delivered; the hash over its bytes is its identity, whatever it is called.
 *
 * @param path where it lies
 * @param sha256 64 lower-case hex digits
 */
public record Delivery(Path path, String name, long bytes, String sha256) {

    private static final int BUFFER = 1 << 18;

    /** Reads the file once for its hash; nothing of it stays in memory. */
    public static Delivery of(Path path) {
        return new Delivery(path, path.getFileName().toString(), size(path), hash(path));
    }

    /** A file whose hash is known already. */
    public static Delivery of(Path path, String sha256) {
        return new Delivery(path, path.getFileName().toString(), size(path), sha256);
    }

    /** Whether this very content still lies there. */
    public boolean stillThere() {
        return Files.isRegularFile(path) && size(path) == bytes && hash(path).equals(sha256);
    }

    /** When it was written last, to the microsecond. */
    public Instant modifiedAt() {
        try {
            return Files.getLastModifiedTime(path).toInstant().truncatedTo(ChronoUnit.MICROS);
        } catch (IOException failed) {
            throw new UncheckedIOException("The file " + path + " cannot be read: " + failed, failed);
        }
    }

    /** As {@link #stillThere}, without reading it again: the same size, and nothing written since. */
    public boolean isUntouchedSince(Instant modified) {
        return Files.isRegularFile(path) && size(path) == bytes && modifiedAt().equals(modified);
    }

    static String hash(Path path) {
        try (InputStream in = Files.newInputStream(path)) {
            var digest = MessageDigest.getInstance("SHA-256");
            var buffer = new byte[BUFFER];
            for (var read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException failed) {
            throw new UncheckedIOException("The file " + path + " cannot be read: " + failed, failed);
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException("Every Java platform has SHA-256", absent);
        }
    }

    private static long size(Path path) {
        try {
            return Files.size(path);
        } catch (IOException failed) {
            throw new UncheckedIOException("The file " + path + " cannot be read: " + failed, failed);
        }
    }
}
