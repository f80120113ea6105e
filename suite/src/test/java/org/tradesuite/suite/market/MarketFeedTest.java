package org.tradesuite.suite.market;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quickfix.Group;
import quickfix.Message;
import quickfix.fix44.MarketDataRequest;
import quickfix.fix44.SecurityStatusRequest;

class MarketFeedTest {

    @TempDir
    Path folder;

    private final SettableClock clock = new SettableClock(Instant.parse("2026-01-05T10:00:00Z"));
    private final int port = FixClient.freePort();
    private final FixClient client = new FixClient("FIX.4.4", "TRADESUITE", "MARKET", port);
    private MarketFeed feed;

    @BeforeEach
    void start() {
        Market market = Market.of(ReferenceFiles.onClassPath(), 7, LocalDate.of(2026, 1, 5));
        feed = new MarketFeed(market, clock, port, "TRADESUITE", folder);
        feed.start();
        client.start();
    }

    @AfterEach
    void stop() {
        client.stop();
        feed.stop();
    }

    @Test
    void a_subscription_is_answered_by_a_snapshot_and_then_by_quotes_and_prints() throws Exception {
        client.send(request("1", "VOD", "XLON"));

        Message snapshot = client.next("W");
        assertThat(snapshot.getString(262)).isEqualTo("R1");
        assertThat(snapshot.getString(48)).isEqualTo("GB00BH4HKS39");
        assertThat(snapshot.getGroups(268).get(0).getString(269)).isEqualTo("0");
        assertThat(snapshot.getGroups(268).get(1).getString(269)).isEqualTo("1");
        assertThat(snapshot.getGroups(268).get(2).getString(269)).isEqualTo("2");

        clock.advanceSeconds(60);
        Group first = client.next("X").getGroups(268).getFirst();
        assertThat(first.getString(269)).isEqualTo("2");
        assertThat(first.getString(55)).isEqualTo("VOD");
        assertThat(first.getString(207)).isEqualTo("XLON");
        assertThat(first.getString(272)).isEqualTo("20260105");
        assertThat(first.getString(273)).startsWith("10:0");
        assertThat(first.getDecimal(271)).isPositive();
    }

    @Test
    void the_crypto_pair_prints_what_was_recorded() throws Exception {
        clock.set(Instant.parse("2026-01-05T00:00:01Z"));
        client.send(request("1", "BTC/USD", "XBTS"));
        assertThat(client.next("W").getGroups(268).getLast().getDecimal(270)).isEqualByComparingTo("800.01");

        clock.advanceSeconds(12);

        Group print = client.next("X").getGroups(268).getFirst();
        assertThat(print.getDecimal(270)).isEqualByComparingTo("800.05");
        assertThat(print.getDecimal(271)).isEqualByComparingTo("0.27838049");
        assertThat(print.getString(273)).isEqualTo("00:00:13.000");
    }

    @Test
    void an_unknown_symbol_is_refused_by_name() throws Exception {
        client.send(request("1", "VOD", "XNYS"));

        assertThat(client.next("Y").getString(58)).isEqualTo("Unknown symbol VOD on XNYS");
    }

    @Test
    void what_was_unsubscribed_is_not_sent_any_more() throws Exception {
        client.send(request("1", "VOD", "XLON"));
        client.next("W");
        client.send(request("2", "VOD", "XLON"));
        client.send(request("1", "HSBA", "XLON"));
        client.next("W");

        clock.advanceSeconds(120);

        for (Group entry : client.next("X").getGroups(268)) {
            assertThat(entry.getString(55)).isEqualTo("HSBA");
        }
    }

    @Test
    void a_scripted_halt_is_told_when_it_begins_and_when_it_ends() throws Exception {
        feed.halts(new MarketFeed.Halt(
                "VOD",
                "XLON",
                clock.instant().plusSeconds(60),
                clock.instant().plusSeconds(360),
                new BigDecimal("0.68"),
                new BigDecimal("0.76")));
        SecurityStatusRequest request = new SecurityStatusRequest();
        request.setString(324, "S1");
        request.setString(55, "VOD");
        request.setString(207, "XLON");
        request.setString(263, "1");
        client.send(request);

        assertThat(client.next("f").getInt(326)).isEqualTo(17);
        clock.advanceSeconds(61);
        Message halted = client.next("f");
        assertThat(halted.getInt(326)).isEqualTo(2);
        assertThat(halted.getString(324)).isEqualTo("S1");
        clock.advanceSeconds(300);
        Message resumed = client.next("f");
        assertThat(resumed.getInt(326)).isEqualTo(3);
        assertThat(resumed.getDecimal(333)).isEqualByComparingTo("0.68");
        assertThat(resumed.getDecimal(332)).isEqualByComparingTo("0.76");
    }

    private static Message request(String kind, String symbol, String mic) {
        MarketDataRequest request = new MarketDataRequest();
        request.setString(262, "R1");
        request.setString(263, kind);
        request.setInt(264, 1);
        for (String type : new String[] {"0", "1", "2"}) {
            Group entry = new MarketDataRequest.NoMDEntryTypes();
            entry.setString(269, type);
            request.addGroup(entry);
        }
        Group instrument = new MarketDataRequest.NoRelatedSym();
        instrument.setString(55, symbol);
        instrument.setString(207, mic);
        request.addGroup(instrument);
        return request;
    }
}
