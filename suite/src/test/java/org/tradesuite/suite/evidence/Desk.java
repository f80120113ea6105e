package org.tradesuite.suite.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import java.util.function.Predicate;
import org.tradesuite.suite.door.FrontDoor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A person at the front door. */
final class Desk {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final FrontDoor door;
    private int keys;

    Desk(FrontDoor door) {
        this.door = door;
    }

    FrontDoor door() {
        return door;
    }

    JsonNode buys(String instrument, String quantity, String limit) throws InterruptedException {
        return decides("BUY", instrument, quantity, limit);
    }

    JsonNode decides(String side, String instrument, String quantity, String limit) throws InterruptedException {
        return posts("/execution/decisions", """
            {"accountId": "GEQ1", "strategyId": "VALUE", "traderId": "apatel", "instrumentId": "%s", "side": "%s",
             "quantity": "%s", "algo": "IMMEDIATE", %s}
            """.formatted(
                        instrument,
                        side,
                        quantity,
                        limit.isEmpty()
                                ? "\"orderType\": \"MARKET\""
                                : "\"orderType\": \"LIMIT\", \"limitPrice\": \"" + limit + "\""));
    }

    /** What was answered; each call with a key of its own. */
    JsonNode posts(String path, String body) throws InterruptedException {
        keys++;
        var answer = door.post(
                path,
                body,
                Map.of("Content-Type", "application/json", "Idempotency-Key", "evidence-" + hashCode() + "-" + keys));
        assertThat(answer.statusCode())
                .as(path + " " + body + ": " + answer.body())
                .isBetween(200, 299);
        return JSON.readTree(answer.body());
    }

    void waitsForRoute(String order, Predicate<String> status) {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> door.orders().getOrder(order).getRoutes().stream()
                        .anyMatch(route -> status.test(route.getStatus().getValue())));
    }
}
