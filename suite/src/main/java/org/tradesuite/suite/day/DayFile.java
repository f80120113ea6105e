package org.tradesuite.suite.day;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.Properties;

/**
 * Where the narrated day stands, kept beside the database: a day that was broken off goes on at the time its clock
 * showed, and never earlier than anything that is recorded.
 *
 * @param date the business date
 * @param clock what the day's clock showed last
 * @param finished whether the day was told to its end
 */
record DayFile(LocalDate date, Instant clock, boolean finished) {

    static Optional<DayFile> read(Path data) {
        var file = file(data);
        if (!Files.exists(file)) return Optional.empty();
        var kept = new Properties();
        try (var in = Files.newBufferedReader(file)) {
            kept.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
        return Optional.of(new DayFile(
                LocalDate.parse(kept.getProperty("date")),
                Instant.parse(kept.getProperty("clock")),
                Boolean.parseBoolean(kept.getProperty("finished"))));
    }

    void write(Path data) {
        var file = file(data);
        var unfinished = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.createDirectories(data);
            Files.writeString(unfinished, "date=%s%nclock=%s%nfinished=%s%n".formatted(date, clock, finished));
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    private static Path file(Path data) {
        return data.resolve("day.properties");
    }
}
