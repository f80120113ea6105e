package org.tradesuite.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tradesuite.execution.House.Reply;

/** A decision waits for somebody of risk, met at the front door. The market says 9.206; the collar is a few percent. */
class HoldHouseTest {
    @RegisterExtension
    private static final HouseOfOneBroker DESK = new HouseOfOneBroker("FIX.4.2", "ALFA");

    private static String held(String key) throws Exception {
        Reply reply = DESK.house.decide(key, House.decision("limitPrice", "20.00"));
        assertThat(reply.status()).isEqualTo(201);
        assertThat(reply.body().path("status").asString("")).isEqualTo("HELD");
        assertThat(reply.body().path("hold").path("version").asInt()).isEqualTo(1);
        // To the letter what anybody reads of it.
        assertThat(read(id(reply)).body()).isEqualTo(reply.body());
        return id(reply);
    }

    private static String id(Reply reply) {
        return reply.body().path("decisionId").asString("");
    }

    private static Reply read(String id) throws Exception {
        return DESK.house.get("trader", "/decisions/" + id);
    }

    private static Reply judge(String user, String id, String how, String body) throws Exception {
        return DESK.house.post(user, "/decisions/" + id + "/" + how, "application/json", body, Map.of());
    }

    private static Reply override(String user, String id, int version) throws Exception {
        return judge(user, id, "override", "{\"version\":" + version + ",\"reason\":\"The client confirmed it.\"}");
    }

    @Test
    void risk_sees_it_waiting_and_lets_it_pass() throws Exception {
        String id = held("hold-pass-1");
        assertThat(DESK.house
                        .get("risk", "/decisions?status=HELD")
                        .body()
                        .path("items")
                        .valueStream()
                        .map(each -> each.path("decisionId").asString("")))
                .contains(id);
        Reply passed = override("risk", id, 1);
        assertThat(passed.status()).isEqualTo(200);
        assertThat(passed.body().path("status").asString("")).isEqualTo("ACCEPTED");
        assertThat(passed.body().path("orderId").asString("")).isEqualTo("O" + id);
        assertThat(passed.body().path("receivedBy").asString("")).isEqualTo("trader");
        assertThat(passed.body().path("hold").path("end").asString("")).isEqualTo("OVERRIDDEN");
        assertThat(passed.body().path("hold").path("decidedBy").asString("")).isEqualTo("risk");
        assertThat(passed.body().path("hold").path("decidedReason").asString(""))
                .isEqualTo("The client confirmed it.");
        assertThat(DESK.house.get("trader", "/orders/O" + id).status()).isEqualTo(200);
        // The same key gets the decision as it is by now.
        assertThat(DESK.house
                        .decide("hold-pass-1", House.decision("limitPrice", "20.00"))
                        .body())
                .isEqualTo(read(id).body());
    }

    @Test
    void risk_refuses_it() throws Exception {
        String id = held("hold-refuse-1");
        Reply refused = judge("risk", id, "refuse", "{\"reason\":\"A typing error.\"}");
        assertThat(refused.status()).isEqualTo(200);
        assertThat(refused.body().path("status").asString("")).isEqualTo("REFUSED");
        assertThat(refused.body().path("hold").path("end").asString("")).isEqualTo("REFUSED");
        assertThat(refused.body().path("refusals").path(0).path("code").asString(""))
                .isEqualTo("PRICE_OUTSIDE_COLLAR");
        assertThat(override("risk", id, 1).code()).isEqualTo("CONFLICT");
    }

    @Test
    void whoever_handed_it_in_withdraws_it() throws Exception {
        String id = held("hold-withdraw-1");
        Reply withdrawn = judge("trader", id, "refuse", "{\"reason\":\"Meant 9.20.\"}");
        assertThat(withdrawn.body().path("hold").path("end").asString("")).isEqualTo("WITHDRAWN");
    }

    @ParameterizedTest
    @CsvSource({"trader, 403", "operations, 403", "compliance, 403"})
    void nobody_but_risk_lets_it_pass(String user, int status) throws Exception {
        String id = held("hold-role-" + user);
        assertThat(override(user, id, 1).status()).isEqualTo(status);
        assertThat(read(id).body().path("status").asString("")).isEqualTo("HELD");
        assertThat(judge("risk", id, "refuse", "{\"reason\":\"Enough.\"}").status())
                .isEqualTo(200);
    }

    @Test
    void another_version_than_the_one_looked_at_is_stale() throws Exception {
        String id = held("hold-stale-1");
        Reply stale = override("risk", id, 2);
        assertThat(stale.status()).isEqualTo(409);
        assertThat(stale.code()).isEqualTo("STALE_VERSION");
        assertThat(read(id).body().path("status").asString("")).isEqualTo("HELD");
        assertThat(judge("risk", id, "refuse", "{\"reason\":\"Enough.\"}").status())
                .isEqualTo(200);
    }

    @Test
    void without_a_reason_nobody_lets_anything_pass() throws Exception {
        String id = held("hold-reason-1");
        assertThat(judge("risk", id, "override", "{\"version\":1}").code()).isEqualTo("MISSING_FIELD");
        assertThat(judge("risk", id, "refuse", "{\"reason\":\"Enough.\"}").status())
                .isEqualTo(200);
    }

    @Test
    void what_is_not_there_is_not_let_pass() throws Exception {
        assertThat(override("risk", "DNONE", 1).code()).isEqualTo("NOT_FOUND");
    }
}
