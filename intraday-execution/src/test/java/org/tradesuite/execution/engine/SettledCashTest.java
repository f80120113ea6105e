package org.tradesuite.execution.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tradesuite.execution.engine.Effect.Outcome;
import org.tradesuite.execution.order.Algo;
import org.tradesuite.execution.order.OrderType;
import org.tradesuite.execution.reference.BrokerRate;
import org.tradesuite.execution.reference.Instrument;
import org.tradesuite.execution.reference.OpeningCash;
import org.tradesuite.execution.reference.ReferenceContent;
import org.tradesuite.execution.reference.ReferenceData;
import org.tradesuite.execution.reference.SettlementCycle;
import org.tradesuite.execution.reference.TradingSession;
import org.tradesuite.execution.reference.TradingStatus;
import org.tradesuite.execution.risk.RefusalCode;
import org.tradesuite.market.Currency;
import org.tradesuite.market.InstrumentId;
import org.tradesuite.market.Mic;
import org.tradesuite.market.Money;
import org.tradesuite.market.Price;
import org.tradesuite.market.Quantity;
import org.tradesuite.market.Side;

/** Vodafone is sold in London, which pays in two days, and bought in Paris, which here is paid at once. */
class SettledCashTest {

    private static final Mic PARIS = Mic.of("XPAR");
    private static final InstrumentId VODAFONE_IN_PARIS = InstrumentId.of("VOD.XPAR");

    private DeskStory desk = new DeskStory(House.settings(), reference());
    private long request = 5_000;

    @Test
    void what_was_sold_pays_for_what_settles_as_late_and_not_for_what_is_paid_before() {
        sells();
        assertThat(refusals(buys("D2", VODAFONE_IN_PARIS, "50"))).containsExactly(RefusalCode.CASH_NOT_SETTLED);
        assertThat(buys("D3", House.VOD, "50")).isInstanceOf(Outcome.DecisionAccepted.class);
    }

    @Test
    void what_is_there_pays_for_it() {
        sells();
        assertThat(buys("D2", VODAFONE_IN_PARIS, "9")).isInstanceOf(Outcome.DecisionAccepted.class);
        assertThat(refusals(buys("D3", VODAFONE_IN_PARIS, "1"))).containsExactly(RefusalCode.CASH_NOT_SETTLED);
    }

    @Test
    void a_sale_that_is_taken_back_pays_for_nothing() {
        sells();
        desk.busts("OD1-1-1", "E1");
        assertThat(refusals(buys("D2", House.VOD, "50"))).contains(RefusalCode.CASH_INSUFFICIENT);
    }

    @Test
    void a_restart_knows_when_it_is_paid() {
        sells();
        desk = desk.restarted();
        desk.connects(House.ALFA);
        quotes();
        assertThat(refusals(buys("D2", VODAFONE_IN_PARIS, "50"))).containsExactly(RefusalCode.CASH_NOT_SETTLED);
    }

    /** A thousand pounds are there; ten thousand more come on Wednesday. */
    private void sells() {
        quotes();
        desk.decides("D1", Side.SELL, "100", "100.00", Algo.IMMEDIATE, null);
        desk.acknowledges("OD1-1-1").fills("OD1-1-1", "100", "100.00", "E1");
    }

    private void quotes() {
        for (var instrument : List.of(House.VOD, VODAFONE_IN_PARIS)) {
            desk.gets(new Input.MarketQuote(desk.now, instrument, Price.of("99.99"), Price.of("100.01")));
        }
    }

    private Outcome buys(String id, InstrumentId instrument, String quantity) {
        desk.gets(new Input.DecisionSubmitted(
                desk.now,
                ++request,
                "apatel",
                id,
                "key-" + id,
                "hash",
                House.ACCOUNT,
                "VALUE",
                "apatel",
                instrument,
                Side.BUY,
                Quantity.of(quantity),
                OrderType.LIMIT,
                Price.of("100.00"),
                Algo.IMMEDIATE,
                null,
                null));
        return desk.answer();
    }

    private static List<RefusalCode> refusals(Outcome outcome) {
        return ((Outcome.DecisionRefused) outcome).codes();
    }

    private static ReferenceData reference() {
        var house = House.reference(TradingStatus.ACTIVE, Map.of()).content();
        var vodafone = house.instruments().getFirst();
        var instruments = new ArrayList<>(house.instruments());
        instruments.add(inParis(vodafone));
        var rates = new ArrayList<>(house.brokerRates());
        house.brokerRates()
                .forEach(rate -> rates.add(
                        new BrokerRate(rate.broker(), PARIS, rate.commission(), rate.minimumCommission(), rate.fee())));
        var sessions = new ArrayList<>(house.tradingSessions());
        var london = sessions.getFirst();
        sessions.add(new TradingSession(PARIS, london.zone(), london.open(), london.close(), london.calendar()));
        var cycles = new ArrayList<>(house.settlementCycles());
        cycles.add(new SettlementCycle(PARIS, LocalDate.of(2014, 10, 6), 0));
        return ReferenceData.of(
                House.MONDAY,
                new ReferenceContent(
                        instruments,
                        house.accounts(),
                        house.cashAccounts(),
                        house.brokers(),
                        rates,
                        sessions,
                        cycles,
                        house.calendarOverrides(),
                        house.fxRates(),
                        house.strategies(),
                        house.traders(),
                        house.firm(),
                        house.limits(),
                        house.openingPositions(),
                        List.of(new OpeningCash(
                                House.ACCOUNT, House.MONDAY, Money.of(new BigDecimal("1000.00"), Currency.GBP))),
                        house.volumeProfiles(),
                        house.rulebook()));
    }

    private static Instrument inParis(Instrument of) {
        return new Instrument(
                VODAFONE_IN_PARIS,
                of.isin(),
                of.symbol(),
                PARIS,
                of.cfi(),
                of.name(),
                of.issuer(),
                of.issuerLei(),
                of.currency(),
                of.assetClass(),
                of.lotSize(),
                of.tickSize(),
                of.quantityScale(),
                of.adv(),
                of.spread(),
                of.dailyVolatility(),
                of.sector(),
                of.country(),
                of.placeOfSettlement(),
                of.calendar(),
                of.referencePrice(),
                of.status(),
                of.rating(),
                of.esg());
    }
}
