package org.tradesuite.reconciliation.delivery;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.zip.CRC32;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * A delivered file opened: plain, gzip, or a zip archive of several members, told apart by their first bytes. What comes
 * out is counted and cut off where the limits say; an archive in an archive is refused; the names inside an archive are
 * shown to people and never used as paths.
 */
public final class Container {

    private static final long HARMLESS = 1L << 20;
    private static final int BUFFER = 1 << 16;
    private static final int NAME = 120;

    /** The members of an archive that are not read and why nobody misses them. */
    private static final String MAC_RESOURCES = "__MACOSX/";

    /** Takes what comes out of a file, one member after the other. */
    public interface Reader {

        /**
         * @param member its name inside the archive; empty for a file that is none
         * @param in buffered and counted; closed by the container
         * @throws NotUnpackedException from the stream, when a limit is reached or the packing is broken
         */
        void read(String member, BufferedInputStream in) throws IOException;
    }

    private enum Packing {
        PLAIN(""),
        GZIP("\u001f\u008b"),
        ZIP("PK\u0003\u0004"),
        EMPTY_ZIP("PK\u0005\u0006"),
        SPLIT_ZIP("PK\u0007\u0008"),
        SEVEN_ZIP("7z\u00bc\u00af"),
        RAR("Rar!"),
        BZIP2("BZh"),
        XZ("\u00fd7zXZ"),
        ZSTD("(\u00b5/\u00fd");

        private final String magic;

        Packing(String magic) {
            this.magic = magic;
        }

        static Packing of(byte[] start) {
            for (var packing : values()) {
                if (packing != PLAIN && begins(start, packing.magic)) {
                    return packing;
                }
            }
            return PLAIN;
        }

        private static boolean begins(byte[] start, String magic) {
            if (start.length < magic.length()) {
                return false;
            }
            for (var i = 0; i < magic.length(); i++) {
                if ((start[i] & 0xff) != magic.charAt(i)) {
                    return false;
                }
            }
            return true;
        }
    }

    private Container() {}

    /**
     * Opens the file and hands out its members in the order of their names.
     *
     * @throws NotUnpackedException when the packing is unknown, broken, nested or out of bounds; members handed out
     *     before were whole
     */
    public static void read(Path file, UnpackingLimits limits, Reader reader) throws IOException {
        read(file, limits, member -> true, reader);
    }

    /** As the other; members that nobody wants are passed over without unpacking them. */
    public static void read(Path file, UnpackingLimits limits, Predicate<String> wanted, Reader reader)
            throws IOException {
        var packing = packing(file);
        switch (packing) {
            case PLAIN -> plain(file, limits, reader);
            case GZIP -> gzip(file, limits, reader);
            case ZIP -> zip(file, limits, wanted, reader);
            case EMPTY_ZIP -> throw new NotUnpackedException("The archive is empty: ask for it again.");
            case SPLIT_ZIP, SEVEN_ZIP, RAR, BZIP2, XZ, ZSTD ->
                throw new NotUnpackedException("It is packed in a way that is not read here (" + packing
                        + "). Ask for it plain, as gz or as zip.");
        }
    }

    /**
     * One member of the file again, such as to show a line of it.
     *
     * @return empty if the archive has no such member
     */
    public static Optional<byte[]> bytes(Path file, UnpackingLimits limits, String member, long from, int length)
            throws IOException {
        var found = new byte[1][];
        read(file, limits, member::equals, (name, in) -> {
            if (name.equals(member)) {
                in.skipNBytes(from);
                found[0] = in.readNBytes(length);
            }
        });
        return Optional.ofNullable(found[0]);
    }

    /** Whether it is packed at all, in whatever way. */
    public static boolean isPacked(Path file) throws IOException {
        return packing(file) != Packing.PLAIN;
    }

    private static Packing packing(Path file) throws IOException {
        try (var in = new BufferedInputStream(Files.newInputStream(file))) {
            return Packing.of(Content.start(in));
        }
    }

    private static void plain(Path file, UnpackingLimits limits, Reader reader) throws IOException {
        try (var raw = Files.newInputStream(file)) {
            reader.read("", new BufferedInputStream(new Counted(raw, limits, Long.MAX_VALUE, 0), BUFFER));
        }
    }

    private static void gzip(Path file, UnpackingLimits limits, Reader reader) throws IOException {
        try (var raw = Files.newInputStream(file);
                var unpacked = new GZIPInputStream(raw, BUFFER)) {
            member("", new Counted(unpacked, limits, Files.size(file), 0), reader);
        } catch (EOFException | ZipException broken) {
            throw broken(broken);
        }
    }

    private static void zip(Path file, UnpackingLimits limits, Predicate<String> wanted, Reader reader)
            throws IOException {
        try (var zip = new ZipFile(file.toFile())) {
            var entries = entries(zip, limits);
            var expanded = 0L;
            var packed = Files.size(file);
            for (var entry : entries) {
                if (!wanted.test(shown(entry.getName()))) {
                    continue;
                }
                var sum = new CRC32();
                try (var in = new Counted(
                        zip.getInputStream(entry),
                        limits,
                        Math.min(entry.getCompressedSize(), packed),
                        expanded,
                        sum)) {
                    member(shown(entry.getName()), in, reader);
                    in.transferTo(OutputStream.nullOutputStream());
                    expanded = in.total;
                }
                if (sum.getValue() != entry.getCrc()) {
                    throw new NotUnpackedException(
                            shown(entry.getName()) + " is damaged (its check sum is wrong): ask for it again.");
                }
            }
        } catch (EOFException | ZipException broken) {
            throw broken(broken);
        }
    }

    private static List<? extends ZipEntry> entries(ZipFile zip, UnpackingLimits limits) throws NotUnpackedException {
        if (zip.size() > limits.members()) {
            throw new NotUnpackedException("The archive has " + zip.size() + " members, at most " + limits.members()
                    + " are taken: ask for fewer at a time.");
        }
        var entries = Collections.list(zip.entries()).stream()
                .filter(entry -> !entry.isDirectory() && !entry.getName().startsWith(MAC_RESOURCES))
                .sorted((a, b) -> a.getName().compareTo(b.getName()))
                .toList();
        if (entries.isEmpty()) {
            throw new NotUnpackedException("The archive is empty: ask for it again.");
        }
        return entries;
    }

    private static void member(String name, Counted unpacked, Reader reader) throws IOException {
        var in = new BufferedInputStream(unpacked, BUFFER);
        if (Packing.of(Content.start(in)) != Packing.PLAIN) {
            throw new NotUnpackedException((name.isEmpty() ? "What is packed" : name)
                    + " is an archive itself. Archives in archives are not opened: ask for it packed once.");
        }
        reader.read(name, in);
    }

    private static NotUnpackedException broken(IOException cause) {
        return new NotUnpackedException(
                "It cannot be unpacked (" + cause.getMessage() + "): it was cut off or damaged. Ask for it again.",
                cause);
    }

    private static String shown(String name) {
        var plain = name.replaceAll("[^\\p{Print}]", "?");
        return plain.length() > NAME ? "…" + plain.substring(plain.length() - NAME) : plain;
    }

    /** Counts what comes out against what went in. */
    private static final class Counted extends FilterInputStream {

        private final UnpackingLimits limits;
        private final long packed;
        private final CRC32 sum;
        private final long before;
        private long total;

        Counted(InputStream in, UnpackingLimits limits, long packed, long before) {
            this(in, limits, packed, before, new CRC32());
        }

        Counted(InputStream in, UnpackingLimits limits, long packed, long before, CRC32 sum) {
            super(in);
            this.limits = limits;
            this.packed = packed;
            this.before = before;
            this.total = before;
            this.sum = sum;
        }

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] to, int offset, int length) throws IOException {
            int read;
            try {
                read = super.read(to, offset, length);
            } catch (EOFException | ZipException broken) {
                throw broken(broken);
            }
            if (read > 0) {
                total += read;
                if (packed != Long.MAX_VALUE) {
                    sum.update(to, offset, read);
                    judgeRatio();
                }
                if (total > limits.expandedBytes()) {
                    throw new NotUnpackedException("More than " + limits.expandedBytes()
                            + " bytes come out of it: it is not read. If it is what it says, ask for smaller files.");
                }
            }
            return read;
        }

        @Override
        public long skip(long count) throws IOException {
            return Math.max(0, read(new byte[(int) Math.min(count, BUFFER)]));
        }

        @Override
        public boolean markSupported() {
            return false;
        }

        private void judgeRatio() throws NotUnpackedException {
            var here = total - before;
            if (here > HARMLESS && here / limits.ratio() > Math.max(1, packed)) {
                throw new NotUnpackedException("It grows to more than " + limits.ratio()
                        + " times its size when it is unpacked, as no statement does: it is not read. Find out who"
                        + " sent it.");
            }
        }
    }
}
