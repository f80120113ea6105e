package org.tradesuite.runsheet.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DropFolderTest {

    @TempDir
    private Path folder;

    @Test
    void waiting_files_come_in_the_order_of_their_names_and_without_those_still_being_written() throws IOException {
        for (String name : List.of("b.fin", "a.fin", ".c.fin.part", "d.fin.tmp", "e.xml")) {
            Files.writeString(folder.resolve(name), name);
        }
        assertThat(DropFolder.at(folder).waiting("*.fin"))
                .extracting(DroppedFile::name)
                .containsExactly("a.fin", "b.fin");
    }

    @Test
    void a_file_is_known_by_its_content() throws IOException {
        Files.writeString(folder.resolve("a.fin"), "same");
        Files.writeString(folder.resolve("b.fin"), "same");
        assertThat(DropFolder.at(folder).waiting("*"))
                .extracting(DroppedFile::sha256)
                .containsOnly("0967115f2813a3541eaef77de9d9d5773f1c0c04314b0bbfe4ff3b3b1c55b5d5");
    }

    @Test
    void a_file_that_was_worked_off_is_in_done() throws IOException {
        Files.writeString(folder.resolve("a.fin"), "text");
        DropFolder drop = DropFolder.at(folder);
        Path moved = drop.done(drop.waiting("*").getFirst());
        assertThat(moved).isEqualTo(folder.resolve("done/a.fin")).hasContent("text");
        assertThat(drop.waiting("*")).isEmpty();
    }

    @Test
    void a_refused_file_has_its_reason_beside_it() throws IOException {
        Files.writeString(folder.resolve("a.fin"), "text");
        DropFolder drop = DropFolder.at(folder);
        drop.refused(drop.waiting("*").getFirst(), "The closing balance is wrong. Ask the custodian for a new one.");
        assertThat(folder.resolve("refused/a.fin")).hasContent("text");
        assertThat(folder.resolve("refused/a.fin.reason.txt")).content().startsWith("The closing balance is wrong.");
    }

    @Test
    void another_file_of_the_same_name_does_not_replace_the_one_in_done() throws IOException {
        DropFolder drop = DropFolder.at(folder);
        Files.writeString(folder.resolve("a.fin"), "first");
        drop.done(drop.waiting("*").getFirst());
        Files.writeString(folder.resolve("a.fin"), "second");
        Path second = drop.done(drop.waiting("*").getFirst());
        assertThat(folder.resolve("done/a.fin")).hasContent("first");
        assertThat(second).hasContent("second");
    }

    @Test
    void moving_a_file_again_after_a_crash_changes_nothing() throws IOException {
        Files.writeString(folder.resolve("a.fin"), "text");
        DropFolder drop = DropFolder.at(folder);
        DroppedFile file = drop.waiting("*").getFirst();
        assertThat(drop.done(file)).isEqualTo(drop.done(file));
    }

    @Test
    void a_written_file_is_there_whole_and_nothing_else_is() throws IOException {
        Path file = folder.resolve("out/trades.csv");
        DropFolder.write(file, "one".getBytes(StandardCharsets.UTF_8));
        DropFolder.write(file, "two".getBytes(StandardCharsets.UTF_8));
        assertThat(file).hasContent("two");
        try (var files = Files.list(folder.resolve("out"))) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void a_folder_that_cannot_be_written_says_what_to_do() throws IOException {
        Path file = Files.writeString(folder.resolve("a-file"), "not a folder");
        assertThatThrownBy(() -> DropFolder.write(file.resolve("x.csv"), new byte[0]))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("then restart the run");
        assertThatThrownBy(() -> DropFolder.at(file.resolve("drop")))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("Check path and rights");
    }
}
