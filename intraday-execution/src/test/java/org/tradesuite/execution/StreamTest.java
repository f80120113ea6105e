package org.tradesuite.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tradesuite.execution.fix.BrokerAcceptor;

/** What happens is told to whoever listens; whoever was away hears what was missed. */
class StreamTest {
    @TempDir
    private Path folder;

    /** Reads a stream line by line until it is closed. */
    private static final class Listener implements AutoCloseable {
        final List<String> lines = new CopyOnWriteArrayList<>();
        private final Stream<String> stream;

        Listener(House house, String lastEventId) throws Exception {
            var request = HttpRequest.newBuilder(house.uri("/stream")).header("Authorization", House.basic("trader"));
            if (!lastEventId.isEmpty()) {
                request.header("Last-Event-ID", lastEventId);
            }
            HttpResponse<Stream<String>> response =
                    HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofLines());
            assertThat(response.statusCode()).isEqualTo(200);
            stream = response.body();
            Thread.ofVirtual().start(() -> {
                try {
                    stream.forEach(lines::add);
                } catch (java.io.UncheckedIOException closed) {
                    lines.add("closed");
                }
            });
        }

        void hears(String text) {
            Awaitility.await("hears " + text)
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> lines.stream().anyMatch(line -> line.contains(text)));
        }

        String lastId() {
            return lines.stream()
                    .filter(line -> line.startsWith("id:"))
                    .reduce((one, later) -> later)
                    .orElse("id:0")
                    .substring(3)
                    .strip();
        }

        @Override
        public void close() {
            stream.close();
        }
    }

    @Test
    void orders_and_fills_are_heard_as_they_commit_and_again_after_an_absence() throws Exception {
        try (var broker = BrokerAcceptor.start("FIX.4.2", "ALFA", folder.resolve("broker"));
                var house = new House(
                                folder,
                                List.of(
                                        "--execution.fix.sessions=ALFA",
                                        "--execution.fix.session.ALFA.port=" + broker.port))
                        .morning()) {
            String before;
            String order;
            try (var listener = new Listener(house, "")) {
                listener.hears("listening");
                order = house.decide("stream-1", House.decision())
                        .body()
                        .path("orderId")
                        .asString("");
                listener.hears("event:DECISION");
                listener.hears("event:ORDER");
                listener.hears("event:ROUTE");
                before = listener.lastId();
            }
            String clOrdId = broker.message("D", 1).getString(11);
            broker.say("35=8|37=B1|11=" + clOrdId + "|17=E1|20=0|150=1|39=1|55=HSBA|54=1|38=1000|44=9.21|32=400|31=9.20"
                    + "|14=400|151=600|6=9.20|60=20260302-10:00:05.000");
            house.orderWhen(order, "PARTIALLY_FILLED");
            try (var listener = new Listener(house, before)) {
                listener.hears("event:FILL");
                listener.hears("event:POSITION");
                listener.hears("event:CASH");
                listener.hears("\"executedQuantity\":\"400\"");
            }
        }
    }

    private static String proposed(House house, String validity) throws Exception {
        var version = house.get("risk", "/limits").body().path("version").asLong(-1);
        return house.post(
                        "risk",
                        "/limit-changes",
                        "application/json",
                        "{\"version\":" + version + ",\"reason\":\"for the afternoon\"" + validity
                                + ",\"items\":[{\"rule\":\"MAX_ORDER_QUANTITY\",\"scope\":\"ACCOUNT\",\"scopeId\":\"GEQ1\","
                                + "\"value\":\"1234\"}]}",
                        Map.of())
                .body()
                .path("changeId")
                .asString("");
    }

    private static void decides(House house, String user, String change, String how) throws Exception {
        assertThat(house.post(
                                user,
                                "/limit-changes/" + change + "/" + how,
                                "application/json",
                                "{\"reason\":\"looked at it\"}",
                                Map.of())
                        .status())
                .isEqualTo(200);
    }

    @Test
    void changes_of_limits_are_heard_from_the_proposal_to_the_return_of_a_raise() throws Exception {
        try (var house = new House(folder, List.of("--execution.fix.sessions=")).morning();
                var listener = new Listener(house, "")) {
            listener.hears("listening");
            var mistaken = proposed(house, "");
            listener.hears("\"status\":\"PROPOSED\"");
            decides(house, "risk", mistaken, "withdraw");
            listener.hears("\"status\":\"WITHDRAWN\"");
            decides(house, "compliance", proposed(house, ""), "reject");
            listener.hears("\"status\":\"REJECTED\"");
            assertThat(listener.lines).doesNotContain("event:LIMITS");
            var until = house.clock.instant().truncatedTo(ChronoUnit.MICROS).plus(Duration.ofMinutes(10));
            decides(house, "compliance", proposed(house, ",\"validUntil\":\"" + until + "\""), "approve");
            listener.hears("\"status\":\"APPROVED\"");
            listener.hears("event:LIMITS");
            var told = listener.lines.stream().filter("event:LIMITS"::equals).count();
            house.clock.forward(Duration.ofMinutes(11));
            Awaitility.await("that it returned")
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> listener.lines.stream()
                                    .filter("event:LIMITS"::equals)
                                    .count()
                            == told + 1);
        }
    }

    @Test
    void an_id_that_is_no_number_is_refused() throws Exception {
        try (var house = new House(folder, List.of("--execution.fix.sessions="))) {
            var reply = house.streamReply("yesterday");
            assertThat(reply.statusCode()).isEqualTo(400);
        }
    }
}
