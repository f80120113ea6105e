package org.tradesuite.reconciliation.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContainerTest {

    private static final UnpackingLimits LIMITS = new UnpackingLimits(10_000_000, 100, 5);

    @TempDir
    Path folder;

    @Test
    void the_first_bytes_say_what_it_is_and_the_name_does_not() throws IOException {
        assertThat(read(file("a.zip", "plain".getBytes(StandardCharsets.UTF_8))))
                .containsExactly("=plain");
        assertThat(read(file("b.txt", gzip("packed")))).containsExactly("=packed");
        assertThat(read(file("c.fin", zip("two=2", "one=1")))).containsExactly("one=1", "two=2");
    }

    @Test
    void names_inside_are_shown_and_never_paths() throws IOException {
        assertThat(read(file("a.zip", zip("../../etc/passwd=x", "/root/.ssh/keys=y"))))
                .containsExactly("../../etc/passwd=x", "/root/.ssh/keys=y");
        try (var files = Files.list(folder)) {
            assertThat(files.toList()).hasSize(1);
        }
    }

    @Test
    void what_resource_forks_leave_behind_is_passed_over() throws IOException {
        assertThat(read(file("a.zip", zip("a=1", "__MACOSX/._a=junk")))).containsExactly("a=1");
    }

    @Test
    void an_archive_in_an_archive_is_refused() throws IOException {
        var inner = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(inner)) {
            out.write(zip("a=1"));
        }
        refused(file("a.gz", inner.toByteArray()), "Archives in archives");
        var outer = new ByteArrayOutputStream();
        try (var out = new ZipOutputStream(outer)) {
            out.putNextEntry(new ZipEntry("inner.txt"));
            out.write(gzip("x"));
            out.closeEntry();
        }
        refused(file("b.zip", outer.toByteArray()), "inner.txt is an archive itself");
    }

    @ParameterizedTest
    @ValueSource(ints = {2_000_000, 100_000_000})
    void a_bomb_is_cut_off_by_its_ratio(int size) throws IOException {
        refused(file("a.gz", gzipZeros(size)), "100 times its size");
        refused(file("b.zip", zipZeros(size)), "100 times its size");
    }

    @Test
    void many_small_members_are_counted_together() throws IOException {
        var random = new byte[3_000_000];
        for (var i = 0; i < random.length; i++) {
            random[i] = (byte) (i * 31 + i / 7 + i / 1013);
        }
        var out = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(out)) {
            zip.setLevel(0);
            for (var name : List.of("a", "b", "c", "d")) {
                zip.putNextEntry(new ZipEntry(name));
                zip.write(random);
                zip.closeEntry();
            }
        }
        refused(file("a.zip", out.toByteArray()), "More than 10000000 bytes");
    }

    @Test
    void too_many_members_are_refused_before_one_is_opened() throws IOException {
        refused(file("a.zip", zip("a=1", "b=2", "c=3", "d=4", "e=5", "f=6")), "has 6 members");
    }

    @ParameterizedTest
    @CsvSource({"0.2", "0.5", "0.9", "0.99"})
    void an_archive_cut_off_is_named(double share) throws IOException {
        for (var whole : List.of(gzip("a text of some length ".repeat(100)), zip("a=" + "x".repeat(500), "b=2"))) {
            refused(file("cut", Arrays.copyOf(whole, (int) (whole.length * share))), "cut off or damaged");
        }
    }

    @Test
    void a_member_that_was_damaged_is_named() throws IOException {
        var out = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(out)) {
            zip.setLevel(0);
            zip.putNextEntry(new ZipEntry("a.fin"));
            zip.write("a text that is only stored".getBytes(StandardCharsets.UTF_8));
            zip.closeEntry();
        }
        var bytes = out.toByteArray();
        var at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("only");
        bytes[at] = 'O';
        refused(file("a.zip", bytes), "damaged");
    }

    @ParameterizedTest
    @ValueSource(strings = {"7z\u00bc\u00af'\u001c", "Rar!\u001a\u0007", "BZh91AY", "\u00fd7zXZ\u0000"})
    void other_ways_of_packing_are_named(String magic) throws IOException {
        refused(file("a", magic.getBytes(StandardCharsets.ISO_8859_1)), "Ask for it plain, as gz or as zip");
    }

    @Test
    void an_empty_archive_is_named() throws IOException {
        var out = new ByteArrayOutputStream();
        new ZipOutputStream(out).close();
        refused(file("a.zip", out.toByteArray()), "empty");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{1:F01X}{2:O535 | FIN",
                "{4: | FIN",
                ":20:S1 | FIN",
                ":16R:GENL | FIN",
                "<?xml version='1.0'?> | XML",
                "<Document> | XML",
                "trade,quantity | UNKNOWN",
                "Dear client | UNKNOWN",
                "%PDF-1.7 | UNKNOWN",
            })
    void content_is_told_from_its_beginning(String start, Content expected) throws IOException {
        assertThat(content(start.getBytes(StandardCharsets.UTF_8))).isEqualTo(expected);
        assertThat(content(("\n\r\n  " + start).getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(expected);
        assertThat(content(("\ufeff" + start).getBytes(StandardCharsets.UTF_8))).isEqualTo(expected);
    }

    @Test
    void nothing_and_blanks_are_empty() throws IOException {
        assertThat(content(new byte[0])).isEqualTo(Content.EMPTY);
        assertThat(content(" \r\n".getBytes(StandardCharsets.UTF_8))).isEqualTo(Content.EMPTY);
    }

    @Test
    void a_file_that_is_still_being_written_waits() throws IOException {
        Files.writeString(folder.resolve("a.fin"), "x");
        Files.writeString(folder.resolve(".b.fin"), "x");
        Files.writeString(folder.resolve("c.fin.part"), "x");
        Files.writeString(folder.resolve("d.tmp"), "x");
        assertThat(Inbox.at(folder).waiting()).extracting(Delivery::name).containsExactly("a.fin");
    }

    @Test
    void a_file_that_grows_while_it_is_looked_at_waits() throws Exception {
        var path = folder.resolve("a.fin");
        try (var file = new RandomAccessFile(path.toFile(), "rw")) {
            file.setLength(400_000_000);
        }
        var stop = new java.util.concurrent.atomic.AtomicBoolean();
        var started = new java.util.concurrent.CountDownLatch(1);
        var writer = Thread.ofVirtual().start(() -> {
            try (OutputStream out = Files.newOutputStream(path, java.nio.file.StandardOpenOption.APPEND)) {
                while (!stop.get()) {
                    out.write(new byte[1000]);
                    started.countDown();
                }
            } catch (IOException failed) {
                throw new java.io.UncheckedIOException(failed);
            }
        });
        started.await();
        assertThat(Inbox.at(folder).waiting()).isEmpty();
        stop.set(true);
        writer.join();
        assertThat(Inbox.at(folder).waiting()).hasSize(1);
    }

    private static Content content(byte[] start) throws IOException {
        return Content.of(new BufferedInputStream(new ByteArrayInputStream(start)));
    }

    private static List<String> read(Path file) throws IOException {
        var found = new ArrayList<String>();
        Container.read(
                file,
                LIMITS,
                (name, in) -> found.add(name + "=" + new String(in.readAllBytes(), StandardCharsets.UTF_8)));
        return found;
    }

    private static void refused(Path file, String words) {
        assertThatThrownBy(() -> read(file))
                .isInstanceOf(NotUnpackedException.class)
                .hasMessageContaining(words);
    }

    private Path file(String name, byte[] content) throws IOException {
        return Files.write(folder.resolve(name), content);
    }

    private static byte[] gzip(String text) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var packed = new GZIPOutputStream(out)) {
            packed.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return out.toByteArray();
    }

    private static byte[] gzipZeros(int size) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var packed = new GZIPOutputStream(out)) {
            packed.write(new byte[size]);
        }
        return out.toByteArray();
    }

    private static byte[] zipZeros(int size) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var packed = new ZipOutputStream(out)) {
            packed.putNextEntry(new ZipEntry("a"));
            packed.write(new byte[size]);
            packed.closeEntry();
        }
        return out.toByteArray();
    }

    private static byte[] zip(String... members) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var packed = new ZipOutputStream(out)) {
            for (var member : members) {
                var parts = member.split("=", 2);
                packed.putNextEntry(new ZipEntry(parts[0]));
                packed.write(parts[1].getBytes(StandardCharsets.UTF_8));
                packed.closeEntry();
            }
        }
        return out.toByteArray();
    }
}
