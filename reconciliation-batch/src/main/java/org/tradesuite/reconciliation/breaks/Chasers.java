package org.tradesuite.reconciliation.breaks;

import java.math.BigDecimal;
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
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Transactional;
import org.tradesuite.openapi.problem.ProblemCode;
import org.tradesuite.reconciliation.journal.Journal;
import org.tradesuite.web.ProblemException;

/**
 * Messages that ask a broker or a custodian about all that is open with them. They are drafts: a person edits them, sends
 * them by other means and says so here. Nothing leaves by itself.
 */
public class Chasers {

    private static final int MOST_BREAKS = 500;

    public enum Channel {
        EMAIL,
        /** Free text about securities. */
        MT599,
        /** Query about cash. */
        MT995
    }

    public enum Status {
        DRAFT,
        SENT,
        DISCARDED
    }

    /** A message as it stands. */
    public record Chaser(
            long id,
            String partyKind,
            String party,
            Channel channel,
            String recipient,
            String subject,
            String text,
            List<Long> breakIds,
            Status status,
            int version,
            String madeBy,
            Instant madeAt,
            @Nullable String decidedBy,
            @Nullable Instant decidedAt) {

        public Chaser {
            breakIds = List.copyOf(breakIds);
        }
    }

    private record Firm(String name, String bic) {}

    private static final String FIRM = "select name, bic from reference_api.firm limit 1";
    private static final String BROKER = "select name from reference_api.broker where broker_id = :party";
    private static final String CUSTODIAN =
            "select min(custodian_bic) from reference_api.account where left(custodian_bic, 8) = left(:party, 8)";
    private static final String OF_BROKER = """
        select break_id, break_class, account_id, coalesce(isin, instrument_id) as instrument, reference, ours, theirs, money_at_risk,
            base_currency, first_seen, coalesce(age_days, 0) as age_days
        from reconciliation_api.open_break
        where broker_id = :party
        order by break_class, first_seen, break_id
        limit :most
        """;
    private static final String OF_CUSTODIAN = """
        select break_id, break_class, account_id, coalesce(isin, instrument_id) as instrument, reference, ours, theirs, money_at_risk,
            b.base_currency, first_seen, coalesce(age_days, 0) as age_days
        from reconciliation_api.open_break b
        join reference_api.account a using (account_id)
        where broker_id is null and left(a.custodian_bic, 8) = left(:party, 8)
            and (:channel = 'EMAIL' or (feed in ('CUSTODIAN_CASH', 'CUSTODIAN_INTRADAY')) = (:channel = 'MT995'))
        order by break_class, first_seen, break_id
        limit :most
        """;
    private static final String COLUMNS = """
        select chaser_id, party_kind, party, channel, recipient, subject, text, break_ids, status, stream_version, made_by, made_at,
            decided_by, decided_at
        from reconciliation.chaser
        """;
    private static final String LIST = COLUMNS + """
        where (cast(:status as text) is null or status = :status) and (cast(:party as text) is null or party = :party)
        order by chaser_id desc
        limit 200
        """;
    private static final String ONE = COLUMNS + "where chaser_id = :id";
    private static final String NUMBER = "select nextval(pg_get_serial_sequence('reconciliation.chaser', 'chaser_id'))";
    private static final String INSERT = """
        insert into reconciliation.chaser (chaser_id, party_kind, party, channel, recipient, subject, text, break_ids, status, made_by,
            made_at, stream_version)
        values (:id, :kind, :party, :channel, :recipient, :subject, :text, :breaks, 'DRAFT', :by, :now, 1)
        """;
    private static final String EDIT = """
        update reconciliation.chaser set recipient = :recipient, subject = :subject, text = :text, edited_by = :by, edited_at = :now,
            stream_version = stream_version + 1
        where chaser_id = :id
        """;
    private static final String DECIDE = """
        update reconciliation.chaser set status = :status, decided_by = :by, decided_at = :now, stream_version = stream_version + 1
        where chaser_id = :id
        """;
    private static final String SAY = """
        insert into reconciliation.break_comment (break_id, at, author, text)
        select unnest(:breaks), :now, :by, :text
        """;

    private final JdbcClient jdbc;
    private final Journal journal;
    private final BreakSummary summary;
    private final Clock clock;

    Chasers(JdbcClient jdbc, Journal journal, Clock clock) {
        this.jdbc = jdbc;
        this.journal = journal;
        this.summary = new BreakSummary(jdbc);
        this.clock = clock;
    }

    public List<Chaser> list(@Nullable Status status, @Nullable String party) {
        return jdbc.sql(LIST)
                .param("status", status == null ? null : status.name())
                .param("party", party)
                .query((row, number) -> read(row))
                .list();
    }

    /** Writes drafts about all that is open with a broker or a custodian. */
    @Transactional
    public List<Chaser> draft(String party, Channel channel, String by) {
        journal.begin();
        var broker = jdbc.sql(BROKER).param("party", party).query(String.class).optional();
        var custodian = broker.isPresent() ? Optional.<String>empty() : custodian(party);
        if (broker.isEmpty() && custodian.isEmpty()) {
            throw ProblemException.inField(
                    "$.party",
                    ProblemCode.INVALID_VALUE,
                    "There is no broker and no custodian " + party + ". Name a broker, or the BIC of a custodian.");
        }
        if (broker.isPresent() && channel != Channel.EMAIL) {
            throw ProblemException.inField(
                    "$.channel", ProblemCode.INVALID_VALUE, "Brokers are written a mail; SWIFT is for custodians.");
        }
        var lines = jdbc.sql(broker.isPresent() ? OF_BROKER : OF_CUSTODIAN)
                .param("party", party)
                .param("channel", channel.name())
                .param("most", MOST_BREAKS)
                .query((row, number) -> line(row))
                .list();
        var asOf = summary.asOf();
        if (lines.isEmpty() || asOf == null) {
            throw new ProblemException(
                    ProblemCode.CONFLICT, "Nothing is open with " + party + " to ask about by " + channel + ".");
        }
        var firm = jdbc.sql(FIRM)
                .query((row, number) -> new Firm(row.getString(1), row.getString(2)))
                .single();
        var recipient = broker.or(() -> custodian).orElse(party);
        var first = next();
        var messages = channel == Channel.EMAIL
                ? List.of(ChaserText.mail(firm.name(), recipient, asOf, lines))
                : ChaserText.swift(channel == Channel.MT995, firm.bic(), recipient, asOf, "CHASE" + first + "P", lines);
        var drafts = new ArrayList<Chaser>();
        for (var message : messages) {
            drafts.add(keep(
                    drafts.isEmpty() ? first : next(),
                    broker.isPresent() ? "BROKER" : "CUSTODIAN",
                    party,
                    channel,
                    recipient,
                    message,
                    by));
        }
        return drafts;
    }

    private Optional<String> custodian(String party) {
        return jdbc.sql(CUSTODIAN)
                .param("party", party)
                .query((row, number) -> Optional.ofNullable(row.getString(1)))
                .single();
    }

    private long next() {
        return jdbc.sql(NUMBER).query(Long.class).single();
    }

    private Chaser keep(
            long id,
            String kind,
            String party,
            Channel channel,
            String recipient,
            ChaserText.Message message,
            String by) {
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var breaks = message.lines().stream().map(ChaserText.Line::breakId).toList();
        jdbc.sql(INSERT)
                .param("id", id)
                .param("kind", kind)
                .param("party", party)
                .param("channel", channel.name())
                .param("recipient", recipient)
                .param("subject", message.subject())
                .param("text", message.text())
                .param("breaks", breaks.toArray(Long[]::new))
                .param("by", by)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
        var chaser = one(Long.toString(id));
        record(chaser, "ChaserDrafted", by, now);
        return chaser;
    }

    /** @param version that was read */
    @Transactional
    public Chaser edit(String id, String recipient, String subject, String text, int version, String by) {
        var before = draft(id);
        if (before.version() != version) {
            throw new ProblemException(
                    ProblemCode.STALE_VERSION,
                    "Chaser " + id + " is at version " + before.version() + ", not " + version + ". Read it again.");
        }
        if (before.channel() != Channel.EMAIL
                && !ChaserText.isSwift(before.channel().name(), text)) {
            throw ProblemException.inField(
                    "$.text",
                    ProblemCode.INVALID_VALUE,
                    "It is no " + before.channel()
                            + " any more: at most 35 lines of 50 characters in field 79, of those that SWIFT has.");
        }
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        jdbc.sql(EDIT)
                .param("id", before.id())
                .param("recipient", recipient)
                .param("subject", subject)
                .param("text", text)
                .param("by", by)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
        var chaser = one(id);
        record(chaser, "ChaserEdited", by, now);
        return chaser;
    }

    /** A person has sent it, by other means. */
    @Transactional
    public Chaser sent(String id, String by) {
        var chaser = decide(id, Status.SENT, "ChaserSent", by);
        jdbc.sql(SAY)
                .param("breaks", chaser.breakIds().toArray(Long[]::new))
                .param("now", clock.instant().truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC))
                .param("by", by)
                .param("text", "Asked " + chaser.party() + " by " + chaser.channel() + " (chaser " + id + ").")
                .update();
        return chaser;
    }

    @Transactional
    public Chaser discard(String id, String by) {
        return decide(id, Status.DISCARDED, "ChaserDiscarded", by);
    }

    private Chaser decide(String id, Status status, String event, String by) {
        var before = draft(id);
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        jdbc.sql(DECIDE)
                .param("id", before.id())
                .param("status", status.name())
                .param("by", by)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
        var chaser = one(id);
        record(chaser, event, by, now);
        return chaser;
    }

    private Chaser draft(String id) {
        journal.begin();
        var chaser = one(id);
        if (chaser.status() != Status.DRAFT) {
            throw new ProblemException(
                    ProblemCode.CONFLICT, "Chaser " + id + " is " + chaser.status() + ": only a draft can be changed.");
        }
        return chaser;
    }

    private Chaser one(String id) {
        return jdbc.sql(ONE)
                .param("id", Long.valueOf(id))
                .query((row, number) -> read(row))
                .optional()
                .orElseThrow(
                        () -> ProblemException.notFound("There is no chaser " + id + ". GET /chasers lists them."));
    }

    private void record(Chaser chaser, String event, String by, Instant now) {
        journal.append(
                "chaser/" + chaser.id(),
                chaser.version(),
                event,
                by,
                null,
                now,
                journal.payload()
                        .put("party", chaser.party())
                        .put("channel", chaser.channel().name())
                        .put("recipient", chaser.recipient())
                        .put("subject", chaser.subject())
                        .put("text", chaser.text())
                        .put("breaks", chaser.breakIds().toString()));
    }

    private static ChaserText.Line line(ResultSet row) throws SQLException {
        return new ChaserText.Line(
                row.getLong("break_id"),
                row.getString("break_class"),
                row.getString("account_id"),
                row.getString("instrument"),
                row.getString("reference"),
                row.getString("ours"),
                row.getString("theirs"),
                row.getObject("money_at_risk", BigDecimal.class),
                row.getString("base_currency"),
                row.getObject("first_seen", LocalDate.class),
                row.getInt("age_days"));
    }

    private static Chaser read(ResultSet row) throws SQLException {
        var decidedAt = row.getObject("decided_at", OffsetDateTime.class);
        return new Chaser(
                row.getLong("chaser_id"),
                row.getString("party_kind"),
                row.getString("party"),
                Channel.valueOf(row.getString("channel")),
                row.getString("recipient"),
                row.getString("subject"),
                row.getString("text"),
                Arrays.asList((Long[]) row.getArray("break_ids").getArray()),
                Status.valueOf(row.getString("status")),
                row.getInt("stream_version"),
                row.getString("made_by"),
                row.getObject("made_at", OffsetDateTime.class).toInstant(),
                row.getString("decided_by"),
                decidedAt == null ? null : decidedAt.toInstant());
    }
}
