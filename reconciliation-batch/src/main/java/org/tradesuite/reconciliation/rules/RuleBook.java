package org.tradesuite.reconciliation.rules;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Transactional;
import org.tradesuite.openapi.problem.ProblemCode;
import org.tradesuite.reconciliation.journal.Journal;
import org.tradesuite.web.ProblemException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The versions of all rule sets: draft, proposed, then approved by a second person, refused or withdrawn. Each call is one
 * transaction with its event in the journal. What a version says is checked before it gets here.
 */
public class RuleBook {

    private static final String SHIPPED_BY = "trade-suite";
    private static final String INSTALLED_BY = "install";
    private static final LocalDate ALWAYS = LocalDate.of(2000, 1, 1);

    private static final String VERSIONS = """
        select rule_set, version, state, valid_from, valid_to, body, makers, made_at, reason, decided_by, decided_at, decision,
            stream_version
        from reconciliation.rule_version
        """;
    private static final String IN_FORCE = VERSIONS + """
        where rule_set = :set and state = 'APPROVED' and valid_from <= :date and (valid_to is null or valid_to >= :date)
        """;
    private static final String LAYOUTS = """
        select distinct substr(rule_set, length('layout-') + 1) from reconciliation.rule_version
        where rule_set like 'layout-%' and rule_set !~ '^layout-drop-copy(-|$)' and state = 'APPROVED' order by 1
        """;
    private static final String INSERT = """
        insert into reconciliation.rule_version (rule_set, version, state, valid_from, valid_to, body, makers, made_at, reason,
            decided_by, decided_at, decision, stream_version)
        values (:set, :version, :state, :from, :to, cast(:body as json), :makers, :madeAt, :reason, :decidedBy, :decidedAt,
            :decision, 1)
        """;
    private static final String UPDATE = """
        update reconciliation.rule_version
        set state = :state, valid_from = :from, valid_to = :to, body = cast(:body as json), makers = :makers, made_at = :madeAt,
            reason = :reason, decided_by = :decidedBy, decided_at = :decidedAt, decision = :decision,
            stream_version = stream_version + 1
        where rule_set = :set and version = :version
        """;
    /** Whoever writes a rule set waits for whoever else does. */
    private static final String LOCK = "select pg_advisory_xact_lock(hashtextextended('rules/' || :set, 0))";

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final Clock clock;
    private final Journal journal;

    public RuleBook(DataSource dataSource, JsonMapper json, Clock clock) {
        this.jdbc = JdbcClient.create(dataSource);
        this.journal = new Journal(dataSource, json);
        this.json = json;
        this.clock = clock;
    }

    /** Newest first. */
    public List<RuleVersion> versions(@Nullable RuleSet set, @Nullable RuleState state) {
        return jdbc.sql(VERSIONS + """
            where (cast(:set as text) is null or rule_set = :set) and (cast(:state as text) is null or state = :state)
            order by made_at desc, rule_set, version desc
            """)
                .param("set", set == null ? null : set.toString())
                .param("state", state == null ? null : state.name())
                .query((row, number) -> read(row))
                .list();
    }

    /** @throws ProblemException NOT_FOUND */
    public RuleVersion version(RuleSet set, int version) {
        return jdbc.sql(VERSIONS + "where rule_set = :set and version = :version")
                .param("set", set.toString())
                .param("version", version)
                .query((row, number) -> read(row))
                .optional()
                .orElseThrow(() -> ProblemException.notFound(
                        "There is no version " + version + " of " + set + ". GET /rules lists all."));
    }

    /** What is agreed for a business date. */
    public Optional<RuleVersion> inForce(RuleSet set, LocalDate date) {
        return jdbc.sql(IN_FORCE)
                .param("set", set.toString())
                .param("date", date)
                .query((row, number) -> read(row))
                .optional();
    }

    /** Brokers for whose statements a layout is or was agreed. */
    public List<String> brokersWithLayout() {
        return jdbc.sql(LAYOUTS).query((row, number) -> row.getString(1)).list();
    }

    /** What the program brings is version 1 where there is none yet. */
    @Transactional
    public void install(RuleSet set, String body) {
        lock(set);
        if (!versions(set, null).isEmpty()) {
            return;
        }
        var now = now();
        var shipped = new RuleVersion(
                set,
                1,
                RuleState.APPROVED,
                ALWAYS,
                null,
                body,
                List.of(SHIPPED_BY),
                now,
                "Shipped with the program.",
                INSTALLED_BY,
                now,
                "At the first start.",
                1);
        write(INSERT, shipped);
        record("RuleVersionInstalled", null, shipped, INSTALLED_BY, shipped.reason(), now);
    }

    /** Another version that is valid then and does not make way, or nothing. */
    public Optional<Flaw> overlap(RuleSet set, LocalDate from, @Nullable LocalDate to) {
        return approved(set).stream()
                .filter(other -> other.overlaps(from, to))
                .filter(other -> ends(other, from, to) == null && !gives(other, from, to))
                .findFirst()
                .map(other -> new Flaw(
                        "$.validFrom",
                        Flaw.Kind.VALIDITY_OVERLAPS,
                        other.named() + " is valid from " + other.validFrom()
                                + (other.validTo() == null ? " on" : " to " + other.validTo())
                                + ": a new version takes its place from its first day on, or from a later day on"
                                + " without an end."));
    }

    private List<RuleVersion> approved(RuleSet set) {
        return versions(set, RuleState.APPROVED);
    }

    /** The day on which the other ends when a version without an end begins after it has begun. */
    private static @Nullable LocalDate ends(RuleVersion other, LocalDate from, @Nullable LocalDate to) {
        return other.validTo() == null && to == null && other.validFrom().isBefore(from) ? from.minusDays(1) : null;
    }

    /** Whether the new version takes the whole place of the other. */
    private static boolean gives(RuleVersion other, LocalDate from, @Nullable LocalDate to) {
        var otherTo = other.validTo();
        return other.validFrom().isEqual(from) && (to == null || (otherTo != null && !otherTo.isAfter(to)));
    }

    @Transactional
    public RuleVersion draft(
            RuleSet set, LocalDate from, @Nullable LocalDate to, String body, String by, String reason) {
        lock(set);
        var next = versions(set, null).stream()
                        .mapToInt(RuleVersion::version)
                        .max()
                        .orElse(0)
                + 1;
        var now = now();
        var draft = new RuleVersion(
                set, next, RuleState.DRAFT, from, to, body, List.of(by), now, reason, null, null, null, 1);
        write(INSERT, draft);
        record("RuleVersionDrafted", null, draft, by, reason, now);
        return version(set, next);
    }

    @Transactional
    public RuleVersion change(
            RuleSet set,
            int version,
            int revision,
            LocalDate from,
            @Nullable LocalDate to,
            String body,
            String by,
            String reason) {
        var before = toChange(set, version, revision);
        require(before, before.state() == RuleState.DRAFT, "Only a draft can be changed: enter a new version.");
        var now = now();
        var after = new RuleVersion(
                set,
                version,
                RuleState.DRAFT,
                from,
                to,
                body,
                with(before.makers(), by),
                now,
                reason,
                null,
                null,
                null,
                revision + 1);
        write(UPDATE, after);
        record("RuleVersionChanged", before, after, by, reason, now);
        return version(set, version);
    }

    @Transactional
    public RuleVersion propose(RuleSet set, int version, int revision, String by, String reason) {
        var before = toChange(set, version, revision);
        require(before, before.state() == RuleState.DRAFT, "Only a draft can be proposed.");
        refuseOverlap(before);
        var after = new RuleVersion(
                set,
                version,
                RuleState.PROPOSED,
                before.validFrom(),
                before.validTo(),
                before.body(),
                with(before.makers(), by),
                before.madeAt(),
                before.reason(),
                null,
                null,
                null,
                revision + 1);
        write(UPDATE, after);
        record("RuleVersionProposed", before, after, by, reason, now());
        return version(set, version);
    }

    /** Used from now on for its business dates; what was valid then makes way. */
    @Transactional
    public RuleVersion approve(RuleSet set, int version, int revision, String by, String reason) {
        var before = toChange(set, version, revision);
        require(before, before.state() == RuleState.PROPOSED, "Only what is proposed can be approved.");
        if (before.makers().contains(by)) {
            throw new ProblemException(
                    ProblemCode.MAKER_IS_CHECKER,
                    "You have a hand in " + before.named() + " yourself (" + String.join(", ", before.makers())
                            + "). Somebody else has to approve it.");
        }
        refuseOverlap(before);
        for (var other : approved(set)) {
            if (other.overlaps(before.validFrom(), before.validTo())) {
                makeWay(other, before, by);
            }
        }
        return decide(before, RuleState.APPROVED, "RuleVersionApproved", by, reason);
    }

    private void makeWay(RuleVersion other, RuleVersion to, String by) {
        var end = ends(other, to.validFrom(), to.validTo());
        var why = "Replaced by version " + to.version() + ".";
        if (end == null) {
            decide(other, RuleState.WITHDRAWN, "RuleVersionWithdrawn", by, why);
            return;
        }
        var after = new RuleVersion(
                other.set(),
                other.version(),
                other.state(),
                other.validFrom(),
                end,
                other.body(),
                other.makers(),
                other.madeAt(),
                other.reason(),
                other.decidedBy(),
                other.decidedAt(),
                other.decision(),
                other.revision() + 1);
        write(UPDATE, after);
        record("RuleVersionEnded", other, after, by, why, now());
    }

    private void refuseOverlap(RuleVersion version) {
        overlap(version.set(), version.validFrom(), version.validTo()).ifPresent(flaw -> {
            throw new ProblemException(ProblemCode.VALIDITY_OVERLAPS, flaw.detail());
        });
    }

    @Transactional
    public RuleVersion refuse(RuleSet set, int version, int revision, String by, String reason) {
        var before = toChange(set, version, revision);
        require(before, before.state() == RuleState.PROPOSED, "Only what is proposed can be refused.");
        if (before.makers().contains(by)) {
            throw new ProblemException(
                    ProblemCode.MAKER_IS_CHECKER,
                    "You have a hand in " + before.named() + " yourself: withdraw it, or let somebody else refuse it.");
        }
        return decide(before, RuleState.REFUSED, "RuleVersionRefused", by, reason);
    }

    @Transactional
    public RuleVersion withdraw(RuleSet set, int version, int revision, String by, String reason) {
        var before = toChange(set, version, revision);
        require(
                before,
                before.state() == RuleState.DRAFT || before.state() == RuleState.PROPOSED,
                "Only a draft or a proposal can be withdrawn; what is approved is replaced by a new version.");
        return decide(before, RuleState.WITHDRAWN, "RuleVersionWithdrawn", by, reason);
    }

    private RuleVersion decide(RuleVersion before, RuleState state, String event, String by, String reason) {
        var now = now();
        var after = new RuleVersion(
                before.set(),
                before.version(),
                state,
                before.validFrom(),
                before.validTo(),
                before.body(),
                before.makers(),
                before.madeAt(),
                before.reason(),
                by,
                now,
                reason,
                before.revision() + 1);
        write(UPDATE, after);
        record(event, before, after, by, reason, now);
        return version(before.set(), before.version());
    }

    private RuleVersion toChange(RuleSet set, int version, int revision) {
        lock(set);
        var found = version(set, version);
        if (found.revision() != revision) {
            throw new ProblemException(
                    ProblemCode.STALE_VERSION,
                    found.named() + " is at revision " + found.revision()
                            + ": somebody has changed it since you read it. Read it again first.");
        }
        return found;
    }

    private static void require(RuleVersion of, boolean so, String rule) {
        if (!so) {
            throw new ProblemException(ProblemCode.RULE_STATE_WRONG, of.named() + " is " + of.state() + ". " + rule);
        }
    }

    private static List<String> with(List<String> makers, String by) {
        var all = new ArrayList<>(makers);
        if (!all.contains(by)) {
            all.add(by);
        }
        return all;
    }

    private void lock(RuleSet set) {
        jdbc.sql(LOCK).param("set", set.toString()).query((row, number) -> 0).list();
    }

    private void write(String command, RuleVersion version) {
        var decided = version.decidedAt();
        jdbc.sql(command)
                .param("set", version.set().toString())
                .param("version", version.version())
                .param("state", version.state().name())
                .param("from", version.validFrom())
                .param("to", version.validTo())
                .param("body", version.body())
                .param("makers", version.makers().toArray(String[]::new))
                .param("madeAt", version.madeAt().atOffset(ZoneOffset.UTC))
                .param("reason", version.reason())
                .param("decidedBy", version.decidedBy())
                .param("decidedAt", decided == null ? null : decided.atOffset(ZoneOffset.UTC))
                .param("decision", version.decision())
                .update();
    }

    private void record(
            String event, @Nullable RuleVersion before, RuleVersion after, String by, String reason, Instant now) {
        var payload = journal.payload();
        if (before != null) {
            payload.set("before", told(before, !before.body().equals(after.body())));
        }
        payload.set("after", told(after, before == null || !before.body().equals(after.body())));
        journal.append(
                "rules/" + after.set() + "/" + after.version(), after.revision(), event, by, reason, now, payload);
    }

    private ObjectNode told(RuleVersion version, boolean withBody) {
        var told = json.createObjectNode()
                .put("state", version.state().name())
                .put("validFrom", version.validFrom().toString());
        var to = version.validTo();
        if (to != null) {
            told.put("validTo", to.toString());
        }
        if (withBody) {
            told.set("body", json.readTree(version.body()));
        }
        return told;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private static RuleVersion read(ResultSet row) throws SQLException {
        var decided = row.getObject("decided_at", OffsetDateTime.class);
        return new RuleVersion(
                RuleSet.of(row.getString("rule_set")),
                row.getInt("version"),
                RuleState.valueOf(row.getString("state")),
                row.getObject("valid_from", LocalDate.class),
                row.getObject("valid_to", LocalDate.class),
                row.getString("body"),
                Arrays.asList((String[]) row.getArray("makers").getArray()),
                row.getObject("made_at", OffsetDateTime.class).toInstant(),
                row.getString("reason"),
                row.getString("decided_by"),
                decided == null ? null : decided.toInstant(),
                row.getString("decision"),
                row.getInt("stream_version"));
    }
}
