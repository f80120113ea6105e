package org.tradesuite.execution.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tradesuite.execution.reference.SampleDesk.TEN;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tradesuite.market.BrokerId;

class LimitsTest {

    private static final LimitKind KIND = LimitKind.MAX_ORDER_QUANTITY;

    @ParameterizedTest
    @CsvSource({
        "FIRM, *, true",
        "DESK, EUROPE, true",
        "DESK, ASIA, false",
        "TRADER, apatel, true",
        "TRADER, mweber, false",
        "CLIENT, ALPHA, true",
        "CLIENT, BETA, false",
        "PORTFOLIO, GLOBAL, true",
        "PORTFOLIO, LOCAL, false",
        "ACCOUNT, GEQ1, true",
        "ACCOUNT, GEQ2, false",
        "STRATEGY, VALUE, true",
        "STRATEGY, MOMENTUM, false",
        "ASSET_CLASS, EQUITY, true",
        "ASSET_CLASS, CRYPTO, false",
        "MARKET, XLON, true",
        "MARKET, XETR, false",
        "INSTRUMENT, VOD.XLON, true",
        "INSTRUMENT, IBM.XNYS, false",
        "BROKER, ALFA, true",
        "BROKER, BRAVO, false"
    })
    void a_limit_holds_the_orders_of_what_it_names_and_no_others(LimitScope scope, String id, boolean holds) {
        var limits = limits(List.of(limit(scope, id, "5", null, null)));

        assertThat(limits.under(order("EUROPE", BrokerId.of("ALFA")), TEN).on(KIND))
                .hasSize(holds ? 1 : 0);
        assertThat(limits.under(order("EUROPE", null), TEN).on(LimitKind.MAX_ORDER_NOTIONAL))
                .isEmpty();
    }

    @Test
    void before_a_broker_is_chosen_and_without_a_desk_their_limits_do_not_hold() {
        var limits = limits(List.of(
                limit(LimitScope.BROKER, "ALFA", "5", null, null), limit(LimitScope.DESK, "X", "5", null, null)));

        assertThat(limits.under(order(null, null), TEN).on(KIND)).isEmpty();
    }

    @Test
    void every_scope_holds_at_once() {
        var limits = limits(List.of(
                limit(LimitScope.FIRM, "*", "100", null, null),
                limit(LimitScope.CLIENT, "ALPHA", "50", null, null),
                limit(LimitScope.INSTRUMENT, "VOD.XLON", "70", null, null)));

        assertThat(limits.under(order("EUROPE", null), TEN).on(KIND)).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-23T09:59:59.999999Z, 100",
        "2026-11-23T10:00:00Z, 150",
        "2026-11-23T10:59:59.999999Z, 150",
        "2026-11-23T11:00:00Z, 100"
    })
    void a_temporary_raise_begins_and_ends_by_itself(Instant at, String amount) {
        var eleven = Instant.parse("2026-11-23T11:00:00Z");
        var limits = limits(List.of(
                limit(LimitScope.FIRM, "*", "100", null, TEN),
                limit(LimitScope.FIRM, "*", "150", TEN, eleven),
                limit(LimitScope.FIRM, "*", "100", eleven, null)));

        assertThat(limits.under(order("EUROPE", null), at).on(KIND))
                .singleElement()
                .satisfies(limit -> assertThat(limit.amount()).isEqualByComparingTo(amount));
    }

    @Test
    void asking_among_many_limits_finds_the_few_that_hold() {
        var many = new ArrayList<Limit>();
        for (var account = 0; account < 1_000; account++) {
            many.add(limit(LimitScope.ACCOUNT, "ACC" + account, "1", null, null));
        }
        for (var instrument = 0; instrument < 10_000; instrument++) {
            many.add(limit(LimitScope.INSTRUMENT, "S" + instrument + ".XLON", "1", null, null));
        }
        many.add(limit(LimitScope.ACCOUNT, "GEQ1", "7", null, null));

        assertThat(limits(many).under(order("EUROPE", null), TEN).on(KIND))
                .singleElement()
                .satisfies(limit -> assertThat(limit.scopeId()).isEqualTo("GEQ1"));
    }

    private static Limits limits(List<Limit> limits) {
        return new Limits(limits, SampleDesk.reference()::fxRate);
    }

    private static LimitedOrder order(@Nullable String desk, @Nullable BrokerId broker) {
        var reference = SampleDesk.reference();
        return new LimitedOrder(
                reference.instrument(SampleDesk.VOD).orElseThrow(),
                reference.account(SampleDesk.ACCOUNT).orElseThrow(),
                "VALUE",
                "apatel",
                desk,
                broker);
    }

    private static Limit limit(
            LimitScope scope, String id, String amount, @Nullable Instant from, @Nullable Instant until) {
        return new Limit(
                1, scope, id, KIND, new BigDecimal(amount), null, null, from == null ? Instant.EPOCH : from, until);
    }
}
