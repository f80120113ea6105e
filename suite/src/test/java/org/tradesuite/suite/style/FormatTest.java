package org.tradesuite.suite.style;

import static org.assertj.core.api.Assertions.assertThat;

import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.JavaFormatterOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Every source file is laid out by palantir-java-format. The check is a test, because the formatter reads Java 25 only
 * on a JDK 25 and Maven itself may run on an older one.
 */
class FormatTest {

    /** {@code mvn test -pl suite -am -Dtest=FormatTest -Dsurefire.failIfNoSpecifiedTests=false -Dformat=apply} */
    private static final boolean APPLY = "apply".equals(System.getProperty("format"));

    private final Formatter formatter = Formatter.createFormatter(JavaFormatterOptions.builder()
            .style(JavaFormatterOptions.Style.PALANTIR)
            .build());

    @Test
    void sources_are_laid_out_by_the_formatter() throws IOException {
        assertThat(sources()).isNotEmpty();
        assertThat(sources().stream().filter(this::isLaidOutOtherwise).toList())
                .as("files to format: run this test with -Dformat=apply")
                .isEmpty();
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> modules = Files.list(Path.of(".."))) {
            return modules.map(module -> module.resolve("src"))
                    .filter(Files::isDirectory)
                    .flatMap(FormatTest::javaFiles)
                    .toList();
        }
    }

    private static Stream<Path> javaFiles(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean isLaidOutOtherwise(Path file) {
        try {
            var text = Files.readString(file);
            var laidOut = formatter.formatSourceAndFixImports(text);
            if (laidOut.equals(text)) return false;
            if (!APPLY) return true;
            Files.writeString(file, laidOut);
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (com.palantir.javaformat.java.FormatterException e) {
            throw new IllegalStateException(file + " does not parse", e);
        }
    }
}
