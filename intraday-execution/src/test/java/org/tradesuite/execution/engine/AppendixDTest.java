package org.tradesuite.execution.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Appendix D of FIX: every matrix of order state changes as a conversation over a socket, from the side that sends orders.
 * FIX 4.2 numbers them from 1, FIX 4.4 and 5.0 SP2 by letters and share their scripts; the wire differs.
 */
class AppendixDTest {
    private static final Map<String, String> SCRIPTS =
            Map.of("ALFA", "4.2", "BRAVO", "4.4-and-5.0SP2", "CHARLIE", "4.4-and-5.0SP2");

    @TempDir
    private static Path folder;

    private static Stage stage;

    @BeforeAll
    static void open() throws IOException {
        stage = new Stage(folder, List.of("ALFA", "BRAVO", "CHARLIE"));
    }

    @AfterAll
    static void close() {
        stage.close();
    }

    static Stream<Arguments> matrices() {
        return Stream.of("ALFA", "BRAVO", "CHARLIE")
                .flatMap(broker -> scripts("appendix-d/" + SCRIPTS.get(broker))
                        .map(file -> Arguments.of(broker, name(file), file)));
    }

    static Stream<Path> scripts(String folder) {
        try (var files = Files.list(Path.of(Objects.requireNonNull(AppendixDTest.class.getResource("/fix/" + folder))
                .toURI()))) {
            return files.filter(file -> file.toString().endsWith(".script")).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    static String name(Path file) {
        return file.getFileName().toString().replace(".script", "");
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("matrices")
    void matrix(String broker, String name, Path file) throws Exception {
        Script.play(stage, broker, file);
    }
}
