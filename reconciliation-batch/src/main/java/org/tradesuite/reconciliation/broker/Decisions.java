package org.tradesuite.reconciliation.broker;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tradesuite.reconciliation.match.Item;
import org.tradesuite.reconciliation.match.ItemWriter;
import org.tradesuite.reconciliation.match.Items;

/**
 * What people said of proposals of a broker, while its statements are matched: what was approved is taken aside on both
 * sides and not matched by anything else, what was refused is not proposed again. A decision holds while both sides say, in
 * every column, what they said then; where the row stands does not matter.
 */
final class Decisions {

    private static final String OF_BROKER = """
        select proposal_key, state, our_item, ours, theirs, reconciled_on = ? as of_this_date
        from reconciliation.match_decision
        where broker_id = ? and feed = ? and reconciled_on >= ?
        """;
    private static final String IN_FORCE = """
        update reconciliation.match_decision
        set in_force = ?, statement_id = coalesce(?, statement_id), line = coalesce(?, line),
            file_offset = coalesce(?, file_offset)
        where proposal_key = ?
        """;

    private record Approved(String key, String ours, String theirs, boolean ofThisDate) {}

    private record Place(
            String key,
            boolean inForce,
            @Nullable Long statement,
            @Nullable Integer line,
            @Nullable Long offset) {}

    private final List<Approved> approved = new ArrayList<>();
    private final List<Place> places = new ArrayList<>();
    private final Set<String> refusedKeys = new HashSet<>();
    private final Set<String> refused = new HashSet<>();
    private final Set<String> ourItems = new HashSet<>();
    private final Set<String> theirQuantities = new HashSet<>();
    private final Set<String> theirTexts = new HashSet<>();
    private final Map<String, ItemWriter> ours = new HashMap<>();
    private final Map<String, List<ItemWriter>> theirs = new HashMap<>();
    private final Item ourWindow = new Item(TradeColumns.SHAPE);
    private final Item theirWindow = new Item(TradeColumns.SHAPE);

    /** Nobody has said anything. */
    static Decisions none() {
        return new Decisions();
    }

    /** @param date decisions of later dates count, too: what was late was late here already */
    static Decisions of(Connection connection, Source source, LocalDate date) throws SQLException {
        var decisions = new Decisions();
        try (var query = connection.prepareStatement(OF_BROKER)) {
            query.setObject(1, date);
            query.setString(2, source.broker());
            query.setString(3, source.feed().name());
            query.setObject(4, date);
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    decisions.add(
                            rows.getString("proposal_key"),
                            rows.getString("state").equals("APPROVED"),
                            rows.getString("our_item"),
                            rows.getString("ours"),
                            rows.getString("theirs"),
                            rows.getBoolean("of_this_date"));
                }
            }
        }
        return decisions;
    }

    private void add(String key, boolean yes, String ourItem, String ourText, String theirText, boolean ofThisDate) {
        if (yes) {
            approved.add(new Approved(key, ourText, theirText, ofThisDate));
            ourItems.add(ourItem);
            theirQuantities.add(quantity(theirText));
            theirTexts.add(theirText);
        } else {
            refusedKeys.add(key);
            refused.add(ourText);
            refused.add(theirText);
        }
    }

    /** As {@link Item#toString} writes it. */
    private static String quantity(String said) {
        var from = said.indexOf(" quantity=") + " quantity=".length();
        return said.substring(from, said.indexOf(' ', from));
    }

    /** Known by all that both sides say. */
    static String key(Item our, Item their) {
        return LeftToExplain.sha256(our + "\n" + their);
    }

    boolean refused(Item our, Item their) {
        return !refusedKeys.isEmpty() && refusedKeys.contains(key(our, their));
    }

    /** Whether something that was proposed for it was refused. */
    boolean refused(Item item) {
        return !refused.isEmpty() && refused.contains(item.toString());
    }

    /** Whether it is taken aside; for the thread that reads ours. */
    boolean holdOurs(ItemWriter item) {
        if (ourItems.isEmpty()) {
            return false;
        }
        var said = item.look(ourWindow);
        return ourItems.contains(said.text(TradeColumns.REFERENCE))
                && ours.putIfAbsent(said.toString(), item.copy()) == null;
    }

    /** Whether it is taken aside; for the threads that read theirs. */
    boolean holdTheirs(ItemWriter item) {
        return !theirQuantities.isEmpty() && isHeld(item);
    }

    private synchronized boolean isHeld(ItemWriter item) {
        var said = item.look(theirWindow);
        if (!theirQuantities.contains(said.value(TradeColumns.QUANTITY))) {
            return false;
        }
        var text = said.toString();
        if (!theirTexts.contains(text)) {
            return false;
        }
        theirs.computeIfAbsent(text, none -> new ArrayList<>()).add(item.copy());
        return true;
    }

    /** Tells the pairs of which both sides are there; the rest is given back. To be called when both sides are read. */
    void tell(
            Statements statements,
            BrokerOutcome outcome,
            BrokerStatement.Rows ourRest,
            BrokerStatement.Rows theirRest) {
        for (var pair : approved) {
            var our = ours.get(pair.ours());
            var rows = theirs.getOrDefault(pair.theirs(), List.of());
            if (our == null || rows.isEmpty()) {
                if (pair.ofThisDate()) {
                    places.add(new Place(pair.key(), false, null, null, null));
                }
                continue;
            }
            ours.remove(pair.ours());
            var row = Items.of(TradeColumns.SHAPE, rows.removeLast());
            outcome.decided(Items.of(TradeColumns.SHAPE, our), row);
            places.add(new Place(
                    pair.key(),
                    true,
                    statements.id(row.at(0).place()),
                    row.at(0).line(),
                    RowReader.offset(row.at(0).place())));
        }
        ours.values().forEach(ourRest::row);
        theirs.values().forEach(rows -> rows.forEach(theirRest::row));
    }

    /** Writes which are in force and where their rows stand now. */
    void keep(Connection connection) throws SQLException {
        if (places.isEmpty()) {
            return;
        }
        try (var update = connection.prepareStatement(IN_FORCE)) {
            for (var place : places) {
                update.setBoolean(1, place.inForce());
                update.setObject(2, place.statement(), Types.BIGINT);
                update.setObject(3, place.line(), Types.INTEGER);
                update.setObject(4, place.offset(), Types.BIGINT);
                update.setString(5, place.key());
                update.addBatch();
            }
            update.executeBatch();
        }
    }
}
