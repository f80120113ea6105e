package org.tradesuite.reconciliation.breaks;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Transactional;
import org.tradesuite.market.BusinessCalendar;
import org.tradesuite.market.Currency;
import org.tradesuite.openapi.problem.ProblemCode;
import org.tradesuite.reconciliation.journal.Journal;
import org.tradesuite.web.ProblemException;

/**
 * What the desk decides by, as data with versions: proposed by one person, in force when another approves. What is open is
 * judged by a new rule in the same transaction.
 */
public class DeskRules {

    private static final int LONGEST_DUE = 250;

    public enum Kind {
        MATERIALITY,
        TOLERANCE,
        DUE,
        OWNER,
        CALENDAR,
        CURRENCY
    }

    public enum Status {
        PROPOSED,
        ACTIVE,
        REPLACED,
        REFUSED
    }

    /** What a rule is for; null fits all. */
    public record Scope(
            Kind kind,
            @Nullable String feed,
            @Nullable String breakClass,
            @Nullable String accountId,
            @Nullable Boolean material) {

        @Override
        public String toString() {
            return kind + " " + (feed == null ? "*" : feed) + " " + (breakClass == null ? "*" : breakClass) + " "
                    + (accountId == null ? "*" : accountId) + " " + (material == null ? "*" : material);
        }
    }

    /** @param value null if the rule ends */
    public record Rule(
            long id,
            Scope scope,
            @Nullable String value,
            int version,
            Status status,
            String reason,
            String proposedBy,
            Instant proposedAt,
            @Nullable String decidedBy,
            @Nullable Instant decidedAt) {}

    private static final String COLUMNS = """
        select rule_id, kind, feed, break_class, account_id, material, value, version, status, reason, proposed_by, proposed_at,
            decided_by, decided_at
        from reconciliation.desk_rule
        """;
    private static final String LIST = COLUMNS + """
        where (cast(:kind as text) is null or kind = :kind) and (:history or status in ('PROPOSED', 'ACTIVE'))
        order by kind, account_id nulls first, break_class nulls first, feed nulls first, material nulls first, version
        """;
    private static final String ONE = COLUMNS + "where rule_id = :id for update";
    private static final String SAME = COLUMNS + """
        where kind = :kind and feed is not distinct from :feed and break_class is not distinct from :class
            and account_id is not distinct from :account and material is not distinct from cast(:material as boolean)
        order by version for update
        """;
    private static final String PROPOSE = """
        insert into reconciliation.desk_rule (kind, feed, break_class, account_id, material, value, version, status, reason,
            proposed_by, proposed_at)
        values (:kind, :feed, :class, :account, cast(:material as boolean), :value, :version, 'PROPOSED', :reason, :by, :now)
        returning rule_id
        """;
    private static final String REPLACE = """
        update reconciliation.desk_rule r set status = 'REPLACED'
        from reconciliation.desk_rule n
        where n.rule_id = :id and r.status = 'ACTIVE' and r.kind = n.kind and r.feed is not distinct from n.feed
            and r.break_class is not distinct from n.break_class and r.account_id is not distinct from n.account_id
            and r.material is not distinct from n.material
        """;
    private static final String DECIDE = """
        update reconciliation.desk_rule set status = :status, decided_by = :by, decided_at = :now where rule_id = :id
        """;
    private static final String ACCOUNT =
            "select exists (select from reference_api.account where account_id = :account)";
    private static final String USER =
            "select exists (select from identity.user_account where username = :user and enabled)";

    /** What is open and in the scope of the rule, judged by all rules as they are now; what stays as it is is not touched. */
    private static final String JUDGE = """
        with kind as materialized (
            select k.*, coalesce(account_id, '') as account_key, coalesce(base_currency, '') as base_key, coalesce(currency, '') as currency_key,
                cast(reconciliation.rule('MATERIALITY', feed, break_class, account_id) as numeric) as material_above,
                reconciliation.calendar_of(account_id, base_currency) as calendar,
                reconciliation.rule('OWNER', feed, break_class, account_id) as owner,
                case when :kind = 'CURRENCY' then reconciliation.rate(
                    currency, reconciliation.rule('CURRENCY', null, null, null), (select as_of from reconciliation.desk_day)) end as firm_rate
            from (
                select distinct feed, break_class, account_id, base_currency, currency
                from reconciliation.break
                where status in ('OPEN', 'CLOSING') and (cast(:feed as text) is null or feed = :feed)
                    and (cast(:class as text) is null or break_class = :class)
                    and (cast(:account as text) is null or account_id = :account)) k
        ), day as materialized (
            select calendar, number, date from reconciliation.business_date where open
        ), wanted as (
            select b.break_id, k.calendar, coalesce(b.money_at_risk > k.material_above, true) as material,
                case when b.owner_by_hand then b.owner else k.owner end as owner,
                case when :kind = 'CURRENCY' then round(b.amount_at_risk * k.firm_rate, 2) else b.firm_money end as firm_money,
                b.due_by_hand, b.due_on, b.opened_on, b.feed, b.break_class, b.account_id
            from reconciliation.break b
            join kind k on k.feed = b.feed and k.break_class = b.break_class and k.account_key = coalesce(b.account_id, '')
                and k.base_key = coalesce(b.base_currency, '') and k.currency_key = coalesce(b.currency, '')
            where b.status in ('OPEN', 'CLOSING')
        ), term as materialized (
            select feed, break_class, account_id, coalesce(account_id, '') as account_key, m.material,
                cast(reconciliation.rule('DUE', feed, break_class, account_id, m.material) as integer) as days
            from (select distinct feed, break_class, account_id from kind) k
            cross join (values (true), (false)) as m (material)
        ), due as (
            select w.break_id, w.calendar, w.material, w.owner, w.firm_money,
                case when w.due_by_hand then w.due_on else day.date end as due_on
            from wanted w
            join term t on t.feed = w.feed and t.break_class = w.break_class and t.account_key = coalesce(w.account_id, '')
                and t.material = w.material
            left join reconciliation.business_date opened on opened.calendar = w.calendar and opened.date = w.opened_on
            left join day on day.calendar = w.calendar
                and day.number = opened.number + greatest(t.days, case when opened.open then 0 else 1 end)
        )
        update reconciliation.break b
        set calendar = d.calendar, material = d.material, owner = d.owner, firm_money = d.firm_money, due_on = d.due_on,
            row_version = b.row_version + 1
        from due d
        where d.break_id = b.break_id and (b.calendar, b.material, b.owner, b.firm_money, b.due_on)
            is distinct from (d.calendar, d.material, d.owner, d.firm_money, d.due_on)
        """;

    private final JdbcClient jdbc;
    private final Journal journal;
    private final BusinessDays days;
    private final Clock clock;

    DeskRules(JdbcClient jdbc, Journal journal, BusinessDays days, Clock clock) {
        this.jdbc = jdbc;
        this.journal = journal;
        this.days = days;
        this.clock = clock;
    }

    /** @param history also what was replaced or refused */
    public List<Rule> list(@Nullable Kind kind, boolean history) {
        return jdbc.sql(LIST)
                .param("kind", kind == null ? null : kind.name())
                .param("history", history)
                .query((row, number) -> read(row))
                .list();
    }

    /**
     * Proposes a rule.
     *
     * @param version in force, 0 for none
     */
    @Transactional
    public Rule propose(Scope scope, @Nullable String value, int version, String by, String reason) {
        requireScope(scope);
        requireValue(scope, value);
        journal.begin();
        var before = same(scope);
        var active = before.stream()
                .filter(rule -> rule.status() == Status.ACTIVE)
                .mapToInt(Rule::version)
                .max()
                .orElse(0);
        if (active != version) {
            throw new ProblemException(
                    ProblemCode.STALE_VERSION,
                    "Version " + active + " of this rule is in force (0: none), not " + version
                            + ". GET /desk-rules shows it.");
        }
        if (before.stream().anyMatch(rule -> rule.status() == Status.PROPOSED)) {
            throw new ProblemException(
                    ProblemCode.CONFLICT,
                    "A change of this rule waits already. Have it approved or refused first; GET /desk-rules shows"
                            + " it.");
        }
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var next = before.stream().mapToInt(Rule::version).max().orElse(0) + 1;
        var id = jdbc.sql(PROPOSE)
                .param("kind", scope.kind().name())
                .param("feed", scope.feed())
                .param("class", scope.breakClass())
                .param("account", scope.accountId())
                .param("material", scope.material())
                .param("value", value)
                .param("version", next)
                .param("reason", reason)
                .param("by", by)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .query(Long.class)
                .single();
        var rule = new Rule(id, scope, value, next, Status.PROPOSED, reason, by, now, null, null);
        record(rule, "DeskRuleProposed", 1, by, reason, now, 0);
        return rule;
    }

    @Transactional
    public Rule approve(String ruleId, String by) {
        var rule = proposed(ruleId);
        if (rule.proposedBy().equals(by)) {
            throw new ProblemException(
                    ProblemCode.MAKER_IS_CHECKER,
                    "You proposed rule " + ruleId + " yourself. Somebody else has to approve it.");
        }
        jdbc.sql(REPLACE).param("id", rule.id()).update();
        var decided = decide(rule, Status.ACTIVE, by);
        if (rule.scope().kind() == Kind.CALENDAR && rule.value() != null) {
            days.prepare(rule.value());
        }
        record(decided, "DeskRuleApproved", 2, by, rule.reason(), decidedAt(decided), judge(rule.scope()));
        return decided;
    }

    @Transactional
    public Rule refuse(String ruleId, String by, String reason) {
        var decided = decide(proposed(ruleId), Status.REFUSED, by);
        record(decided, "DeskRuleRefused", 2, by, reason, decidedAt(decided), 0);
        return decided;
    }

    private Rule proposed(String ruleId) {
        journal.begin();
        var rule = jdbc.sql(ONE)
                .param("id", Long.valueOf(ruleId))
                .query((row, number) -> read(row))
                .optional()
                .orElseThrow(() ->
                        ProblemException.notFound("There is no rule " + ruleId + ". GET /desk-rules lists them."));
        if (rule.status() != Status.PROPOSED) {
            throw new ProblemException(
                    ProblemCode.CONFLICT,
                    "Rule " + ruleId + " is " + rule.status() + ": only one that waits is decided.");
        }
        return rule;
    }

    private Rule decide(Rule rule, Status status, String by) {
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        jdbc.sql(DECIDE)
                .param("id", rule.id())
                .param("status", status.name())
                .param("by", by)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
        return new Rule(
                rule.id(),
                rule.scope(),
                rule.value(),
                rule.version(),
                status,
                rule.reason(),
                rule.proposedBy(),
                rule.proposedAt(),
                by,
                now);
    }

    private static Instant decidedAt(Rule rule) {
        var at = rule.decidedAt();
        return at == null ? rule.proposedAt() : at;
    }

    private int judge(Scope scope) {
        return scope.kind() == Kind.TOLERANCE
                ? 0
                : jdbc.sql(JUDGE)
                        .param("kind", scope.kind().name())
                        .param("feed", scope.feed())
                        .param("class", scope.breakClass())
                        .param("account", scope.accountId())
                        .update();
    }

    private List<Rule> same(Scope scope) {
        return jdbc.sql(SAME)
                .param("kind", scope.kind().name())
                .param("feed", scope.feed())
                .param("class", scope.breakClass())
                .param("account", scope.accountId())
                .param("material", scope.material())
                .query((row, number) -> read(row))
                .list();
    }

    private void requireScope(Scope scope) {
        if (scope.material() != null && scope.kind() != Kind.DUE) {
            throw invalid("$.material", "Only when a break is due depends on whether it is material: leave it out.");
        }
        if (scope.kind() == Kind.CURRENCY
                && (scope.feed() != null || scope.breakClass() != null || scope.accountId() != null)) {
            throw invalid("$.kind", "The firm has one currency: leave out feed, class and account.");
        }
        if (scope.kind() == Kind.CALENDAR && (scope.feed() != null || scope.breakClass() != null)) {
            throw invalid("$.kind", "A calendar is of an account: leave out feed and class.");
        }
        if (scope.kind() == Kind.CALENDAR && scope.accountId() == null) {
            throw invalid("$.accountId", "Name the account whose calendar it is.");
        }
        if (scope.accountId() != null
                && !jdbc.sql(ACCOUNT)
                        .param("account", scope.accountId())
                        .query(Boolean.class)
                        .single()) {
            throw ProblemException.inField(
                    "$.accountId", ProblemCode.UNKNOWN_ACCOUNT, "There is no account " + scope.accountId() + ".");
        }
    }

    private void requireValue(Scope scope, @Nullable String value) {
        if (value == null) {
            if (scope.kind() == Kind.CURRENCY) {
                throw invalid("$.value", "The firm always has a currency: name another one.");
            }
            return;
        }
        switch (scope.kind()) {
            case MATERIALITY, TOLERANCE -> {
                if (!value.matches("(0|[1-9][0-9]{0,15})(\\.[0-9]{1,2})?") || new BigDecimal(value).signum() < 0) {
                    throw invalid("$.value", "'" + value + "' is no amount. Write it as in 1000 or 25.50.");
                }
            }
            case DUE -> {
                if (!value.matches("[0-9]{1,3}") || Integer.parseInt(value) > LONGEST_DUE) {
                    throw invalid(
                            "$.value", "'" + value + "' is no number of business days from 0 to " + LONGEST_DUE + ".");
                }
            }
            case OWNER -> {
                if (!jdbc.sql(USER).param("user", value).query(Boolean.class).single()) {
                    throw invalid("$.value", "There is no user " + value + " who may sign in. Name one who does.");
                }
            }
            case CALENDAR -> known("$.value", () -> BusinessCalendar.of(value));
            case CURRENCY -> known("$.value", () -> Currency.of(value));
        }
    }

    private interface Parse {
        Object parse();
    }

    private static void known(String field, Parse parse) {
        try {
            parse.parse();
        } catch (IllegalArgumentException unknown) {
            throw invalid(field, String.valueOf(unknown.getMessage()));
        }
    }

    private static ProblemException invalid(String field, String detail) {
        return ProblemException.inField(field, ProblemCode.INVALID_VALUE, detail);
    }

    private void record(Rule rule, String event, int version, String by, String reason, Instant now, int judged) {
        journal.append(
                "desk-rule/" + rule.id(),
                version,
                event,
                by,
                reason,
                now,
                journal.payload()
                        .put("rule", rule.scope().toString())
                        .put("value", rule.value())
                        .put("version", rule.version())
                        .put("breaksChanged", judged));
    }

    private static Rule read(ResultSet row) throws SQLException {
        var decidedAt = row.getObject("decided_at", OffsetDateTime.class);
        return new Rule(
                row.getLong("rule_id"),
                new Scope(
                        Kind.valueOf(row.getString("kind")),
                        row.getString("feed"),
                        row.getString("break_class"),
                        row.getString("account_id"),
                        row.getObject("material", Boolean.class)),
                row.getString("value"),
                row.getInt("version"),
                Status.valueOf(row.getString("status")),
                row.getString("reason"),
                row.getString("proposed_by"),
                row.getObject("proposed_at", OffsetDateTime.class).toInstant(),
                row.getString("decided_by"),
                decidedAt == null ? null : decidedAt.toInstant());
    }
}
