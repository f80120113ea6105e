package org.tradesuite.reconciliation.broker;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import org.tradesuite.reconciliation.match.Item;
import org.tradesuite.reconciliation.match.Items;
import org.tradesuite.reconciliation.match.MatchRules;
import org.tradesuite.reconciliation.match.Pass;

/**
 * Keeps which row was matched with which of our items, by which pass, and what differed: not a row each, but packed some
 * thousands together, by a hash of our item, so that one is found without reading the others ({@code
 * reconciliation.unpack} and {@code reconciliation.match_of} read them in SQL).
 */
final class MatchStore {

    /** Pairs packed together, about. */
    private static final int TOGETHER = 4096;

    private static final int MOST_BUCKETS = 1 << 13;
    private static final int MOST_TEXT = 1 << 14;
    private static final String RUN = """
        insert into reconciliation.match_run (reconciled_on, feed, broker_id, rule_version, passes, statements, buckets, ours, theirs,
            pairs, layout_version)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """;
    private static final String PROPOSAL = """
        insert into reconciliation.match_proposal (reconciled_on, feed, broker_id, our_item, statement_id, line, pass, rule_version,
            file_offset, proposal_key, ours, theirs, differences, found)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, cast(? as json))
        on conflict do nothing
        """;
    /** What one row for several of ours, or several rows for one, is called whatever pass found them. */
    private static final String TOGETHER_NAME = "AGGREGATED";

    private static final byte[] NONE = {};
    private static final int[] COMPARED = {
        TradeColumns.ACCOUNT,
        TradeColumns.INSTRUMENT,
        TradeColumns.SIDE,
        TradeColumns.CURRENCY,
        TradeColumns.QUANTITY,
        TradeColumns.PRICE,
        TradeColumns.SETTLES,
        TradeColumns.TRADED
    };

    private record Proposal(
            String pass,
            String item,
            long statement,
            int line,
            long offset,
            String key,
            String ours,
            String theirs,
            String differences,
            List<FoundBreaks.Found> left) {}

    private final MatchRules rules;
    private final int layoutVersion;
    private final List<String> names = new ArrayList<>();
    private final List<Proposal> proposals = new ArrayList<>();
    private final ThreadLocal<byte[]> room = ThreadLocal.withInitial(() -> new byte[1 << 10]);
    private @Nullable MatchBuckets buckets;
    private long pairs;

    MatchStore(MatchRules rules, int layoutVersion) {
        this.rules = rules;
        this.layoutVersion = layoutVersion;
        rules.passes().forEach(pass -> names.add(pass.name()));
        if (!names.contains(TOGETHER_NAME)) {
            names.add(TOGETHER_NAME);
        }
    }

    /** To be told before the first match: how many of ours there are, and where matches are written while they are found. */
    void expect(long ours, CopyAside to, Source source, LocalDate date) {
        var count = Integer.highestOneBit(Math.clamp(2 * ours / TOGETHER, 1, MOST_BUCKETS));
        buckets = new MatchBuckets(to, source, date, count);
    }

    private MatchBuckets buckets() {
        var those = buckets;
        if (those == null) {
            throw new IllegalStateException("Say first how many there are.");
        }
        return those;
    }

    void add(Pass pass, Items ours, Items theirs) {
        var name = names.indexOf(ours.size() + theirs.size() > 2 ? TOGETHER_NAME : pass.name());
        for (var our = 0; our < ours.size(); our++) {
            for (var their = 0; their < theirs.size(); their++) {
                add(name, ours.at(our), theirs.at(their));
            }
        }
    }

    private void add(int pass, Item our, Item their) {
        var to = buckets();
        var differences = differences(our, their);
        var id = our.textLength(TradeColumns.REFERENCE);
        var length = 2 + id + 8 + 4 + 1 + 2 + differences.length;
        var octets = room.get();
        if (octets.length < length) {
            octets = new byte[length * 2];
            room.set(octets);
        }
        var entry = ByteBuffer.wrap(octets);
        entry.putShort((short) id);
        our.copyText(TradeColumns.REFERENCE, octets, 2);
        var hash = new CRC32();
        hash.update(octets, 2, id);
        entry.position(2 + id)
                .putLong(their.place())
                .putInt(their.line())
                .put((byte) pass)
                .putShort((short) differences.length)
                .put(differences);
        to.append((int) hash.getValue() & to.size() - 1, octets, length);
    }

    /** Column by column what both say, where they do not say the same: within a tolerance, or a break. */
    private static byte[] differences(Item our, Item their) {
        StringBuilder text = null;
        for (var column : COMPARED) {
            if (!our.same(their, column)) {
                text = text == null ? new StringBuilder() : text.append("; ");
                text.append(TradeColumns.SHAPE.column(column).name())
                        .append(' ')
                        .append(our.value(column))
                        .append(" / ")
                        .append(their.value(column));
            }
        }
        if (text == null) {
            return NONE;
        }
        var octets = text.toString().replace('\0', ' ').getBytes(StandardCharsets.UTF_8);
        return octets.length > MOST_TEXT ? "too long to be kept".getBytes(StandardCharsets.UTF_8) : octets;
    }

    /** @param left what would be left to explain if they belong together */
    void propose(Pass pass, Item our, Item their, Statements statements, List<FoundBreaks.Found> left) {
        var statement = statements.id(their.place());
        var proposal = new Proposal(
                pass.name(),
                String.valueOf(our.text(TradeColumns.REFERENCE)),
                statement == null ? 0 : statement,
                their.line(),
                RowReader.offset(their.place()),
                Decisions.key(our, their),
                our.toString(),
                their.toString(),
                new String(differences(our, their), StandardCharsets.UTF_8),
                left);
        synchronized (proposals) {
            proposals.add(proposal);
        }
    }

    /** All matches are told. */
    void end() {
        pairs = buckets().end();
    }

    /** Writes the rest, when the matches are written; returns how many there are. */
    long keep(Connection connection, Source source, LocalDate date, Statements statements, long ours, long theirs)
            throws SQLException {
        try (var run = connection.prepareStatement(RUN)) {
            run.setObject(1, date);
            run.setString(2, source.feed().name());
            run.setString(3, source.broker());
            run.setInt(4, rules.version());
            run.setArray(5, connection.createArrayOf("text", names.toArray()));
            run.setArray(
                    6,
                    connection.createArrayOf(
                            "bigint",
                            statements.of().stream().map(Statements.One::id).toArray()));
            run.setInt(7, buckets().size());
            run.setLong(8, ours);
            run.setLong(9, theirs);
            run.setLong(10, pairs);
            run.setInt(11, layoutVersion);
            run.executeUpdate();
        }
        try (var proposal = connection.prepareStatement(PROPOSAL)) {
            for (var each : proposals) {
                proposal.setObject(1, date);
                proposal.setString(2, source.feed().name());
                proposal.setString(3, source.broker());
                proposal.setString(4, each.item());
                proposal.setLong(5, each.statement());
                proposal.setInt(6, each.line());
                proposal.setString(7, each.pass());
                proposal.setInt(8, rules.version());
                proposal.setLong(9, each.offset());
                proposal.setString(10, each.key());
                proposal.setString(11, each.ours());
                proposal.setString(12, each.theirs());
                proposal.setString(13, each.differences().isEmpty() ? null : each.differences());
                proposal.setString(14, LeftToExplain.json(source, date, each.left()));
                proposal.addBatch();
            }
            proposal.executeBatch();
        }
        return pairs;
    }
}
