package org.tradesuite.execution.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a client hears of an order that waits for a person of ours: it is pending new until it is new or rejected. */
class ClientHoldTest {
    private final ClientStory client = new ClientStory();
    private final DeskStory desk = client.desk;

    private ClientStory tooDear(String id) {
        return client.sends(id, "1000", "120");
    }

    @Test
    void it_is_pending_new_and_then_new() {
        tooDear("C1");
        assertThat(client.hears()).containsExactly("PENDING_NEW/PENDING_NEW C1 38=1000 14=0 151=1000");
        desk.overrides("riley", "DC1", 1);
        assertThat(client.hears()).containsExactly("NEW/NEW C1 38=1000 14=0 151=1000");
        desk.acknowledges("ODC1-1-1").fills("ODC1-1-1", "1000", "119");
        assertThat(client.hears()).containsExactly("TRADE/FILLED C1 38=1000 14=1000 151=0 6=119 32=1000 31=119");
    }

    @Test
    void refused_by_risk_it_is_rejected() {
        tooDear("C1");
        client.hears();
        desk.refuses("riley", "DC1");
        assertThat(client.hears()).containsExactly("REJECTED/REJECTED C1 38=1000 14=0 151=0 103=0");
    }

    @Test
    void when_nobody_decides_it_is_rejected() {
        tooDear("C1");
        client.hears();
        desk.later(Duration.ofHours(1));
        assertThat(client.hears()).containsExactly("REJECTED/REJECTED C1 38=1000 14=0 151=0 103=0");
    }

    @Test
    void the_close_of_the_day_rejects_it() {
        tooDear("C1");
        client.hears();
        desk.closes();
        assertThat(client.hears()).containsExactly("REJECTED/REJECTED C1 38=1000 14=0 151=0 103=0");
    }

    @Test
    void held_again_it_is_told_nothing_new() {
        tooDear("C1");
        client.hears();
        desk.quotes("95.99", "96.01").overrides("riley", "DC1", 1);
        assertThat(client.hears()).isEmpty();
    }

    @Test
    void its_client_cancels_it() {
        tooDear("C1");
        client.hears();
        client.cancels("C2", "C1");
        assertThat(client.hears()).containsExactly("CANCELED/CANCELED C2,C1 38=1000 14=0 151=0");
        desk.overrides("riley", "DC1", 1);
        assertThat(desk.answer()).isInstanceOf(Effect.Outcome.Refused.class);
    }

    @Test
    void it_cannot_be_replaced() {
        tooDear("C1");
        client.hears();
        client.replaces("C2", "C1", "500", "120");
        assertThat(client.hears()).containsExactly("REFUSED/PENDING_NEW C2,C1 434=2 102=2");
        assertThat(desk.desk.state().held("DC1")).isNotNull();
    }

    @Test
    void asked_about_it_is_pending_new() {
        tooDear("C1");
        client.gets(new ClientMessage.StatusQuestion(ClientStory.CLIENT, "C1", "Q1", ClientStory.terms("1000", "120")));
        assertThat(client.isAnswered()).containsExactly("ORDER_STATUS/PENDING_NEW C1 38=1000 14=0 151=1000 Q1 1 last");
        client.gets(new ClientMessage.MassQuestion(ClientStory.CLIENT, "Q2", null));
        assertThat(client.isAnswered()).containsExactly("ORDER_STATUS/PENDING_NEW C1 38=1000 14=0 151=1000 Q2 1 last");
        client.gets(new ClientMessage.MassQuestion(ClientStory.CLIENT, "Q3", House.VOD));
        assertThat(client.isAnswered()).containsExactly("ORDER_STATUS/PENDING_NEW C1 38=1000 14=0 151=1000 Q3 1 last");
    }

    @Test
    void sent_again_as_a_possible_resend_it_is_pending_new() {
        tooDear("C1");
        client.hears();
        client.gets(client.order("C1", "1000", "120", true, 10));
        assertThat(client.isAnswered()).containsExactly("ORDER_STATUS/PENDING_NEW C1 38=1000 14=0 151=1000");
    }

    @Test
    void it_counts_among_the_open_orders() {
        tooDear("C1");
        client.hears();
        client.gets(client.order("C2", "10", null, false, 1));
        assertThat(client.hears()).containsExactly("REJECTED/REJECTED C2 38=10 14=0 151=0 103=3");
    }

    @Test
    void a_cut_line_takes_it_back() {
        tooDear("C1");
        client.hears();
        client.gets(new ClientMessage.Gone(ClientStory.CLIENT));
        assertThat(client.hears()).containsExactly("CANCELED/CANCELED C1 38=1000 14=0 151=0");
        assertThat(desk.desk.state().held()).isEmpty();
    }

    @Test
    void a_restart_remembers_who_waits() {
        tooDear("C1");
        client.hears();
        var again = desk.restarted();
        assertThat(again.desk.state().clients().waitingOf(ClientStory.CLIENT)).hasSize(1);
        again.refuses("riley", "DC1");
        assertThat(again.facts()).filteredOn(ClientFact.Told.class::isInstance).hasSize(2);
        assertThat(again.desk.state().clients().waitingOf(ClientStory.CLIENT)).isEmpty();
    }
}
