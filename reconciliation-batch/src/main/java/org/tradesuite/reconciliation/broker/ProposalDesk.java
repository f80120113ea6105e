package org.tradesuite.reconciliation.broker;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Transactional;
import org.tradesuite.openapi.problem.ProblemCode;
import org.tradesuite.reconciliation.breaks.BreakLedger;
import org.tradesuite.reconciliation.delivery.Delivery;
import org.tradesuite.reconciliation.delivery.UnpackingLimits;
import org.tradesuite.reconciliation.journal.Journal;
import org.tradesuite.reconciliation.statement.Feed;
import org.tradesuite.web.ProblemException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What may belong together, before a person. One that is approved is a match from then on, and its breaks close; what the
 * two sides still say differently becomes a break of its own. One that is refused is not proposed again while both sides
 * say the same. Either can be changed into the other. Each call is one transaction with its event in the journal.
 */
public class ProposalDesk {

    private static final String ALL = """
        select proposal_key, state, reconciled_on, feed, broker_id, our_item, statement_id, line, file_offset, pass, rule_version,
            ours, theirs, differences, decided_by, decided_at, reason, stream_version
        from (
            select distinct on (p.proposal_key) p.proposal_key, 'OPEN' as state, p.reconciled_on, p.feed, p.broker_id, p.our_item,
                p.statement_id, p.line, p.file_offset, p.pass, p.rule_version, p.ours, p.theirs, p.differences,
                null as decided_by, null::timestamptz as decided_at, null as reason, 0 as stream_version
            from reconciliation.match_proposal p
            where not exists (
                select from reconciliation.match_decision d where d.proposal_key = p.proposal_key)
            order by p.proposal_key, p.reconciled_on desc
        ) as open
        union all
        select proposal_key, state, reconciled_on, feed, broker_id, our_item, statement_id, line, file_offset, pass, rule_version,
            ours, theirs, differences, decided_by, decided_at, reason, stream_version
        from reconciliation.match_decision
        """;
    private static final String PAGE = "select * from (" + ALL + """
        ) as each
        where (cast(:date as date) is null or reconciled_on = :date)
            and (cast(:broker as text) is null or broker_id = :broker)
            and (cast(:state as text) is null or state = :state) and proposal_key > :after
        order by proposal_key
        limit :limit
        """;
    private static final String ONE = "select * from (" + ALL + ") as each where proposal_key = :key";
    private static final String LOCK = "select pg_advisory_xact_lock(hashtextextended('proposal/' || :key, 0))";
    private static final String WHOLE_RUN =
            "select broker_id from reconciliation.match_run where reconciled_on = :date and feed = :feed and"
                    + " broker_id = :broker for update";
    private static final String DECIDE = """
        insert into reconciliation.match_decision (proposal_key, state, reconciled_on, feed, broker_id, our_item, statement_id, line,
            file_offset, pass, rule_version, ours, theirs, differences, in_force, decided_by, decided_at, reason,
            stream_version)
        values (:key, :state, :date, :feed, :broker, :item, :statement, :line, :offset, :pass, :version, :ours, :theirs, :differences,
            :inForce, :by, :at, :reason, 1)
        on conflict (proposal_key) do update set state = excluded.state, in_force = excluded.in_force,
            decided_by = excluded.decided_by, decided_at = excluded.decided_at, reason = excluded.reason,
            stream_version = match_decision.stream_version + 1
        """;
    private static final String ANOTHER = """
        select d.decided_by from reconciliation.match_decision d
        where d.proposal_key <> :key and d.state = 'APPROVED' and d.in_force and d.feed = :feed and d.broker_id = :broker
            and (d.our_item = :item or d.statement_id = :statement and d.line = :line)
        limit 1
        """;
    private static final String LEFT_ALONE = """
        delete from reconciliation.found_break
        where job = 'reconcile-brokers' and reconciled_on = :date and broker_id = :broker and feed = :feed
            and (our_item = :item and their_statement is null
                or our_item is null and their_statement = :statement and their_line = :line)
        """;
    private static final String LEFT_TO_EXPLAIN = """
        insert into reconciliation.found_break
        select f.* from reconciliation.match_proposal p
        cross join lateral json_populate_recordset(null::reconciliation.found_break, p.found) f
        where p.proposal_key = :key and p.reconciled_on = :date
        on conflict do nothing
        """;
    private static final String FILE = """
        select coalesce(f.archived, f.path) as path, f.file_name, f.bytes, s.sha256, s.member
        from reconciliation.statement s
        join reconciliation.statement_file f on f.sha256 = s.sha256 and f.refused is null
        where s.statement_id = :statement
        order by f.taken_at desc
        """;

    /** Where a proposal stands. */
    public enum State {
        OPEN,
        APPROVED,
        REFUSED
    }

    /**
     * A proposal as it stands.
     *
     * @param key made of all that both sides say
     * @param ours all that we say, column by column
     * @param theirs all that their row says
     * @param revision counts what people said; 0 while nobody has
     */
    public record Proposal(
            String key,
            State state,
            LocalDate businessDate,
            Feed feed,
            String broker,
            String ourItem,
            long statement,
            int line,
            long offset,
            String pass,
            int ruleVersion,
            String ours,
            String theirs,
            @Nullable String differences,
            @Nullable String decidedBy,
            @Nullable Instant decidedAt,
            @Nullable String reason,
            int revision) {}

    private record Archived(Delivery file, String member) {}

    private final JdbcClient jdbc;
    private final BreakLedger ledger;
    private final UnpackingLimits limits;
    private final Clock clock;
    private final Journal journal;

    ProposalDesk(DataSource dataSource, BreakLedger ledger, UnpackingLimits limits, JsonMapper json, Clock clock) {
        this.jdbc = JdbcClient.create(dataSource);
        this.journal = new Journal(dataSource, json);
        this.ledger = ledger;
        this.limits = limits;
        this.clock = clock;
    }

    /** @param after the key before the first wanted; empty for the first page */
    public List<Proposal> page(
            @Nullable LocalDate date, @Nullable String broker, @Nullable State state, String after, int limit) {
        return jdbc.sql(PAGE)
                .param("date", date)
                .param("broker", broker)
                .param("state", state == null ? null : state.name())
                .param("after", after)
                .param("limit", limit)
                .query((row, number) -> read(row))
                .list();
    }

    /** @throws ProblemException NOT_FOUND */
    public Proposal one(String key) {
        return jdbc.sql(ONE)
                .param("key", key)
                .query((row, number) -> read(row))
                .optional()
                .orElseThrow(() -> ProblemException.notFound("There is no proposal " + key
                        + ": one side says something else by now, or it was matched. GET /proposals lists all."));
    }

    /** Their row as it came; empty if the file is not in the archive any more, or not what it was. */
    public Optional<String> rawLine(Proposal proposal) {
        var places = jdbc.sql(FILE)
                .param("statement", proposal.statement())
                .query((row, number) -> new Archived(
                        new Delivery(
                                Path.of(row.getString("path")),
                                row.getString("file_name"),
                                row.getLong("bytes"),
                                row.getString("sha256")),
                        row.getString("member")))
                .list();
        for (var place : places) {
            if (place.file().stillThere()) {
                try {
                    return Optional.of(RowText.at(place.file().path(), place.member(), limits, proposal.offset())
                            .strip());
                } catch (IOException failed) {
                    throw new IllegalStateException("The archived file cannot be read: " + failed, failed);
                }
            }
        }
        return Optional.empty();
    }

    @Transactional
    public Proposal approve(String key, int revision, String by, String reason) {
        var found = toDecide(key, revision, State.APPROVED);
        lockRun(found);
        var another = jdbc.sql(ANOTHER)
                .param("key", key)
                .param("feed", found.feed().name())
                .param("broker", found.broker())
                .param("item", found.ourItem())
                .param("statement", found.statement())
                .param("line", found.line())
                .query(String.class)
                .optional();
        if (another.isPresent()) {
            throw new ProblemException(
                    ProblemCode.CONFLICT,
                    another.get() + " has approved another partner for one of the two: refuse that one first.");
        }
        decide(found, State.APPROVED, by, reason);
        jdbc.sql(LEFT_ALONE)
                .param("date", found.businessDate())
                .param("feed", found.feed().name())
                .param("broker", found.broker())
                .param("item", found.ourItem())
                .param("statement", found.statement())
                .param("line", found.line())
                .update();
        jdbc.sql(LEFT_TO_EXPLAIN)
                .param("key", key)
                .param("date", found.businessDate())
                .update();
        ledger.carry(
                BrokerIntake.JOB,
                found.businessDate(),
                null,
                List.of(new Source(found.broker(), found.feed()).judged()),
                List.of());
        return one(key);
    }

    /** What was approved is no match any more; the next run of the date finds its breaks again. */
    @Transactional
    public Proposal refuse(String key, int revision, String by, String reason) {
        var found = toDecide(key, revision, State.REFUSED);
        lockRun(found);
        decide(found, State.REFUSED, by, reason);
        return one(key);
    }

    private Proposal toDecide(String key, int revision, State wanted) {
        jdbc.sql(LOCK).param("key", key).query((row, number) -> 0).list();
        var found = one(key);
        if (found.revision() != revision) {
            throw new ProblemException(
                    ProblemCode.STALE_VERSION,
                    found.decidedBy() + " has decided since you read it: it is " + found.state() + " at revision "
                            + found.revision() + ".");
        }
        if (found.state() == wanted) {
            throw new ProblemException(
                    ProblemCode.CONFLICT, found.decidedBy() + " has said so already: nothing else to do.");
        }
        return found;
    }

    /** A run that is on its way ends first, and the next one waits for this. */
    private void lockRun(Proposal found) {
        jdbc.sql(WHOLE_RUN)
                .param("date", found.businessDate())
                .param("feed", found.feed().name())
                .param("broker", found.broker())
                .query((row, number) -> 0)
                .list();
    }

    private void decide(Proposal found, State state, String by, String reason) {
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        jdbc.sql(DECIDE)
                .param("key", found.key())
                .param("state", state.name())
                .param("date", found.businessDate())
                .param("feed", found.feed().name())
                .param("broker", found.broker())
                .param("item", found.ourItem())
                .param("statement", found.statement())
                .param("line", found.line())
                .param("offset", found.offset())
                .param("pass", found.pass())
                .param("version", found.ruleVersion())
                .param("ours", found.ours())
                .param("theirs", found.theirs())
                .param("differences", found.differences())
                .param("inForce", state == State.APPROVED)
                .param("by", by)
                .param("at", now.atOffset(ZoneOffset.UTC))
                .param("reason", reason)
                .update();
        var payload = journal.payload()
                .put("before", found.state().name())
                .put("after", state.name())
                .put("businessDate", found.businessDate().toString())
                .put("feed", found.feed().name())
                .put("broker", found.broker())
                .put("ourItem", found.ourItem())
                .put("statement", found.statement())
                .put("line", found.line())
                .put("pass", found.pass())
                .put("ruleVersion", found.ruleVersion())
                .put("ours", found.ours())
                .put("theirs", found.theirs());
        journal.append(
                "proposal/" + found.key(),
                found.revision() + 1,
                state == State.APPROVED ? "ProposalApproved" : "ProposalRefused",
                by,
                reason,
                now,
                payload);
    }

    private static Proposal read(ResultSet row) throws SQLException {
        var decided = row.getObject("decided_at", OffsetDateTime.class);
        return new Proposal(
                row.getString("proposal_key"),
                State.valueOf(row.getString("state")),
                row.getObject("reconciled_on", LocalDate.class),
                Feed.valueOf(row.getString("feed")),
                row.getString("broker_id"),
                row.getString("our_item"),
                row.getLong("statement_id"),
                row.getInt("line"),
                row.getLong("file_offset"),
                row.getString("pass"),
                row.getInt("rule_version"),
                row.getString("ours"),
                row.getString("theirs"),
                row.getString("differences"),
                row.getString("decided_by"),
                decided == null ? null : decided.toInstant(),
                row.getString("reason"),
                row.getInt("stream_version"));
    }
}
