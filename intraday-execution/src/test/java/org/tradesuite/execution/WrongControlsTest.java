package org.tradesuite.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.tradesuite.execution.House.Reply;

/**
 * What is wrong about limits, mandates and stops is answered with a closed code, what is wrong and what to do, and nothing
 * is changed by it.
 */
class WrongControlsTest {

    @RegisterExtension
    private static final HouseOfOneBroker DESK = new HouseOfOneBroker("FIX.4.4", "BRAVO");

    private static final String QUANTITY = "\"rule\":\"MAX_ORDER_QUANTITY\",\"scope\":\"ACCOUNT\",\"scopeId\":\"GEQ1\"";
    private static final String MANDATES =
            "mandate_id,version,valid_from,valid_until,rule,dimension,value,percent,reason\n";
    private static final String LIMITS = "scope,scope_id,kind,amount,currency,valid_from,valid_until,reason\n";
    private static int keys;

    @TempDir
    private Path folder;

    /** The limits, their changes, the mandates, the switches, and what the journal has of them. */
    private static String everything(House house) throws Exception {
        var limits = house.get("risk", "/limits").body();
        return String.join(
                "\n",
                limits.path("version").toString(),
                limits.path("items").toString(),
                house.get("risk", "/limit-changes?limit=1000").raw().body(),
                house.get("risk", "/switches").raw().body(),
                house.one("select coalesce(string_agg(each::text, '|' order by each::text), '')"
                        + " from reference.mandate_rule as each"),
                house.one("select coalesce(string_agg(each::text, '|' order by each::text), '')"
                        + " from reference.risk_limit as each"),
                house.one("select count(*) from journal.event where type ~ '^(limits|switch|reopening|reference)'"));
    }

    private static void refused(Callable<Reply> attempt, int status, String code, String what, String whatToDo)
            throws Exception {
        refused(DESK.house, attempt, status, code, what, whatToDo);
    }

    private static void refused(
            House house, Callable<Reply> attempt, int status, String code, String what, String whatToDo)
            throws Exception {
        var before = everything(house);
        Reply reply = attempt.call();
        assertThat(reply.status()).as(reply.raw().body()).isEqualTo(status);
        assertThat(reply.code()).isEqualTo(code);
        assertThat(reply.raw().headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(reply.body().path("detail").asString("")).contains(what).contains(whatToDo);
        assertThat(everything(house)).isEqualTo(before);
    }

    // What people do

    private static Reply proposes(String item) throws Exception {
        return proposes(item, "");
    }

    private static Reply proposes(String item, String validity) throws Exception {
        var version = DESK.house.get("risk", "/limits").body().path("version").asLong(-1);
        return DESK.house.post(
                "risk",
                "/limit-changes",
                "application/json",
                "{\"version\":" + version + ",\"reason\":\"for the afternoon\"" + validity + ",\"items\":[{" + item
                        + "}]}",
                Map.of());
    }

    private static Reply decides(String user, String change, String how) throws Exception {
        return DESK.house.post(
                user,
                "/limit-changes/" + change + "/" + how,
                "application/json",
                "{\"reason\":\"looked at it\"}",
                Map.of());
    }

    /** A change that waits. */
    private static String proposed(String item, String validity) throws Exception {
        Reply reply = proposes(item, validity);
        assertThat(reply.status()).as(reply.raw().body()).isEqualTo(201);
        return reply.body().path("changeId").asString("");
    }

    private static Reply imports(House house, String kind, String csv) throws Exception {
        return house.post("operations", "/reference-imports/" + kind, "text/csv", csv, Map.of());
    }

    private static Reply stops(String user, String scope, String state) throws Exception {
        return DESK.house.post(
                user,
                "/switches",
                "application/json",
                "{\"scope\":{" + scope + "},\"state\":\"" + state
                        + "\",\"cancelling\":false,\"reason\":\"prices look wrong\"}",
                Map.of("Idempotency-Key", "wrong-control-" + ++keys));
    }

    private static String inHours(long hours) {
        return DESK.house
                .clock
                .instant()
                .truncatedTo(ChronoUnit.MICROS)
                .plus(Duration.ofHours(hours))
                .toString();
    }

    // Limits

    @Test
    void a_limit_of_money_without_a_currency_changes_nothing() throws Exception {
        refused(
                () -> proposes("\"rule\":\"MAX_ORDER_NOTIONAL\",\"scope\":\"FIRM\",\"value\":\"1000\""),
                400,
                "INVALID_VALUE",
                "MAX_ORDER_NOTIONAL",
                "currency");
    }

    @Test
    void a_limit_of_an_unknown_scope_changes_nothing() throws Exception {
        refused(
                () -> proposes("\"rule\":\"MAX_ORDER_QUANTITY\",\"scope\":\"ROOM\",\"scopeId\":\"X\",\"value\":\"1\""),
                400,
                "INVALID_VALUE",
                "$.items[0].scope has a value that is not one of the contract's",
                "send one of FIRM, DESK");
    }

    @Test
    void a_limit_of_somebody_unknown_changes_nothing() throws Exception {
        refused(
                () -> proposes(
                        "\"rule\":\"MAX_ORDER_QUANTITY\",\"scope\":\"ACCOUNT\",\"scopeId\":\"NOBODY\",\"value\":\"1\""),
                422,
                "LIMIT_UNKNOWN",
                "No ACCOUNT NOBODY is in the reference data",
                "Correct it");
    }

    @Test
    void a_limit_of_an_unknown_kind_changes_nothing() throws Exception {
        refused(
                () -> proposes("\"rule\":\"MAX_FUN\",\"scope\":\"FIRM\",\"value\":\"1\""),
                422,
                "LIMIT_UNKNOWN",
                "There is no rule MAX_FUN",
                "Read GET /limits");
    }

    @Test
    void a_negative_limit_changes_nothing() throws Exception {
        refused(() -> proposes(QUANTITY + ",\"value\":\"-1\""), 400, "INVALID_VALUE", "-1", "");
    }

    @Test
    void a_change_that_ends_before_it_begins_changes_nothing() throws Exception {
        var validity = ",\"validFrom\":\"" + inHours(2) + "\",\"validUntil\":\"" + inHours(1) + "\"";
        refused(
                () -> proposes(QUANTITY + ",\"value\":\"5000\"", validity),
                400,
                "INVALID_VALUE",
                "which is not after its beginning",
                "ends at");
    }

    @Test
    void a_change_that_would_overlap_a_version_decided_earlier_changes_nothing() throws Exception {
        var other = QUANTITY.replace("GEQ1", "GEQ2");
        var later = proposed(other + ",\"value\":\"7000\"", ",\"validFrom\":\"" + inHours(3) + "\"");
        assertThat(decides("compliance", later, "approve").status()).isEqualTo(200);
        var over = proposed(other + ",\"value\":\"8000\"", ",\"validUntil\":\"" + inHours(5) + "\"");
        refused(
                () -> decides("compliance", over, "approve"),
                400,
                "INVALID_VALUE",
                "Another version of Limit MAX_ORDER_QUANTITY of ACCOUNT GEQ2 begins at",
                "reject it, and propose one that ends by then");
        decides("compliance", over, "reject");
    }

    @Test
    void an_approval_by_the_maker_changes_nothing() throws Exception {
        var change = proposed(QUANTITY + ",\"value\":\"4001\"", "");
        refused(
                () -> decides("risk", change, "approve"),
                403,
                "MAKER_IS_CHECKER",
                "risk proposed it",
                "somebody else has to approve or reject it");
        decides("risk", change, "withdraw");
    }

    @Test
    void an_approval_of_a_change_that_is_not_there_changes_nothing() throws Exception {
        refused(
                () -> decides("compliance", "99999", "approve"),
                404,
                "NOT_FOUND",
                "There is no such change",
                "GET /limit-changes");
    }

    @Test
    void an_approval_of_a_change_that_is_withdrawn_changes_nothing() throws Exception {
        var change = proposed(QUANTITY + ",\"value\":\"4002\"", "");
        assertThat(decides("risk", change, "withdraw").status()).isEqualTo(200);
        refused(
                () -> decides("compliance", change, "approve"),
                409,
                "CONFLICT",
                "was WITHDRAWN by risk",
                "Nothing is changed twice");
    }

    @Test
    void an_approval_of_a_limit_that_is_no_longer_what_it_was_changes_nothing() throws Exception {
        var first = proposed(QUANTITY + ",\"value\":\"4003\"", "");
        var second = proposed(QUANTITY + ",\"value\":\"4004\"", "");
        assertThat(decides("compliance", first, "approve").status()).isEqualTo(200);
        refused(
                () -> decides("compliance", second, "approve"),
                409,
                "STALE_VERSION",
                "is no longer what it was",
                "propose it anew");
        decides("risk", second, "withdraw");
    }

    @Test
    void a_withdrawal_by_somebody_else_changes_nothing() throws Exception {
        var change = proposed(QUANTITY + ",\"value\":\"4005\"", "");
        refused(() -> decides("compliance", change, "withdraw"), 403, "FORBIDDEN", "", "");
        assertThat(decides("compliance", change, "reject").status()).isEqualTo(200);
    }

    // Files

    @Test
    void a_file_of_limits_with_one_bad_row_changes_nothing() throws Exception {
        try (var house = new House(folder, List.of("--execution.fix.sessions="))) {
            refused(
                    house,
                    () -> imports(
                            house,
                            "risk_limit",
                            LIMITS + "FIRM,*,MAX_ORDER_QUANTITY,1000000,,2024-01-01,,policy\n"
                                    + "FIRM,*,MAX_ORDER_NOTIONAL,-5,GBP,2024-01-01,,policy\n"),
                    422,
                    "FILE_REFUSED",
                    "1 of 2 rows cannot be taken",
                    "Correct it and send all of it again. The first is in line 3");
            refused(
                    house,
                    () -> imports(
                            house,
                            "risk_limit",
                            LIMITS + "FIRM,*,MAX_ORDER_QUANTITY,1000000,,2024-01-01,2025-01-01,policy\n"
                                    + "FIRM,*,MAX_ORDER_QUANTITY,2000000,,2024-06-01,,overlaps\n"),
                    422,
                    "FILE_REFUSED",
                    "MAX_ORDER_QUANTITY",
                    "The first is in line 3");
        }
    }

    @Test
    void a_file_of_mandates_that_is_not_csv_names_line_and_column_and_changes_nothing() throws Exception {
        refused(
                () -> imports(
                        DESK.house,
                        "mandate_rule",
                        MANDATES + "GROWTH,1,2024-01-01,,MAX_WEIGHT,ISSUER,*,25,deed\n"
                                + "GROWTH,1,2024-01-01,,MAX_WEIGHT,SECTOR,*,40,\"deed\n"
                                + "GROWTH,1,2024-01-01,,MAX_WEIGHT,COUNTRY,*,60,deed\n"),
                422,
                "FILE_REFUSED",
                "the quote in line 3, column 45 is never closed",
                "send all of it again");
    }

    @Test
    void a_file_of_mandates_with_a_wrong_number_names_line_and_column_and_changes_nothing() throws Exception {
        refused(
                () -> imports(
                        DESK.house,
                        "mandate_rule",
                        MANDATES + "GROWTH,1,2024-01-01,,MAX_WEIGHT,ISSUER,*,25,deed\n"
                                + "GROWTH,1,2024-01-01,,MAX_WEIGHT,SECTOR,*,a lot,deed\n"),
                422,
                "FILE_REFUSED",
                "line 3: Column percent: 'a lot' is not a decimal number",
                "send digits");
    }

    @Test
    void a_file_of_mandates_whose_versions_overlap_changes_nothing() throws Exception {
        refused(
                () -> imports(
                        DESK.house,
                        "mandate_rule",
                        MANDATES + "GROWTH,1,2024-01-01,2026-01-01,MAX_WEIGHT,ISSUER,*,25,deed\n"
                                + "GROWTH,2,2025-01-01,,MAX_WEIGHT,ISSUER,*,50,deed\n"),
                422,
                "FILE_REFUSED",
                "1 of 2 rows cannot be taken",
                "line 3");
    }

    // Stops

    @Test
    void a_stop_of_an_unknown_part_changes_nothing() throws Exception {
        refused(() -> stops("risk", "\"colour\":\"RED\"", "HALTED"), 400, "UNKNOWN_FIELD", "colour", "");
    }

    @Test
    void a_stop_of_somebody_unknown_changes_nothing() throws Exception {
        refused(
                () -> stops("risk", "\"accountId\":\"NONE\"", "HALTED"),
                422,
                "SWITCH_SCOPE_UNKNOWN",
                "There is no account NONE",
                "");
    }

    @Test
    void a_stop_to_no_state_changes_nothing() throws Exception {
        refused(() -> stops("risk", "", "ASLEEP"), 400, "INVALID_VALUE", "$.state", "send one of REDUCING, HALTED");
    }

    @Test
    void a_stop_cannot_be_opened_by_whoever_asked_for_it() throws Exception {
        assertThat(stops("risk", "\"accountId\":\"GEQ2\"", "HALTED").status()).isEqualTo(200);
        refused(
                () -> DESK.house.post(
                        "risk",
                        "/switches/account=GEQ2/reopen/approve",
                        "application/json",
                        "{\"reason\":\"yes\"}",
                        Map.of()),
                409,
                "SWITCH_NOT_TO_REOPEN",
                "Nobody has asked",
                "ask with POST /switches/account=GEQ2/reopen");
        assertThat(DESK.house
                        .post(
                                "risk",
                                "/switches/account=GEQ2/reopen",
                                "application/json",
                                "{\"to\":\"ACTIVE\",\"reason\":\"mended\"}",
                                Map.of())
                        .status())
                .isEqualTo(202);
        refused(
                () -> DESK.house.post(
                        "risk",
                        "/switches/account=GEQ2/reopen/approve",
                        "application/json",
                        "{\"reason\":\"yes\"}",
                        Map.of()),
                403,
                "MAKER_IS_CHECKER",
                "risk asked for it",
                "somebody else has to approve");
    }
}
