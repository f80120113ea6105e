package org.tradesuite.suite.custodian;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tradesuite.suite.market.WholeFile;
import tools.jackson.databind.JsonNode;

/** The folders that the custodian and its client share, and the one where the errors it seeded are told. */
final class SharedFolders {

    private static final Logger LOG = LoggerFactory.getLogger(SharedFolders.class);

    private final Path to;
    private final Path from;
    private final Path statements;
    private final Path truth;

    SharedFolders(Path drop, Path truth) {
        this.to = drop.resolve("custodian").resolve("to");
        this.from = drop.resolve("custodian").resolve("from");
        this.statements = drop.resolve("custodian").resolve("statements");
        this.truth = truth;
    }

    /** The instructions that the client has sent, in the order of their names. */
    List<Path> arrived() {
        try {
            Files.createDirectories(to);
            try (Stream<Path> files = Files.list(to)) {
                return files.filter(file -> {
                            String name = file.getFileName().toString();
                            return !name.startsWith(".") && (name.endsWith(".fin") || name.endsWith(".xml"));
                        })
                        .sorted()
                        .toList();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot list " + to, e);
        }
    }

    void refuse(Path file, String reason) {
        LOG.warn("Instruction {} is not readable: {}", file.getFileName(), reason);
        try {
            move(file, "refused");
            WholeFile.write(to.resolve("refused").resolve(file.getFileName() + ".reason.txt"), reason + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot refuse " + file, e);
        }
    }

    void file(Path instruction) throws IOException {
        move(instruction, "done");
    }

    private static void move(Path file, String folder) throws IOException {
        Path target = Files.createDirectories(file.resolveSibling(folder)).resolve(file.getFileName());
        Files.move(file, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Writes the files of a log entry unless they are there, or were there and the client has filed them. */
    void deliver(JsonNode entry) {
        try {
            switch (entry.get("type").asString()) {
                case "message" ->
                    deliver(
                            from,
                            entry.get("file").asString(),
                            entry.get("text").asString());
                case "statements" -> {
                    for (JsonNode page : entry.get("pages")) {
                        deliver(
                                statements,
                                page.get("file").asString(),
                                page.get("text").asString());
                    }
                    WholeFile.write(
                            truth.resolve("seeded-CUSTODIAN-"
                                    + entry.get("date").asString().replace("-", "") + ".json"),
                            CustodyLog.JSON.writerWithDefaultPrettyPrinter().writeValueAsString(entry.get("faults"))
                                    + "\n");
                }
                default -> {
                    // An instruction is received, not delivered; a crash before its answers is made good by process().
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot deliver to the client's folder", e);
        }
    }

    private static void deliver(Path folder, String name, String text) throws IOException {
        for (Path place : List.of(folder, folder.resolve("done"), folder.resolve("refused"))) {
            if (Files.exists(place.resolve(name))) {
                return;
            }
        }
        WholeFile.write(folder.resolve(name), text);
    }
}
