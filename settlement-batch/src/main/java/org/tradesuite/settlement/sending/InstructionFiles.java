package org.tradesuite.settlement.sending;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import org.springframework.stereotype.Component;
import org.tradesuite.runsheet.intake.DropFolder;
import org.tradesuite.settlement.custodian.InstructionWriter;
import org.tradesuite.settlement.folders.SettlementFolders;
import org.tradesuite.settlement.instruction.Terms;

/**
 * The two files of an instruction in the custodian's folder, and a copy of them with the results of the date. The copy
 * is written first, the sese.023 next and the MT last: once the custodian sees an MT, everything else is there.
 */
@Component
class InstructionFiles {

    private final SettlementFolders folders;

    InstructionFiles(SettlementFolders folders) {
        this.folders = folders;
    }

    /** @throws IllegalArgumentException if the terms do not fit into a message */
    static void check(Terms terms, Instant preparedAt) {
        InstructionWriter.write(terms, preparedAt);
    }

    void write(Outbox.Unsent unsent) {
        var written = InstructionWriter.write(unsent.terms(), unsent.preparedAt());
        var fin = written.fin().getBytes(StandardCharsets.US_ASCII);
        var iso = written.iso().getBytes(StandardCharsets.UTF_8);
        var name = unsent.terms().reference();
        var copies = folders.results(unsent.businessDate()).resolve("sent");
        DropFolder.write(copies.resolve(name + ".fin"), fin);
        DropFolder.write(copies.resolve(name + ".xml"), iso);
        send(name + ".xml", iso);
        send(name + ".fin", fin);
    }

    /** A file that the custodian has, waiting or taken, is not sent again by a run that follows a crash. */
    private void send(String name, byte[] content) {
        var to = folders.toCustodian();
        for (var there : new Path[] {to.resolve(name), to.resolve("done").resolve(name)}) {
            if (Files.exists(there)) {
                if (Arrays.equals(content, read(there))) {
                    return;
                }
                throw new IllegalStateException(there + " is there with other content than instruction " + name
                        + " has: somebody wrote it; move it away after agreeing with the custodian, then restart.");
            }
        }
        DropFolder.write(to.resolve(name), content);
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException failed) {
            throw new UncheckedIOException("The file " + file + " cannot be read", failed);
        }
    }
}
