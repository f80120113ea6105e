package org.tradesuite.execution.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.data.jpa.autoconfigure.DataJpaRepositoriesAutoConfiguration;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.tradesuite.database.DatabaseRole;
import org.tradesuite.database.LocalDatabase;
import org.tradesuite.database.LocalPostgres;
import org.tradesuite.execution.reference.LimitChange.Status;
import org.tradesuite.execution.reference.LimitChangeAnswer.DecidedBefore;
import org.tradesuite.execution.reference.LimitChangeAnswer.MakerIsChecker;
import org.tradesuite.execution.reference.LimitChangeAnswer.NotTheMaker;
import org.tradesuite.execution.reference.LimitChangeAnswer.NotThere;
import org.tradesuite.execution.reference.LimitChangeAnswer.Stale;
import org.tradesuite.execution.reference.LimitChangeAnswer.Taken;
import org.tradesuite.execution.reference.LimitChangeAnswer.Wrong;
import org.tradesuite.execution.reference.LimitProposal.Wanted;
import org.tradesuite.market.Currency;

class LimitDeskTest {

    private static final Instant NINE = Instant.parse("2026-11-23T09:00:00Z");
    private static final Instant TEN = Instant.parse("2026-11-23T10:00:00Z");
    private static final Instant ELEVEN = Instant.parse("2026-11-23T11:00:00Z");

    @SpringBootConfiguration
    @AutoConfigurationPackage
    @ImportAutoConfiguration({
        HibernateJpaAutoConfiguration.class,
        DataJpaRepositoriesAutoConfiguration.class,
        TransactionAutoConfiguration.class
    })
    @Import(LimitDesk.class)
    static class OnlyTheDesk {}

    private LocalDatabase database;
    private ConfigurableApplicationContext context;
    private LimitDesk desk;

    @BeforeEach
    void start() {
        database = LocalPostgres.shared().newDatabase();
        var source = database.dataSource(DatabaseRole.EXECUTION);
        context = new SpringApplicationBuilder(OnlyTheDesk.class)
                .web(WebApplicationType.NONE)
                .initializers(starting -> starting.getBeanFactory().registerSingleton("dataSource", source))
                .properties("spring.jpa.hibernate.ddl-auto=validate", "spring.main.banner-mode=off")
                .run();
        desk = context.getBean(LimitDesk.class);
    }

    @AfterEach
    void stop() {
        context.close();
        LocalPostgres.shared().drop(database);
    }

    @Test
    void at_first_there_are_no_limits() {
        assertThat(desk.inForce(NINE)).isEqualTo(new LimitsInForce(0, List.of(), null, null, null));
    }

    @Test
    void what_is_proposed_changes_nothing_until_another_person_approves_it() {
        var change = taken(propose(0, NINE, null, null, notional("1000")));

        assertThat(change.status()).isEqualTo(Status.PROPOSED);
        assertThat(amounts(TEN)).isEmpty();
        assertThat(desk.inForce(TEN).version()).isZero();

        var approved = taken(approve(change, TEN));

        assertThat(approved.status()).isEqualTo(Status.APPROVED);
        assertThat(approved.registerVersion()).isEqualTo(1);
        assertThat(amounts(TEN)).containsExactly("1000");
        assertThat(amounts(TEN.minusNanos(1000))).isEmpty();
        assertThat(desk.inForce(TEN).limits()).singleElement().satisfies(kept -> {
            assertThat(kept.enteredBy()).isEqualTo("maker");
            assertThat(kept.approvedBy()).isEqualTo("checker");
            assertThat(kept.changeId()).isEqualTo(change.id());
            assertThat(kept.reason()).isEqualTo("Review.");
        });
    }

    @Test
    void the_maker_can_neither_approve_nor_reject() {
        var change = taken(propose(0, NINE, null, null, notional("1000")));

        assertThat(desk.approve(change.id(), "Fine.", "maker", TEN)).isEqualTo(new MakerIsChecker("maker"));
        assertThat(desk.reject(change.id(), "Not.", "maker", TEN)).isEqualTo(new MakerIsChecker("maker"));
        assertThat(amounts(TEN)).isEmpty();
        assertThat(desk.changes(Status.PROPOSED, Long.MAX_VALUE, 10)).hasSize(1);
    }

    @Test
    void only_the_maker_withdraws_and_what_is_withdrawn_never_holds() {
        var change = taken(propose(0, NINE, null, null, notional("1000")));

        assertThat(desk.withdraw(change.id(), "Mistaken.", "checker", TEN)).isEqualTo(new NotTheMaker("maker"));
        assertThat(desk.changes(Status.PROPOSED, Long.MAX_VALUE, 10)).hasSize(1);
        var withdrawn = taken(desk.withdraw(change.id(), "Mistaken.", "maker", TEN));
        assertThat(withdrawn.status()).isEqualTo(Status.WITHDRAWN);
        assertThat(withdrawn.decidedBy()).isEqualTo("maker");
        assertThat(withdrawn.decisionReason()).isEqualTo("Mistaken.");
        assertThat(withdrawn.registerVersion()).isNull();

        assertThat(desk.withdraw(change.id(), "Again.", "maker", ELEVEN)).isEqualTo(new Taken(withdrawn));
        assertThat(desk.approve(change.id(), "Fine.", "checker", ELEVEN)).isEqualTo(new DecidedBefore(withdrawn));
        assertThat(amounts(ELEVEN)).isEmpty();
    }

    @Test
    void what_is_approved_cannot_be_withdrawn() {
        var change = taken(propose(0, NINE, null, null, notional("1000")));
        var approved = taken(desk.approve(change.id(), "Fine.", "checker", TEN));

        assertThat(desk.withdraw(change.id(), "Mistaken.", "maker", ELEVEN)).isEqualTo(new DecidedBefore(approved));
        assertThat(amounts(ELEVEN)).hasSize(1);
        assertThat(desk.withdraw(99, "Mistaken.", "maker", ELEVEN)).isEqualTo(new NotThere());
    }

    @Test
    void what_is_rejected_is_kept_and_never_holds() {
        var change = taken(propose(0, NINE, null, null, notional("1000")));

        var rejected = taken(desk.reject(change.id(), "Not before the results.", "checker", TEN));

        assertThat(rejected.status()).isEqualTo(Status.REJECTED);
        assertThat(rejected.decidedBy()).isEqualTo("checker");
        assertThat(rejected.decisionReason()).isEqualTo("Not before the results.");
        assertThat(approve(change, ELEVEN)).isEqualTo(new DecidedBefore(rejected));
        assertThat(amounts(ELEVEN)).isEmpty();
        assertThat(desk.inForce(ELEVEN).version()).isZero();
    }

    @Test
    void a_changed_limit_ends_and_its_new_version_begins_at_the_same_instant() {
        change(0, NINE, notional("1000"));
        change(1, TEN, notional("900"));

        assertThat(amounts(TEN)).containsExactly("900");
        assertThat(desk.inForce(TEN.minusNanos(1000)).limits())
                .as("what held before ten")
                .singleElement()
                .satisfies(kept -> {
                    assertThat(kept.limit().amount()).isEqualByComparingTo("1000");
                    assertThat(kept.limit().validUntil()).isEqualTo(TEN);
                });
        assertThat(desk.versions(LimitScope.FIRM, "*", LimitKind.MAX_ORDER_NOTIONAL))
                .hasSize(2);
    }

    @Test
    void limits_that_are_not_mentioned_stay_and_one_without_an_amount_ends() {
        change(0, NINE, notional("1000"), collar("5"));

        change(1, TEN, wanted(LimitKind.PRICE_COLLAR_PERCENT, null, null));

        assertThat(amounts(TEN)).containsExactly("1000");
        assertThat(amounts(NINE)).containsExactlyInAnyOrder("1000", "5");
    }

    @Test
    void a_raise_for_a_while_returns_by_itself() {
        change(0, NINE, notional("1000"));

        var raise = taken(propose(1, NINE.plusSeconds(60), null, ELEVEN, notional("1500")));
        approve(raise, TEN);

        assertThat(amounts(TEN.minusNanos(1000))).containsExactly("1000");
        assertThat(amounts(TEN)).containsExactly("1500");
        assertThat(amounts(ELEVEN.minusNanos(1000))).containsExactly("1500");
        assertThat(amounts(ELEVEN)).containsExactly("1000");
        assertThat(desk.inForce(ELEVEN).limits()).singleElement().satisfies(kept -> {
            assertThat(kept.reason()).isEqualTo("As before change " + raise.id() + ": Review.");
            assertThat(kept.limit().validUntil()).isNull();
        });
    }

    @Test
    void a_limit_for_a_while_where_there_was_none_leaves_none_behind() {
        approve(taken(propose(0, NINE, null, ELEVEN, notional("1500"))), TEN);

        assertThat(amounts(TEN)).containsExactly("1500");
        assertThat(amounts(ELEVEN)).isEmpty();
    }

    @Test
    void a_change_may_begin_later() {
        change(0, NINE, notional("1000"));

        approve(taken(propose(1, NINE.plusSeconds(60), ELEVEN, null, notional("900"))), TEN);

        assertThat(amounts(ELEVEN.minusNanos(1000))).containsExactly("1000");
        assertThat(amounts(ELEVEN)).containsExactly("900");
    }

    @Test
    void who_read_an_older_version_is_told_and_nothing_is_proposed() {
        change(0, NINE, notional("1000"));

        assertThat(propose(0, TEN, null, null, notional("1"))).isInstanceOf(Stale.class);
        assertThat(desk.changes(Status.PROPOSED, Long.MAX_VALUE, 10)).isEmpty();
    }

    @Test
    void what_was_proposed_about_a_limit_that_is_no_longer_so_cannot_be_approved() {
        change(0, NINE, notional("1000"), collar("5"));
        var higher = taken(propose(1, NINE.plusSeconds(1), null, null, notional("2000")));
        var lower = taken(propose(1, NINE.plusSeconds(2), null, null, notional("500")));
        var other = taken(propose(1, NINE.plusSeconds(3), null, null, collar("4")));
        approve(lower, TEN);

        assertThat(approve(higher, ELEVEN)).isInstanceOf(Stale.class);
        assertThat(amounts(ELEVEN)).containsExactlyInAnyOrder("500", "5");

        approve(other, ELEVEN);

        assertThat(amounts(ELEVEN)).containsExactlyInAnyOrder("500", "4");
    }

    @Test
    void what_was_proposed_before_a_raise_ran_out_is_stale_too() {
        change(0, NINE, notional("1000"));
        approve(taken(propose(1, NINE.plusSeconds(1), null, TEN, notional("1500"))), NINE.plusSeconds(2));
        var more = taken(propose(2, NINE.plusSeconds(3), null, null, notional("1600")));

        assertThat(approve(more, ELEVEN)).isInstanceOf(Stale.class);
        assertThat(amounts(ELEVEN)).containsExactly("1000");
    }

    @Test
    void a_raise_whose_time_is_over_before_it_is_approved_changes_nothing() {
        change(0, NINE, notional("1000"));
        var raise = taken(propose(1, NINE.plusSeconds(1), null, TEN, notional("1500")));

        assertThat(approve(raise, TEN)).isInstanceOf(Wrong.class);
        assertThat(amounts(TEN)).containsExactly("1000");
        assertThat(desk.inForce(TEN).version()).isEqualTo(1);
    }

    @Test
    void a_raise_does_not_run_into_a_version_that_was_decided_before() {
        change(0, NINE, notional("1000"));
        approve(taken(propose(1, NINE.plusSeconds(1), TEN, null, notional("900"))), NINE.plusSeconds(2));
        var raise = taken(propose(2, NINE.plusSeconds(3), null, ELEVEN, notional("1500")));

        assertThat(approve(raise, NINE.plusSeconds(4)))
                .asInstanceOf(type(Wrong.class))
                .satisfies(wrong -> assertThat(wrong.reasons())
                        .singleElement()
                        .asString()
                        .contains("begins at 2026-11-23T10:00:00Z"));
        assertThat(amounts(TEN)).containsExactly("900");
    }

    @Test
    void of_two_who_approve_at_once_one_wins_and_the_other_is_told() throws Exception {
        change(0, NINE, notional("1000"));
        var higher = taken(propose(1, NINE.plusSeconds(1), null, null, notional("2000")));
        var lower = taken(propose(1, NINE.plusSeconds(2), null, null, notional("500")));
        try (var people = Executors.newFixedThreadPool(2)) {
            var answers = people.invokeAll(List.<Callable<LimitChangeAnswer>>of(
                    () -> desk.approve(higher.id(), "Fine.", "checker", TEN),
                    () -> desk.approve(lower.id(), "Fine.", "other.checker", TEN)));

            assertThat(List.of(answers.getFirst().get(), answers.getLast().get()))
                    .hasAtLeastOneElementOfType(Taken.class)
                    .hasAtLeastOneElementOfType(Stale.class);
        }
        assertThat(desk.inForce(TEN.plusSeconds(1)).version()).isEqualTo(2);
    }

    @Test
    void approving_again_is_answered_alike_and_changes_nothing_more() {
        var change = taken(propose(0, NINE, null, null, notional("1000")));
        var approved = taken(approve(change, TEN));

        assertThat(taken(approve(change, ELEVEN))).isEqualTo(approved);
        assertThat(desk.approve(change.id(), "Fine.", "other.checker", ELEVEN)).isEqualTo(new DecidedBefore(approved));
        assertThat(desk.inForce(ELEVEN).version()).isEqualTo(1);
    }

    @Test
    void a_change_that_does_not_exist_is_not_approved() {
        assertThat(desk.approve(77, "Fine.", "checker", TEN)).isEqualTo(new NotThere());
    }

    @Test
    void wrong_limits_are_all_told_and_nothing_is_proposed() {
        change(0, NINE, new Wanted(LimitScope.TRADER, "jdoe", LimitKind.MAX_OPEN_ORDERS, BigDecimal.TEN, null, null));

        var answer = propose(
                1,
                TEN,
                null,
                TEN,
                wanted(LimitKind.MAX_ORDER_NOTIONAL, "1000", null),
                wanted(LimitKind.PRICE_COLLAR_PERCENT, "-1", null),
                wanted(LimitKind.MAX_SPREAD_BPS, "5", Currency.GBP),
                wanted(LimitKind.MAX_IMPACT_BPS, null, null),
                new Wanted(LimitScope.TRADER, "jdoe", LimitKind.MAX_GROSS_EXPOSURE, BigDecimal.TEN, null, Currency.GBP),
                new Wanted(LimitScope.TRADER, "jdoe", LimitKind.MAX_OPEN_ORDERS, BigDecimal.TEN, null, null),
                new Wanted(LimitScope.TRADER, "jdoe", LimitKind.MAX_OPEN_ORDERS, BigDecimal.ONE, null, null));

        assertThat(answer)
                .asInstanceOf(type(Wrong.class))
                .satisfies(wrong -> assertThat(wrong.reasons())
                        .hasSize(8)
                        .anySatisfy(reason -> assertThat(reason).contains("name its currency"))
                        .anySatisfy(reason -> assertThat(reason).contains("zero or above"))
                        .anySatisfy(reason -> assertThat(reason).contains("leave its currency empty"))
                        .anySatisfy(reason -> assertThat(reason).contains("nothing to end"))
                        .anySatisfy(reason -> assertThat(reason).contains("is measured by"))
                        .anySatisfy(reason -> assertThat(reason).contains("is that already"))
                        .anySatisfy(reason -> assertThat(reason).contains("there twice"))
                        .anySatisfy(reason -> assertThat(reason).contains("not after its beginning")));
        assertThat(desk.changes(Status.PROPOSED, Long.MAX_VALUE, 10)).isEmpty();
    }

    @Test
    void a_limit_cannot_end_for_a_while() {
        change(0, NINE, notional("1000"));

        assertThat(propose(1, NINE, null, TEN, wanted(LimitKind.MAX_ORDER_NOTIONAL, null, null)))
                .asInstanceOf(type(Wrong.class))
                .satisfies(wrong ->
                        assertThat(wrong.reasons()).singleElement().asString().contains("cannot end for a while"));
    }

    @Test
    void a_limit_changed_twice_in_the_same_microsecond_has_lived_for_one() {
        change(0, NINE, notional("1000"));
        change(1, NINE, notional("900"));

        assertThat(amounts(NINE.plusNanos(1000))).containsExactly("900");
        assertThat(amounts(NINE)).containsExactly("1000");
    }

    @Test
    void an_import_counts_as_a_change_and_a_version_that_begins_later_stays() throws SQLException {
        DataSource source = context.getBean(DataSource.class);
        try (var connection = source.getConnection()) {
            connection.setAutoCommit(false);
            ReferenceImport.run(
                    connection, ReferenceKind.LIMITS, """
                    scope,scope_id,kind,amount,currency,valid_from,valid_until,reason
                    FIRM,*,PRICE_COLLAR_PERCENT,5,,2026-01-01,2026-11-24,base
                    FIRM,*,PRICE_COLLAR_PERCENT,8,,2026-11-24,,from tomorrow
                    """, LocalDate.of(2026, 11, 23), "reference.desk", NINE);
            connection.commit();
        }
        assertThat(propose(0, TEN, null, null, collar("4"))).isInstanceOf(Stale.class);

        change(1, TEN, collar("4"));

        assertThat(desk.inForce(TEN).limits()).singleElement().satisfies(kept -> {
            assertThat(kept.limit().amount()).isEqualByComparingTo("4");
            assertThat(kept.limit().validUntil()).isEqualTo(Instant.parse("2026-11-24T00:00:00Z"));
        });
        assertThat(amounts(Instant.parse("2026-11-24T00:00:00Z"))).containsExactly("8");
    }

    /** Proposed by one and approved by another at once. */
    private void change(long version, Instant at, Wanted... limits) {
        assertThat(approve(taken(propose(version, at, null, null, limits)), at)).isInstanceOf(Taken.class);
    }

    private LimitChangeAnswer propose(
            long version, Instant at, @Nullable Instant from, @Nullable Instant until, Wanted... limits) {
        return desk.propose(new LimitProposal(version, "Review.", from, until, List.of(limits)), "maker", at);
    }

    private LimitChangeAnswer approve(LimitChange change, Instant at) {
        return desk.approve(change.id(), "Fine.", "checker", at);
    }

    private static LimitChange taken(LimitChangeAnswer answer) {
        assertThat(answer).isInstanceOf(Taken.class);
        return ((Taken) answer).change();
    }

    private List<String> amounts(Instant at) {
        return desk.inForce(at).limits().stream()
                .map(kept -> kept.limit().amount().toPlainString())
                .toList();
    }

    private static Wanted notional(String amount) {
        return wanted(LimitKind.MAX_ORDER_NOTIONAL, amount, Currency.GBP);
    }

    private static Wanted collar(String amount) {
        return wanted(LimitKind.PRICE_COLLAR_PERCENT, amount, null);
    }

    private static Wanted wanted(LimitKind kind, @Nullable String amount, @Nullable Currency currency) {
        return new Wanted(LimitScope.FIRM, "*", kind, amount == null ? null : new BigDecimal(amount), null, currency);
    }
}
