package org.tradesuite.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tradesuite.execution.House.Reply;

/** Limits at the front door: risk proposes, compliance approves, and every order decided from then on is held to it. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LimitsTest {

    @RegisterExtension
    private static final HouseOfOneBroker DESK = new HouseOfOneBroker("FIX.4.4", "BRAVO");

    private static final String LIMIT = "\"rule\":\"MAX_ORDER_QUANTITY\",\"scope\":\"ACCOUNT\",\"scopeId\":\"GEQ1\"";

    @Test
    @Order(1)
    void a_limit_counts_from_its_approval_on_and_a_raise_for_a_while_returns() throws Exception {
        assertThat(decide("limits-1", "1001").body().path("status").asString(""))
                .isEqualTo("ACCEPTED");

        Reply proposed = propose("risk", version(), "", LIMIT + ",\"value\":\"1000\"");
        assertThat(proposed.status()).isEqualTo(201);
        assertThat(proposed.body().path("status").asString("")).isEqualTo("PROPOSED");
        assertThat(decide("limits-2", "1002").body().path("status").asString(""))
                .as("nobody has approved it")
                .isEqualTo("ACCEPTED");

        Reply own = approve("risk", proposed);
        assertThat(own.status()).isEqualTo(403);
        assertThat(own.code()).isEqualTo("MAKER_IS_CHECKER");
        Reply approved = approve("compliance", proposed);
        assertThat(approved.status()).isEqualTo(200);
        assertThat(approved.body().path("decidedBy").asString("")).isEqualTo("compliance");

        Reply held = decide("limits-3", "1003");
        assertThat(held.body().path("status").asString("")).isEqualTo("HELD");
        assertThat(held.raw().body()).contains("ORDER_QUANTITY_EXCEEDED");
        assertThat(decide("limits-4", "1000").body().path("status").asString(""))
                .as("at the limit")
                .isEqualTo("ACCEPTED");

        String until = DESK.house
                .clock
                .instant()
                .truncatedTo(ChronoUnit.MICROS)
                .plus(Duration.ofMinutes(10))
                .toString();
        Reply raise = propose("risk", version(), ",\"validUntil\":\"" + until + "\"", LIMIT + ",\"value\":\"2000\"");
        assertThat(approve("compliance", raise).raw().body()).contains("\"status\":\"APPROVED\"");
        assertThat(decide("limits-5", "1500").body().path("status").asString(""))
                .isEqualTo("ACCEPTED");
        DESK.house.clock.forward(Duration.ofMinutes(11));
        assertThat(decide("limits-6", "1501").raw().body())
                .as("the raise is over")
                .contains("ORDER_QUANTITY_EXCEEDED");

        Reply versions = DESK.house.get("trader", "/limit-versions?rule=MAX_ORDER_QUANTITY&scope=ACCOUNT&scopeId=GEQ1");
        assertThat(versions.body()
                        .path("items")
                        .valueStream()
                        .map(each -> each.path("value").asString("")))
                .containsExactly("1000", "2000", "1000");
    }

    @Test
    @Order(2)
    void limits_survive_a_restart_as_they_were_approved() throws Exception {
        DESK.house.restart();

        Reply now = DESK.house.get("trader", "/limits");
        assertThat(now.body().path("items").valueStream()).anySatisfy(limit -> {
            assertThat(limit.path("scopeId").asString("")).isEqualTo("GEQ1");
            assertThat(limit.path("rule").asString("")).isEqualTo("MAX_ORDER_QUANTITY");
            assertThat(limit.path("value").asString("")).isEqualTo("1000");
            assertThat(limit.path("approvedBy").asString("")).isEqualTo("compliance");
            assertThat(limit.path("enteredBy").asString("")).isEqualTo("risk");
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        "rule":"MAX_ORDER_NOTIONAL","scope":"FIRM","value":"1000"                              | 400 | INVALID_VALUE
        "rule":"MAX_ORDER_NOTIONAL","scope":"FIRM","value":"1000","unit":"PIECES"              | 400 | INVALID_VALUE
        "rule":"MAX_ORDER_QUANTITY","scope":"FIRM","value":"1000","unit":"GBP"                 | 400 | INVALID_VALUE
        "rule":"MAX_ORDER_QUANTITY","scope":"FIRM","value":"-1"                                | 400 | INVALID_VALUE
        "rule":"MAX_ORDER_QUANTITY","scope":"ROOM","scopeId":"X","value":"1"                   | 400 | INVALID_VALUE
        "rule":"MAX_ORDER_QUANTITY","scope":"ACCOUNT","scopeId":"NOBODY","value":"1"           | 422 | LIMIT_UNKNOWN
        "rule":"MAX_ORDER_QUANTITY","scope":"ACCOUNT","value":"1"                              | 422 | LIMIT_UNKNOWN
        "rule":"MAX_ORDER_QUANTITY","scope":"FIRM","scopeId":"GEQ1","value":"1"                | 422 | LIMIT_UNKNOWN
        "rule":"MAX_FUN","scope":"FIRM","value":"1"                                            | 422 | LIMIT_UNKNOWN
        "rule":"MAX_GROSS_EXPOSURE","scope":"TRADER","scopeId":"jdoe","value":"1","unit":"GBP" | 400 | INVALID_VALUE
        "rule":"MAX_ORDER_QUANTITY","scope":"FIRM","value":"1","warnAt":"2"                    | 400 | INVALID_VALUE
        "rule":"MAX_ORDER_QUANTITY","scope":"DESK","scopeId":"ASIA"                            | 400 | INVALID_VALUE
        "rule":"MAX_ORDER_QUANTITY","scope":"FIRM","value":"much"                              | 400 | INVALID_VALUE
        """)
    void a_wrong_proposal_is_told_what_is_wrong_and_changes_nothing(String item, int status, String code)
            throws Exception {
        long before = changes();

        Reply reply = propose("risk", version(), "", item);

        assertThat(reply.raw().body()).contains("\"code\":\"" + code + "\"");
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.body().path("detail").asString("")).hasSizeGreaterThan(20);
        assertThat(changes()).isEqualTo(before);
    }

    @Test
    void who_read_an_older_version_is_told() throws Exception {
        Reply stale = propose("risk", version() - 1, "", LIMIT + ",\"value\":\"5\"");

        assertThat(stale.status()).isEqualTo(409);
        assertThat(stale.code()).isEqualTo("STALE_VERSION");
    }

    @Test
    void what_was_proposed_about_a_limit_that_changed_since_is_not_approved() throws Exception {
        String item = "\"rule\":\"MAX_ORDER_QUANTITY\",\"scope\":\"ACCOUNT\",\"scopeId\":\"FAM1\",\"value\":";
        Reply first = propose("risk", version(), "", item + "\"77\"");
        Reply second = propose("risk", version(), "", item + "\"88\"");
        assertThat(approve("compliance", second).status()).isEqualTo(200);

        Reply stale = approve("compliance", first);

        assertThat(stale.status()).isEqualTo(409);
        assertThat(stale.code()).isEqualTo("STALE_VERSION");
        Reply rejected = decide("compliance", "reject", first);
        assertThat(rejected.body().path("status").asString("")).isEqualTo("REJECTED");
        Reply again = approve("compliance", first);
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.code()).isEqualTo("CONFLICT");
    }

    @Test
    void a_change_that_ends_before_it_begins_is_refused() throws Exception {
        Reply reply =
                propose("risk", version(), ",\"validUntil\":\"2020-01-01T00:00:00Z\"", LIMIT + ",\"value\":\"5\"");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.body().path("detail").asString("")).contains("not after its beginning");
    }

    @Test
    void only_risk_proposes_and_only_risk_and_compliance_decide() throws Exception {
        for (String user : new String[] {"trader", "operations", "compliance"}) {
            assertThat(propose(user, version(), "", LIMIT + ",\"value\":\"5\"").status())
                    .as(user)
                    .isEqualTo(403);
        }
        Reply proposed = propose("risk", version(), "", LIMIT + ",\"value\":\"5\"");
        assertThat(approve("trader", proposed).status()).isEqualTo(403);
        assertThat(approve("operations", proposed).status()).isEqualTo(403);
        assertThat(decide("compliance", "reject", proposed).status()).isEqualTo(200);
        assertThat(DESK.house
                        .post(
                                "compliance",
                                "/limit-changes/99999/approve",
                                "application/json",
                                "{\"reason\":\"Fine.\"}",
                                Map.of())
                        .status())
                .isEqualTo(404);
    }

    @Test
    void a_file_does_not_get_around_the_second_person() throws Exception {
        Reply reply = DESK.house.post(
                "operations",
                "/reference-imports/risk_limit",
                "text/csv",
                "scope,scope_id,kind,amount,valid_from,reason\nFIRM,*,MAX_ORDER_QUANTITY,999999999,2024-01-01,more\n",
                Map.of());

        assertThat(reply.code()).isEqualTo("FILE_REFUSED");
        assertThat(reply.raw().body()).contains("POST /limit-changes");
    }

    private static Reply decide(String key, String quantity) throws Exception {
        return DESK.house.decide(key, House.decision("quantity", quantity));
    }

    private static long version() throws Exception {
        return DESK.house.get("risk", "/limits").body().path("version").asLong(-1);
    }

    private static long changes() throws Exception {
        return DESK.house
                .get("risk", "/limit-changes?limit=1000")
                .body()
                .path("items")
                .size();
    }

    private static Reply propose(String user, long version, String validity, String item) throws Exception {
        return DESK.house.post(
                user,
                "/limit-changes",
                "application/json",
                "{\"version\":" + version + ",\"reason\":\"For the afternoon.\"" + validity + ",\"items\":[{" + item
                        + "}]}",
                Map.of());
    }

    private static Reply approve(String user, Reply proposed) throws Exception {
        return decide(user, "approve", proposed);
    }

    private static Reply decide(String user, String how, Reply proposed) throws Exception {
        return DESK.house.post(
                user,
                "/limit-changes/" + proposed.body().path("changeId") + "/" + how,
                "application/json",
                "{\"reason\":\"Agreed with the head of trading.\"}",
                Map.of());
    }
}
