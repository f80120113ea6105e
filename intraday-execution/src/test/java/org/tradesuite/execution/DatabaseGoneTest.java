package org.tradesuite.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tradesuite.execution.House.Reply;
import org.tradesuite.execution.fix.BrokerAcceptor;

/** The database is away for ten seconds while orders work: nothing is decided, nothing is lost, all goes on after. */
class DatabaseGoneTest {
    @TempDir
    private Path folder;

    @Test
    void a_caller_is_told_to_come_back_and_a_fill_is_booked_when_the_database_is_there_again() throws Exception {
        try (var broker = BrokerAcceptor.start("FIX.4.2", "ALFA", folder.resolve("broker"));
                var house = new House(
                                folder,
                                List.of(
                                        "--execution.fix.sessions=ALFA",
                                        "--execution.fix.session.ALFA.port=" + broker.port))
                        .morning()) {
            String token = "Bearer "
                    + house.post("trader", "/tokens", "application/json", "", Map.of())
                            .body()
                            .path("accessToken")
                            .asString("");
            String order = house.decide("before-1", House.decision())
                    .body()
                    .path("orderId")
                    .asString("");
            String clOrdId = broker.message("D", 1).getString(11);

            house.databaseLine.cut();
            long cutAt = System.nanoTime();
            broker.say(
                    "35=8|37=B1|11=" + clOrdId + "|17=E1|20=0|150=2|39=2|55=HSBA|54=1|38=1000|44=9.21|32=1000|31=9.20"
                            + "|14=1000|151=0|6=9.20|60=20260302-10:00:05.000");
            String body = House.decision("quantity", "700");
            Reply refused = house.write(
                    "POST", token, "/decisions", "application/json", body, Map.of("Idempotency-Key", "during-1"));
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.code()).isEqualTo("DATABASE_UNAVAILABLE");
            assertThat(refused.raw().headers().firstValue("Retry-After")).isPresent();
            assertThat(broker.heardOf("D")).hasSize(1);
            Awaitility.await("ten seconds without a database")
                    .atMost(Duration.ofSeconds(30))
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() ->
                            System.nanoTime() - cutAt > Duration.ofSeconds(10).toNanos());
            house.databaseLine.mend();

            house.orderWhen(order, "FILLED");
            Reply accepted = Awaitility.await("the same request again")
                    .atMost(Duration.ofSeconds(30))
                    .until(
                            () -> house.write(
                                    "POST",
                                    token,
                                    "/decisions",
                                    "application/json",
                                    body,
                                    Map.of("Idempotency-Key", "during-1")),
                            reply -> reply.status() == 201);
            assertThat(accepted.body().path("status").asString("")).isEqualTo("ACCEPTED");
            assertThat(broker.message("D", 2).getString(38)).isEqualTo("700");
            assertThat(house.get("trader", "/decisions").body().path("items")).hasSize(2);
            assertThat(broker.heardOf("D")).hasSize(2);
        }
    }
}
