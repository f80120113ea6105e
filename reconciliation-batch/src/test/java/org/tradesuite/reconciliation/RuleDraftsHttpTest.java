package org.tradesuite.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Drafts of layouts and passes that are wrong: none is taken, and everything wrong is told. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RuleDraftsHttpTest {

    private Desk desk;
    private Clerks clerks;

    @BeforeAll
    void open(@TempDir Path folder) {
        desk = new Desk(folder);
        clerks = new Clerks(desk);
        desk.open();
    }

    @AfterAll
    void close() {
        clerks.close();
        desk.close();
    }

    @ParameterizedTest(name = "{2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"account\",\"instrument\" | \"acount\",\"instrument\" | COLUMN_UNKNOWN | $.passes.passes[1].keys[0]",
                "\"kind\":\"UNIQUE\" | \"kind\":\"LIKE\" | OPERATOR_UNKNOWN | $.passes.passes[1].kind",
                "\"unit\":\"BASIS_POINTS\" | \"unit\":\"PERCENT\" | OPERATOR_UNKNOWN |"
                        + " $.passes.passes[1].tolerances[0].unit",
                "\"most\":\"100\" | \"most\":\"-1\" | TOLERANCE_NEGATIVE | $.passes.passes[1].tolerances[0].most",
                "\"minorUnits\":2 | \"minorUnits\":-2 | TOLERANCE_NEGATIVE | $.passes.differences.minorUnits",
                "\"name\":\"REFERENCE\" | \"name\":\"TOLERANCE\" | INVALID_VALUE | $.passes.passes[1].name",
                "\"references\":\"references\", | `` | INVALID_VALUE | $.passes.passes[0]",
                "\"column\":\"price\" | \"column\":\"settles\" | INVALID_VALUE | $.passes.passes[1]",
                "\"validFrom\":\"2026-11-20\" | \"validFrom\":\"1999-01-01\" | VALIDITY_OVERLAPS | $.validFrom",
                "\"validFrom\":\"2026-11-20\" | \"validFrom\":\"2026-11-20\",\"validTo\":\"2026-12-20\" |"
                        + " VALIDITY_OVERLAPS | $.validFrom",
                "\"validFrom\":\"2026-11-20\" | \"validFrom\":\"2026-11-20\",\"validTo\":\"2026-11-19\" |"
                        + " INVALID_VALUE | $.validTo",
            })
    void passes_that_cannot_be_matched_by_are_not_taken(String right, String wrong, String code, String field)
            throws Exception {
        var answer = clerks.call(
                "anna",
                "POST",
                "/rules/passes/versions",
                RuleDrafts.tolerance("100", "2026-11-20").replace(right, wrong));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
        assertThat(answer.body()).contains("RULES_INVALID", "\"code\":\"" + code + "\"", "\"field\":\"" + field + "\"");
        assertThat(desk.rows("select count(*) from reconciliation.rule_version where version > 1"))
                .containsExactly("0");
    }

    @Test
    void a_weaker_pass_before_a_stronger_one_is_out_of_order() throws Exception {
        var draft = RuleDrafts.tolerance("100", "2026-11-20");
        var turned =
                draft.replace(RuleDrafts.REFERENCE + ",", "").replace("}]}],", "}]}," + RuleDrafts.REFERENCE + "],");
        assertThat(clerks.call("anna", "POST", "/rules/passes/versions", turned).body())
                .contains("\"code\":\"PASSES_OUT_OF_ORDER\"", "$.passes.passes[1]");
        assertThat(clerks.call("anna", "POST", "/rules/layout-ALFA/versions", draft)
                        .body())
                .contains("a layout and no passes");
    }

    @ParameterizedTest(name = "{2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"column\":\"PRICE\" | \"column\":\"PRIZE\" | COLUMN_UNKNOWN | PRIZE",
                ",\"column\":\"PRICE\" | `` | COLUMN_MISSING | PRICE",
                "\"column\":\"FEES\" | \"column\":\"COMMISSION\" | COLUMN_TWICE | COMMISSION",
                "\"heading\":\"fees\" | \"heading\":\"net\" | COLUMN_TWICE | net",
                "\"dates\":\"uuuu-MM-dd\" | \"dates\":\"yyyy-MM-dd\" | INVALID_VALUE | uuuu",
                "\"dates\":\"uuuu-MM-dd\" | \"dates\":\"qqqqqq\" | INVALID_VALUE | no form of a date",
                "\"separator\":\",\" | \"separator\":\"a\" | INVALID_VALUE | separator",
                "\"separator\":\",\" | \"separator\":\".\" | INVALID_VALUE | is the separator, too",
                "\"decimalMark\":\".\" | \"decimalMark\":\"'\" | INVALID_VALUE | a point or a comma",
                "\"sell\":\"SELL\" | \"sell\":\"BUY\" | INVALID_VALUE | two different words",
                "\"trailer\":\"TOTAL\" | \"trailer\":\"T,O\" | INVALID_VALUE | without the separator",
            })
    void a_layout_that_cannot_be_read_by_is_not_taken(String right, String wrong, String code, String words)
            throws Exception {
        var answer = clerks.call(
                "anna",
                "POST",
                "/rules/layout-ALFA/versions",
                RuleDrafts.layout().replace(right, wrong));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
        assertThat(answer.body()).contains("\"code\":\"" + code + "\"", words);
    }

    @ParameterizedTest(name = "{2} {3}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"holds\":\"PRICE\" | \"holds\":\"PRIZE\" | COLUMN_UNKNOWN | $.dropCopyLayout.fields[15].holds",
                "{\"tag\":17,\"holds\":\"EXECUTION\"},{\"tag\":571,\"holds\":\"EXECUTION\"}, | `` | COLUMN_MISSING |"
                        + " No tag holds EXECUTION",
                "\"holds\":\"CHANGES\" | \"holds\":\"REFERENCE\" | COLUMN_MISSING | which execution it is about",
                "{\"tag\":31,\"holds\":\"SAME\"}, | `` | COLUMN_MISSING | taken for one that was sent again",
                "\"tag\":100, | \"tag\":207, | COLUMN_TWICE | $.dropCopyLayout.fields[11].tag",
                "\"where\":\"22=4\" | \"where\":\"22 is 4\" | INVALID_VALUE | $.dropCopyLayout.fields[7].where",
                "\"means\":\"NOTHING\" | \"means\":\"NIX\" | INVALID_VALUE | $.dropCopyLayout.reports[2].means",
                "\"message\":\"8\",\"where\":\"20=1\" | \"message\":\"8\" | INVALID_VALUE |"
                        + " $.dropCopyLayout.reports[1]",
                "\"means\":\"EXECUTION | \"means\":\"NOTHING | INVALID_VALUE | nothing would be compared",
                "\"sell\":[\"2\", | \"sell\":[\"1\", | INVALID_VALUE | a buy and a sell",
            })
    void a_layout_of_a_drop_copy_that_cannot_be_read_by_is_not_taken(
            String right, String wrong, String code, String words) throws Exception {
        var draft = RuleDrafts.dropCopyLayout();
        assertThat(draft).contains(right);
        var answer = clerks.call("anna", "POST", "/rules/layout-drop-copy-ALFA/versions", draft.replace(right, wrong));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
        assertThat(answer.body()).contains("\"code\":\"" + code + "\"", words);
    }

    @Test
    void a_layout_of_a_drop_copy_is_entered_as_that_and_for_a_broker_or_for_all() throws Exception {
        var draft = RuleDrafts.dropCopyLayout();
        assertThat(clerks.call("anna", "POST", "/rules/layout-ALFA/versions", draft)
                        .body())
                .contains("$.layout", "a layout and no passes");
        assertThat(clerks.call("anna", "POST", "/rules/layout-drop-copy/versions", RuleDrafts.layout())
                        .body())
                .contains("$.dropCopyLayout", "a layout of a drop copy");
        assertThat(clerks.call("anna", "POST", "/rules/layout-drop-copy-/versions", draft)
                        .statusCode())
                .isEqualTo(400);
    }
}
