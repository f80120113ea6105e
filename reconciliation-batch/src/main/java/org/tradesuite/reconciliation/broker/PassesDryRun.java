package org.tradesuite.reconciliation.broker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.tradesuite.openapi.problem.ProblemCode;
import org.tradesuite.reconciliation.rules.RuleBook;
import org.tradesuite.reconciliation.rules.RuleSet;
import org.tradesuite.web.ProblemException;

/**
 * Matches a business date by other passes, holds what comes out against what the date has, and takes it back: it is the
 * job's own matching in a transaction that is rolled back.
 */
public final class PassesDryRun {

    private static final int EXAMPLES = 100;
    private static final String ASIDE = "dry-run";

    private static final List<String> BEFORE = List.of("""
        create temporary table match_before on commit drop as
        select item_id || ' with line ' || line || ' of statement ' || statement_id as subject,
            pass || coalesce(': ' || differences, '') as says
        from reconciliation.matched where reconciled_on = :date
        """, """
        create temporary table break_before on commit drop as
        select break_key as id, break_class || ' ' || broker_id || ' ' || coalesce(our_item, reference, '') as subject,
            concat_ws(' / ', ours, theirs, detail) as says
        from reconciliation.found_break
        where job = 'reconcile-brokers' and feed like 'BROKER%' and reconciled_on = :date
        """, """
        create temporary table proposal_before on commit drop as
        select our_item || ' with line ' || line || ' of statement ' || statement_id as subject, pass as says
        from reconciliation.match_proposal where reconciled_on = :date
        """);

    /** Each compares {@code before} with {@code after}: subject and what is said of it. */
    private static final String MATCHES = """
        with after as materialized (
            select item_id || ' with line ' || line || ' of statement ' || statement_id as subject,
                pass || coalesce(': ' || differences, '') as says
            from reconciliation.matched where reconciled_on = :date
        ), compared as materialized (
            select coalesce(b.subject, a.subject) as subject, b.says as before, a.says as after
            from match_before b full join after a on a.subject = b.subject
        )
        """;

    private static final String BREAKS = """
        with after as materialized (
            select break_key as id, break_class || ' ' || broker_id || ' ' || coalesce(our_item, reference, '') as subject,
                concat_ws(' / ', ours, theirs, detail) as says
            from reconciliation.found_break
            where job = 'reconcile-brokers' and feed like 'BROKER%' and reconciled_on = :date
        ), compared as materialized (
            select coalesce(b.subject, a.subject) as subject, b.says as before, a.says as after
            from break_before b full join after a on a.id = b.id
        )
        """;

    private static final String PROPOSALS = """
        with after as materialized (
            select our_item || ' with line ' || line || ' of statement ' || statement_id as subject, pass as says
            from reconciliation.match_proposal where reconciled_on = :date
        ), compared as materialized (
            select coalesce(b.subject, a.subject) as subject, b.says as before, a.says as after
            from proposal_before b full join after a on a.subject = b.subject
        )
        """;

    private static final String COUNTS = """
        select count(before), count(after), count(*) filter (where before is null), count(*) filter (where after is null),
            count(*) filter (where before <> after)
        from compared
        """;

    private static final String FIRST = """
        select subject, before, after from compared where before is distinct from after order by subject limit :limit
        """;

    /** What an example is about. */
    public enum What {
        MATCH,
        BREAK,
        PROPOSAL
    }

    /** How many there are, and how many are not as they were. */
    public record Counts(long before, long after, long added, long gone, long changed) {}

    /**
     * One that is not as it was.
     *
     * @param before null if it would be added
     * @param after null if it would be gone
     */
    public record Example(
            What what,
            String subject,
            @Nullable String before,
            @Nullable String after) {}

    public record Result(Counts matches, Counts breaks, Counts proposals, List<Example> examples) {

        public Result {
            examples = List.copyOf(examples);
        }
    }

    private final JdbcClient jdbc;
    private final PlatformTransactionManager transactions;
    private final RuleBook book;
    private final BrokerMatching matching;
    private final BrokerComparison.Means means;
    /** It takes as much memory as a run. */
    private final ReentrantLock oneAtATime = new ReentrantLock();

    PassesDryRun(
            DataSource dataSource,
            PlatformTransactionManager transactions,
            RuleBook book,
            BrokerMatching matching,
            BrokerComparison.Means means) {
        this.jdbc = JdbcClient.create(dataSource);
        this.transactions = transactions;
        this.book = book;
        this.matching = matching;
        this.means = means;
    }

    public Result run(RuleSet set, int version, LocalDate date) {
        if (set.kind() != RuleSet.Kind.PASSES) {
            throw new ProblemException(
                    ProblemCode.INVALID_PARAMETER,
                    "A date is matched by passes: name the rule set passes or passes-drop-copy.");
        }
        var passes = AgreedRules.passes(book.version(set, version));
        var sources = matching.comparable(date).stream()
                .filter(source -> AgreedRules.passesOf(source).equals(set))
                .toList();
        if (sources.isEmpty()) {
            throw ProblemException.inField(
                    "$.businessDate",
                    ProblemCode.INVALID_VALUE,
                    (set.equals(RuleSet.PASSES) ? "No broker's statement" : "No drop copy") + " counts for " + date
                            + ": name a date that was reconciled.");
        }
        if (!oneAtATime.tryLock()) {
            throw new ProblemException(
                    ProblemCode.CONFLICT, "Another dry-run is on its way: try again when it is over.");
        }
        try {
            return new TransactionTemplate(transactions).execute(status -> {
                status.setRollbackOnly();
                return compare(date, sources, passes);
            });
        } finally {
            oneAtATime.unlock();
        }
    }

    private Result compare(LocalDate date, List<Source> sources, AgreedRules.Passes passes) {
        BEFORE.forEach(command ->
                jdbc.sql(command.replace(":date", "date '" + date + "'")).update());
        try {
            matching.matchAnew(date, sources, passes, means.beside(ASIDE));
        } catch (SQLException | IOException failed) {
            throw new UncheckedIOException(
                    "The dry-run broke off: " + failed.getMessage(),
                    failed instanceof IOException cause ? cause : new IOException(failed));
        }
        var examples = new ArrayList<Example>();
        return new Result(
                counts(MATCHES, date, What.MATCH, examples),
                counts(BREAKS, date, What.BREAK, examples),
                counts(PROPOSALS, date, What.PROPOSAL, examples),
                examples);
    }

    private Counts counts(String compared, LocalDate date, What what, List<Example> examples) {
        examples.addAll(jdbc.sql(compared + FIRST)
                .param("date", date)
                .param("limit", EXAMPLES)
                .query((row, number) ->
                        new Example(what, row.getString("subject"), row.getString("before"), row.getString("after")))
                .list());
        return jdbc.sql(compared + COUNTS)
                .param("date", date)
                .query((row, number) ->
                        new Counts(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4), row.getLong(5)))
                .single();
    }
}
