package org.tradesuite.execution.fix;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tradesuite.execution.engine.Input;
import org.tradesuite.market.Price;
import org.tradesuite.market.Quantity;
import quickfix.Group;
import quickfix.Message;

/** Prices are asked for in 35=V and heard in 35=W and 35=X. */
class MarketLineTest {
    private static final int[] ORDER = {279, 269, 55, 207, 270, 271, 272, 273, 0};

    @TempDir
    private Path folder;

    private static Group entry(int first, String fields) {
        var group = new Group(268, first, ORDER);
        for (String field : fields.split("\\|", -1)) {
            group.setString(
                    Integer.parseInt(field.substring(0, field.indexOf('='))), field.substring(field.indexOf('=') + 1));
        }
        return group;
    }

    @Test
    void all_instruments_are_asked_for_by_the_markets_own_symbol() throws Exception {
        try (var market = BrokerAcceptor.start(Dialect.Version.FIX44, "MARKET", folder.resolve("theirs"));
                var desk = Desk.open("MARKET", market.port, folder.resolve("ours"), Map.of())) {
            Message request = market.message("V", 1);
            assertThat(request.getString(263)).isEqualTo("1");
            assertThat(request.getGroups(267)).hasSize(3);
            assertThat(request.getGroup(1, 146).getString(55)).isEqualTo("VOD");
            assertThat(request.getGroup(2, 146).getString(55)).isEqualTo("BTC/USD");
            assertThat(request.getGroup(2, 146).getString(207)).isEqualTo("XBTS");
            assertThat(desk.troubles).isEmpty();
        }
    }

    @Test
    void an_instrument_is_asked_for_once_however_often_the_reference_data_changes() throws Exception {
        try (var market = BrokerAcceptor.start(Dialect.Version.FIX44, "MARKET", folder.resolve("theirs"));
                var desk = Desk.open("MARKET", market.port, folder.resolve("ours"), Map.of())) {
            market.message("V", 1);
            desk.lines.instrumentsChanged();
            desk.lines.instrumentsChanged();
            Message trade = BrokerAcceptor.message("35=X|262=MD1");
            trade.addGroup(entry(279, "279=0|269=2|55=VOD|207=XLON|270=71.51|271=10"));
            market.say(trade);
            desk.hears(Input.MarketTrade.class);
            assertThat(market.heardOf("V")).hasSize(1);
        }
    }

    @Test
    void quotes_and_trades_reach_the_engine_under_our_names() throws Exception {
        try (var market = BrokerAcceptor.start(Dialect.Version.FIX44, "MARKET", folder.resolve("theirs"));
                var desk = Desk.open("MARKET", market.port, folder.resolve("ours"), Map.of())) {
            market.message("V", 1);
            Message snapshot = BrokerAcceptor.message("35=W|262=MD1|55=VOD|207=XLON");
            snapshot.addGroup(entry(269, "269=0|270=71.50|271=1000"));
            snapshot.addGroup(entry(269, "269=1|270=71.52|271=1000"));
            market.say(snapshot);
            var quote = desk.hears(Input.MarketQuote.class);
            assertThat(quote.instrument()).isEqualTo(Desk.VOD);
            assertThat(quote.bid()).isEqualTo(Price.of("71.5"));
            assertThat(quote.ask()).isEqualTo(Price.of("71.52"));

            Message change = BrokerAcceptor.message("35=X|262=MD1");
            change.addGroup(entry(279, "279=0|269=0|55=BTC/USD|207=XBTS|270=800.1|271=2"));
            change.addGroup(entry(279, "279=0|269=1|55=BTC/USD|207=XBTS|270=801|271=2"));
            change.addGroup(
                    entry(279, "279=0|269=2|55=BTC/USD|207=XBTS|270=800.5|271=0.25|272=20260302|273=10:00:00.000"));
            market.say(change);
            assertThat(desk.hears(Input.MarketQuote.class, q -> q.instrument().equals(Desk.BTC))
                            .bid())
                    .isEqualTo(Price.of("800.1"));
            var trade = desk.hears(Input.MarketTrade.class);
            assertThat(trade.instrument()).isEqualTo(Desk.BTC);
            assertThat(trade.price()).isEqualTo(Price.of("800.5"));
            assertThat(trade.quantity()).isEqualTo(Quantity.of("0.25"));
        }
    }

    @Test
    void a_quote_that_says_nothing_new_is_not_passed_on() throws Exception {
        try (var market = BrokerAcceptor.start(Dialect.Version.FIX44, "MARKET", folder.resolve("theirs"));
                var desk = Desk.open("MARKET", market.port, folder.resolve("ours"), Map.of())) {
            market.message("V", 1);
            for (int i = 0; i < 3; i++) {
                Message snapshot = BrokerAcceptor.message("35=W|262=MD1|55=VOD|207=XLON");
                snapshot.addGroup(entry(269, "269=0|270=71.50|271=1000"));
                snapshot.addGroup(entry(269, "269=1|270=71.52|271=1000"));
                market.say(snapshot);
            }
            Message trade = BrokerAcceptor.message("35=X|262=MD1");
            trade.addGroup(entry(279, "279=0|269=2|55=VOD|207=XLON|270=71.51|271=10"));
            market.say(trade);
            desk.hears(Input.MarketTrade.class);
            assertThat(desk.heard)
                    .filteredOn(Input.MarketQuote.class::isInstance)
                    .hasSize(1);
        }
    }

    @Test
    void a_price_without_a_number_is_refused_and_the_line_goes_on() throws Exception {
        try (var market = BrokerAcceptor.start(Dialect.Version.FIX44, "MARKET", folder.resolve("theirs"));
                var desk = Desk.open("MARKET", market.port, folder.resolve("ours"), Map.of())) {
            market.message("V", 1);
            Message broken = BrokerAcceptor.message("35=X|262=MD1");
            broken.addGroup(entry(279, "279=0|269=2|55=VOD|207=XLON|271=10"));
            market.say(broken);
            desk.isTold("we refused message 2");
            Message trade = BrokerAcceptor.message("35=X|262=MD1");
            trade.addGroup(entry(279, "279=0|269=2|55=VOD|207=XLON|270=71.51|271=10"));
            market.say(trade);
            desk.hears(Input.MarketTrade.class);
        }
    }

    @Test
    void the_status_of_every_instrument_is_asked_for_and_a_halt_with_its_band_reaches_the_engine() throws Exception {
        try (var market = BrokerAcceptor.start(Dialect.Version.FIX44, "MARKET", folder.resolve("theirs"));
                var desk = Desk.open("MARKET", market.port, folder.resolve("ours"), Map.of())) {
            Message request = market.message("e", 2);
            assertThat(request.getString(263)).isEqualTo("1");
            assertThat(request.getString(55)).isEqualTo("BTC/USD");
            market.say("35=f|324=" + request.getString(324) + "|55=VOD|207=XLON|326=2|333=70.5|332=72.5");
            var status = desk.hears(Input.SecurityStatus.class);
            assertThat(status.instrument()).isEqualTo(Desk.VOD);
            assertThat(status.status()).isEqualTo(2);
            assertThat(status.low()).isEqualTo(Price.of("70.5"));
            assertThat(status.high()).isEqualTo(Price.of("72.5"));
            market.say("35=f|324=X|55=VOD|207=XLON|326=3");
            assertThat(desk.hears(Input.SecurityStatus.class, each -> each.status() == 3)
                            .low())
                    .isNull();
        }
    }

    @Test
    void a_provider_that_takes_no_35_e_is_not_asked() throws Exception {
        try (var market = BrokerAcceptor.start(Dialect.Version.FIX44, "MARKET", folder.resolve("theirs"));
                var desk = Desk.open("MARKET", market.port, folder.resolve("ours"), Map.of("supports", "V"))) {
            market.message("V", 1);
            market.say("35=f|55=VOD|207=XLON|326=2");
            desk.hears(Input.SecurityStatus.class);
            assertThat(market.heardOf("e")).isEmpty();
        }
    }
}
