package org.tradesuite.reconciliation.broker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tradesuite.openapi.problem.ProblemCode;
import org.tradesuite.reconciliation.delivery.UnpackingLimits;
import org.tradesuite.reconciliation.match.Item;
import org.tradesuite.reconciliation.rules.RuleBook;
import org.tradesuite.reconciliation.rules.RuleSet;
import org.tradesuite.web.ProblemException;

/** Reads a sample file by one version of a layout, as the job would, and keeps nothing. */
public final class LayoutDryRun {

    /** A row as it would be read, in the words of the comparison. */
    public record Row(long line, Map<String, String> values) {

        public Row {
            values = new LinkedHashMap<>(values);
        }
    }

    public record Refused(long line, String text, String errorClass, String reason) {}

    /**
     * What would become of the file.
     *
     * @param refusal why it would be refused as a whole, as a class; else null
     * @param counted of a drop copy: what was counted in it; else null
     */
    public record Result(
            long rows,
            long refusedRows,
            @Nullable String refusal,
            @Nullable String reason,
            HeadingDifferences heading,
            @Nullable String counted,
            List<Row> shown,
            List<Refused> refused) {

        public Result {
            shown = List.copyOf(shown);
            refused = List.copyOf(refused);
        }
    }

    private final JdbcClient jdbc;
    private final RuleBook book;
    private final UnpackingLimits limits;
    private final Path folder;

    LayoutDryRun(DataSource dataSource, RuleBook book, UnpackingLimits limits, Path folder) {
        this.jdbc = JdbcClient.create(dataSource);
        this.book = book;
        this.limits = limits;
        this.folder = folder;
    }

    /** @param show how many rows of each kind */
    public Result read(RuleSet set, int version, byte[] sample, int show) {
        if (set.kind() == RuleSet.Kind.PASSES) {
            throw new ProblemException(
                    ProblemCode.INVALID_PARAMETER,
                    "A sample file is read by a layout: name layout-<broker>, layout-drop-copy or"
                            + " layout-drop-copy-<broker>.");
        }
        var layout = AgreedRules.layout(book.version(set, version)).layout();
        var known = KnownHere.now(jdbc);
        var shown = new ArrayList<Row>();
        var window = new Item(TradeColumns.SHAPE);
        BrokerStatement.Rows sink = row -> {
            if (shown.size() < show) {
                shown.add(row(row.look(window)));
            }
        };
        var file = set(sample);
        try {
            var read = BrokerFile.read(
                    file,
                    limits,
                    member -> layout instanceof DropCopyLayout copy ? Optional.of(copy) : Optional.empty(),
                    (member, dropCopy) -> in -> layout instanceof BrokerLayout ofRows
                            ? BrokerStatement.read(in, ofRows, known, 0, sink)
                            : Objects.requireNonNull(dropCopy).read(in, known, 0, sink));
            return result(read, layout, shown, show);
        } catch (IOException failed) {
            throw new UncheckedIOException("The sample cannot be read: " + failed, failed);
        } finally {
            forget(file);
        }
    }

    private Path set(byte[] sample) {
        try {
            Files.createDirectories(folder);
            return Files.write(Files.createTempFile(folder, "sample", ".part"), sample);
        } catch (IOException failed) {
            throw new UncheckedIOException("The sample cannot be set aside in " + folder + ": " + failed, failed);
        }
    }

    private static void forget(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException failed) {
            throw new UncheckedIOException("The sample cannot be deleted again: " + failed, failed);
        }
    }

    private static Result result(BrokerFile read, Layout layout, List<Row> shown, int show) throws IOException {
        var wrong = read.notUnpacked();
        if (wrong != null) {
            throw new ProblemException(ProblemCode.FILE_REFUSED, wrong);
        }
        if (read.statements().size() > 1) {
            throw new ProblemException(
                    ProblemCode.FILE_REFUSED,
                    "The archive has " + read.statements().size() + " members: hand in one statement as a sample.");
        }
        var statement = read.statements().getFirst().statement();
        var verdict = statement.verdict();
        return new Result(
                statement.rows(),
                statement.refused().size(),
                verdict == null ? null : verdict.refusal().name(),
                verdict == null ? null : verdict.reason(),
                layout instanceof BrokerLayout ofRows
                        ? HeadingDifferences.of(ofRows, BrokerStatement.headings(statement.heading(), ofRows))
                        : HeadingDifferences.NONE,
                layout instanceof DropCopyLayout ? statement.heading() : null,
                shown,
                statement.refused().stream()
                        .limit(show)
                        .map(row -> new Refused(row.line(), row.text(), row.errorClass(), row.reason()))
                        .toList());
    }

    private static Row row(Item item) {
        var values = new LinkedHashMap<String, String>();
        for (var column = 0; column < TradeColumns.SHAPE.size(); column++) {
            var value = item.value(column);
            if (value != null) {
                values.put(TradeColumns.SHAPE.column(column).name(), value);
            }
        }
        return new Row(item.line(), values);
    }
}
