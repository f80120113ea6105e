package org.tradesuite.suite.market;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The sample universe as plain rows of text: what a counterparty knows of the instruments, hours and rates. Read as
 * data, from a folder or from the class path, with no type shared with the applications under test.
 */
public final class ReferenceFiles {

    private static final String ON_CLASS_PATH = "/reference/";

    private final @Nullable Path folder;

    private ReferenceFiles(@Nullable Path folder) {
        this.folder = folder;
    }

    public static ReferenceFiles onClassPath() {
        return new ReferenceFiles(null);
    }

    public static ReferenceFiles in(Path folder) {
        return new ReferenceFiles(folder);
    }

    /** The rows of {@code <name>.csv}, each by column name. */
    public List<Map<String, String>> rows(String name) {
        try (Reader text = open(name);
                CsvReader<NamedCsvRecord> csv = CsvReader.builder().ofNamedCsvRecord(text)) {
            return csv.stream().map(NamedCsvRecord::getFieldsAsMap).toList();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read reference file " + name + ".csv", e);
        }
    }

    private Reader open(String name) throws IOException {
        if (folder != null) {
            return Files.newBufferedReader(folder.resolve(name + ".csv"));
        }
        InputStream resource = ReferenceFiles.class.getResourceAsStream(ON_CLASS_PATH + name + ".csv");
        if (resource == null) {
            throw new IOException("No resource " + ON_CLASS_PATH + name + ".csv on the class path");
        }
        return new InputStreamReader(resource, StandardCharsets.UTF_8);
    }
}
