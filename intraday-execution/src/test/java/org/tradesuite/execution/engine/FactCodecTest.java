package org.tradesuite.execution.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tradesuite.eventstore.NewEvent;
import org.tradesuite.execution.order.Fact;
import org.tradesuite.execution.order.Route;
import org.tradesuite.execution.plan.EndBehaviour;
import org.tradesuite.execution.plan.Plan;
import org.tradesuite.execution.plan.Twap;
import org.tradesuite.execution.plan.Window;
import org.tradesuite.execution.reference.Limit;
import org.tradesuite.execution.reference.LimitKind;
import org.tradesuite.execution.reference.LimitScope;
import org.tradesuite.execution.risk.Check;
import org.tradesuite.execution.risk.Seen;
import org.tradesuite.market.AccountId;
import org.tradesuite.market.BrokerId;
import org.tradesuite.market.Currency;
import org.tradesuite.market.InstrumentId;
import org.tradesuite.market.Mic;
import org.tradesuite.market.Money;
import org.tradesuite.market.Price;
import org.tradesuite.market.Quantity;

/** What the journal says is what happened: every kind of fact is read back as it was written. */
class FactCodecTest {

    private static final Instant NOW = Instant.parse("2026-03-02T10:00:00.123456Z");
    private final FactCodec codec = new FactCodec();

    static List<String> types() {
        return List.copyOf(FactCodec.types().keySet());
    }

    @ParameterizedTest
    @MethodSource("types")
    void every_fact_is_read_back_as_it_was_written(String name) throws ReflectiveOperationException {
        var type = Objects.requireNonNull(FactCodec.types().get(name));
        for (var full : List.of(true, false)) {
            var fact = (Fact) sample(type, full);
            var recorded = new Recorded("x/1", 1, fact, NOW, "me", null, "c", null);
            var written = codec.write(recorded);
            assertThat(written.type()).isEqualTo(name);
            assertThat(codec.read(written)).isEqualTo(recorded);
        }
    }

    @Test
    void every_fact_there_is_has_a_name() {
        for (var family : List.of(
                DeskFact.class,
                ClientFact.class,
                SwitchFact.class,
                BreakerFact.class,
                MarketFact.class,
                Route.Event.class,
                org.tradesuite.execution.order.ParentOrder.Event.class,
                org.tradesuite.execution.order.ExternalOrder.Event.class)) {
            for (var fact : family.getPermittedSubclasses()) {
                assertThat(FactCodec.types().containsValue(fact.asSubclass(Fact.class)))
                        .as(fact.getName())
                        .isTrue();
            }
        }
    }

    @Test
    void a_fill_is_written_compactly_and_without_what_is_not_there() {
        var fill = new Route.Filled(
                "F1",
                "E1",
                LocalDate.of(2026, 3, 2),
                "C1",
                null,
                Quantity.of("1000000"),
                Price.of("0.00000001"),
                NOW,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                Money.of("GBP 1.50"),
                Route.FillKind.REGULAR,
                null);
        var written = codec.write(new Recorded("route/R", 2, fill, NOW, "me", null, null, null));
        assertThat(written.payloadJson())
                .isEqualTo("{\"fillId\":\"F1\",\"execId\":\"E1\",\"tradeDate\":\"2026-03-02\",\"clOrdId\":\"C1\","
                        + "\"quantity\":1000000,\"price\":0.00000001,\"transactTime\":\"2026-03-02T10:00:00.123456Z\","
                        + "\"charges\":\"GBP 1.50\",\"kind\":\"REGULAR\"}");
    }

    @Test
    void a_fact_of_a_later_build_is_not_read_as_if_it_were_known() {
        var later = new NewEvent("x/1", 1, "status-asked", 2, NOW, "me", null, null, null, "{}");
        assertThatThrownBy(() -> codec.read(later)).hasMessageContaining("does not know");
        var field =
                new NewEvent("x/1", 1, "status-asked", 1, NOW, "me", null, null, null, "{\"clOrdId\":\"C\",\"new\":1}");
        assertThatThrownBy(() -> codec.read(field)).hasMessageContaining("new");
    }

    private static Object sample(Class<?> type, boolean full) throws ReflectiveOperationException {
        var components = type.getRecordComponents();
        var types = Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        var values = new @Nullable Object[components.length];
        for (var at = 0; at < components.length; at++) {
            var absent = components[at].getAnnotatedType().isAnnotationPresent(Nullable.class) && !full;
            values[at] = absent ? null : value(components[at].getGenericType(), full);
        }
        var constructor = type.getDeclaredConstructor(types);
        constructor.setAccessible(true);
        return constructor.newInstance(values);
    }

    private static Object value(Type type, boolean full) throws ReflectiveOperationException {
        if (type instanceof ParameterizedType list) {
            return List.of(value(list.getActualTypeArguments()[0], full));
        }
        var of = (Class<?>) type;
        if (of.isEnum()) {
            return of.getEnumConstants()[of.getEnumConstants().length - 1];
        }
        return switch (of.getSimpleName()) {
            case "String" -> "text \"quoted\" ünïcode";
            case "int", "Integer" -> 7;
            case "long", "Long" -> 7_000_000_000L;
            case "boolean" -> full;
            case "Instant" -> NOW;
            case "LocalDate" -> LocalDate.of(2026, 3, 2);
            case "BigDecimal" -> new BigDecimal("-12345678901234567890.123456789");
            case "Quantity" -> Quantity.of("1000000000000");
            case "Price" -> Price.of("0.00000001");
            case "Money" -> Money.of("GBP -1234.50");
            case "Currency" -> Currency.JPY;
            case "AccountId" -> AccountId.of("GEQ1");
            case "BrokerId" -> BrokerId.of("ALFA");
            case "InstrumentId" -> InstrumentId.of("VOD.XLON");
            case "Mic" -> Mic.of("XLON");
            case "Plan" -> plan();
            case "Limit" -> limit(full);
            case "Answers" -> Answers.of(List.of((Check) sample(Check.class, full)));
            case "Seen" -> Seen.inWords("held=5 \"quoted\"");
            default -> sample(of, full);
        };
    }

    /** A limit has to be in order. */
    private static Limit limit(boolean full) {
        return new Limit(
                7_000_000_000L,
                full ? LimitScope.ACCOUNT : LimitScope.FIRM,
                full ? "GEQ1" : "*",
                full ? LimitKind.MAX_ORDER_NOTIONAL : LimitKind.PRICE_COLLAR_PERCENT,
                new BigDecimal("1000000.50"),
                full ? new BigDecimal("900000") : null,
                full ? Currency.JPY : null,
                NOW,
                full ? NOW.plusSeconds(60) : null);
    }

    private static Plan plan() {
        return new Twap(
                Quantity.of("1000"),
                Quantity.of("100"),
                3,
                List.of(new Window(NOW, NOW.plusSeconds(60))),
                EndBehaviour.FINISH);
    }
}
