package org.tradesuite.execution.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Brokers that do not do as Appendix D says: none of their habits books a wrong fill or leaves an order pending. Each is
 * one dialect file, and a folder of scripts.
 */
class ForeignHabitsTest {
    private static final List<String> BROKERS = List.of("DELTA", "ECHO", "FOXTROT", "GOLF", "HOTEL");

    @TempDir
    private static Path folder;

    private static Stage stage;

    @BeforeAll
    static void open() throws IOException {
        stage = new Stage(folder, BROKERS);
    }

    @AfterAll
    static void close() {
        stage.close();
    }

    static Stream<Arguments> habits() {
        return BROKERS.stream()
                .flatMap(broker -> AppendixDTest.scripts("foreign/" + broker)
                        .map(file -> Arguments.of(broker, AppendixDTest.name(file), file)));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("habits")
    void habit(String broker, String name, Path file) throws Exception {
        Script.play(stage, broker, file);
    }
}
