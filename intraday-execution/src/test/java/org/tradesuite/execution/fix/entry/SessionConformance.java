package org.tradesuite.execution.fix.entry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Each script of {@code fix/session} against our door, over a socket. They mostly wait, so that each version has a class
 * of its own beside the other tests.
 */
abstract class SessionConformance {

    @TempDir
    private Path folder;

    private final Client.Version version;

    SessionConformance(Client.Version version) {
        this.version = version;
    }

    @TestFactory
    @Execution(ExecutionMode.SAME_THREAD)
    Stream<DynamicTest> sessions() throws IOException, URISyntaxException {
        Path scripts = Path.of(
                Objects.requireNonNull(getClass().getResource("/fix/session")).toURI());
        List<DynamicTest> tests = new ArrayList<>();
        try (var files = Files.list(scripts)) {
            for (Path script : files.sorted().toList()) {
                if (SessionScript.isFor(script, version)) {
                    String name = script.getFileName().toString().replace(".txt", "");
                    tests.add(DynamicTest.dynamicTest(name + " in " + version.application, () -> {
                        Path store = folder.resolve(name + version);
                        Map<String, String> changes = name.startsWith("next_expected")
                                ? Map.of("next-expected", "true")
                                : name.startsWith("may_reset") ? Map.of("may-reset", "true") : Map.of();
                        try (var house = new SessionHouse(version, store, changes)) {
                            new SessionScript(version, house).run(script);
                        }
                    }));
                }
            }
        }
        assertThat(tests).hasSizeGreaterThan(40);
        return tests.stream();
    }
}
