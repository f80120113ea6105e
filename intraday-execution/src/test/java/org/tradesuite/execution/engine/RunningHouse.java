package org.tradesuite.execution.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.tradesuite.database.DatabaseRole;
import org.tradesuite.database.LocalDatabase;
import org.tradesuite.database.LocalPostgres;
import org.tradesuite.eventstore.EventStore;
import org.tradesuite.execution.order.Algo;
import org.tradesuite.execution.order.Fact;
import org.tradesuite.execution.order.OrderType;
import org.tradesuite.execution.reference.ReferenceData;
import org.tradesuite.market.Price;
import org.tradesuite.market.Quantity;
import org.tradesuite.market.Side;

/** {@link House} with an engine and a database of its own, to look at what is committed and what leaves. */
final class RunningHouse implements AutoCloseable {

    private final LocalDatabase database = LocalPostgres.shared().newDatabase();
    private final List<Commit> commits = new CopyOnWriteArrayList<>();
    private long request;
    private @Nullable Engine engine;

    /** Between the engine and its database. */
    final BreakableDataSource line = new BreakableDataSource(database.dataSource(DatabaseRole.EXECUTION));

    Engine start(ReferenceData reference) {
        return start(House.settings(), reference);
    }

    Engine start(EngineSettings settings, ReferenceData reference) {
        var started = Engine.start(settings, line, reference, Clock.fixed(House.MORNING, ZoneOffset.UTC), commits::add);
        engine = started;
        return started;
    }

    /** Opens the day, with one broker and a price. */
    void open(Engine running) {
        running.submit(new Input.TradingDayOpenRequested(House.MORNING, request(), "ops", House.MONDAY));
        connect(running);
    }

    /** A broker and a price. */
    void connect(Engine running) {
        running.submit(new Input.BrokerSessionUp(House.MORNING, House.ALFA));
        running.submit(new Input.MarketQuote(House.MORNING, House.VOD, Price.of("99.99"), Price.of("100.01")));
    }

    /** The number of another request. */
    long request() {
        return ++request;
    }

    /** To buy a thousand at the market, at once. */
    Input.DecisionSubmitted decision(String id) {
        return new Input.DecisionSubmitted(
                House.MORNING,
                request(),
                "apatel",
                id,
                "key-" + id,
                "hash",
                House.ACCOUNT,
                "VALUE",
                "apatel",
                House.VOD,
                Side.BUY,
                Quantity.of("1000"),
                OrderType.MARKET,
                null,
                Algo.IMMEDIATE,
                null,
                null);
    }

    /** Waits until that many requests were answered, by all engines together. */
    void awaitAnswers(long number) {
        await().until(() -> effects(Effect.Answer.class).size() == number);
    }

    /** What left of that kind, of all engines together. */
    <T extends Effect> List<T> effects(Class<T> type) {
        return commits.stream()
                .flatMap(commit -> commit.effects().stream())
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    /** What was recorded of that kind, in the order in which it was committed. */
    List<Recorded> recorded(Class<? extends Fact> type) {
        return commits.stream()
                .flatMap(commit -> commit.facts().stream())
                .filter(recorded -> type.isInstance(recorded.fact()))
                .toList();
    }

    /** The types of what the journal has, in its order. */
    List<String> types() throws SQLException {
        return read("select type from journal.event order by seq");
    }

    /** Writes a fact as the engine would have, while none runs. */
    void append(Recorded fact) throws SQLException {
        var store = new EventStore(House.settings().chain());
        var forms = new AnswerForms();
        var codec = new FactCodec(forms);
        try (var connection = database.dataSource(DatabaseRole.EXECUTION).getConnection()) {
            connection.setAutoCommit(false);
            store.stream(connection, AnswerForms.STREAM).forEach(codec::know);
            var event = codec.write(fact);
            store.append(connection, codec.write(forms.untold(), List.of(), fact.at()), fact.at());
            store.append(connection, List.of(event), fact.at());
            connection.commit();
        }
    }

    /** Does something to the database that the engine may not. */
    void asOwner(String statement) throws SQLException {
        try (var connection = database.dataSource(DatabaseRole.OWNER).getConnection();
                var change = connection.createStatement()) {
            change.execute(statement);
        }
    }

    /** The first column of what the query gives. */
    List<String> read(String query) throws SQLException {
        try (var connection = database.dataSource(DatabaseRole.EXECUTION).getConnection();
                var statement = connection.createStatement();
                var row = statement.executeQuery(query)) {
            var values = new ArrayList<String>();
            while (row.next()) {
                values.add(String.valueOf(row.getString(1)));
            }
            return values;
        }
    }

    /** The first column of the first row. */
    String one(String query) throws SQLException {
        var rows = read(query);
        assertThat(rows).isNotEmpty();
        return rows.getFirst();
    }

    /** Ends the engine; another may be started. */
    void stop() {
        line.mend();
        if (engine != null) {
            engine.close();
            engine = null;
        }
    }

    @Override
    public void close() {
        stop();
        LocalPostgres.shared().drop(database);
    }
}
