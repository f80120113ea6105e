package org.tradesuite.execution.risk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tradesuite.database.DatabaseRole;
import org.tradesuite.database.LocalDatabase;
import org.tradesuite.database.LocalPostgres;
import org.tradesuite.execution.reference.LimitKind;

/** The inventory of rules that is shown to a regulator is the rules that are asked: R__execution_api_rule.sql says them. */
class InventoryTest {

    private record Said(
            String rule,
            int version,
            String askedOf,
            Optional<String> limitKind,
            Optional<String> softCode,
            String purpose) {}

    private static LocalDatabase database;
    private static List<Said> published;

    @BeforeAll
    static void read() {
        database = LocalPostgres.shared().newDatabase();
        published = JdbcClient.create(database.dataSource(DatabaseRole.REPORTING))
                .sql("select rule, rule_version, asked_of, limit_kind, soft_code, purpose"
                        + " from execution_api.rule order by place")
                .query((row, number) -> new Said(
                        row.getString("rule"),
                        row.getInt("rule_version"),
                        row.getString("asked_of"),
                        Optional.ofNullable(row.getString("limit_kind")),
                        Optional.ofNullable(row.getString("soft_code")),
                        row.getString("purpose")))
                .list();
    }

    @AfterAll
    static void drop() {
        LocalPostgres.shared().drop(database);
    }

    @Test
    void every_rule_is_in_it_with_its_version_in_the_order_in_which_they_are_asked() {
        assertThat(published)
                .extracting(said -> said.rule() + " " + said.version())
                .containsExactlyElementsOf(PreTrade.inventory().stream()
                        .map(rule -> rule.id() + " " + rule.version())
                        .toList());
        assertThat(published).allSatisfy(said -> assertThat(said.purpose()).endsWith("."));
    }

    @Test
    void it_says_which_rules_an_order_to_a_broker_is_asked() {
        assertThat(published)
                .filteredOn(said -> said.askedOf().contains("CHILD"))
                .extracting(Said::rule)
                .containsExactlyInAnyOrderElementsOf(
                        PreTrade.ofChildren().stream().map(Rule::id).toList());
    }

    @Test
    void every_block_that_a_person_may_let_pass_is_named_once_and_no_other() {
        assertThat(published.stream().flatMap(said -> said.softCode().stream()))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(RefusalCode.values())
                        .filter(code -> !code.isHard())
                        .map(RefusalCode::name)
                        .toList());
    }

    @Test
    void a_rule_that_holds_orders_against_a_limit_names_a_kind_of_limit_that_there_is() {
        assertThat(published.stream().flatMap(said -> said.limitKind().stream()))
                .doesNotHaveDuplicates()
                .isSubsetOf(
                        Arrays.stream(LimitKind.values()).map(LimitKind::name).toList());
    }
}
