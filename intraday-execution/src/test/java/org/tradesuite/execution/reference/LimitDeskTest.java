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
import org.tradesuite.execution.reference.LimitsAnswer.InForce;
import org.tradesuite.execution.reference.LimitsAnswer.Stale;
import org.tradesuite.execution.reference.LimitsAnswer.Wrong;
import org.tradesuite.execution.reference.LimitsChange.Wanted;
import org.tradesuite.market.Currency;

class LimitDeskTest {

    private static final Instant NINE = Instant.parse("2026-11-23T09:00:00Z");
    private static final Instant TEN = Instant.parse("2026-11-23T10:00:00Z");

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
        assertThat(desk.inForce(NINE)).isEqualTo(new InForce(0, List.of(), null, null, null));
    }

    @Test
    void a_changed_limit_ends_and_its_new_version_begins_at_the_same_instant() {
        change(0, NINE, notional("1000"));

        var changed = change(1, TEN, notional("900"));

        assertThat(changed).asInstanceOf(type(InForce.class)).satisfies(now -> {
            assertThat(now.version()).isEqualTo(2);
            assertThat(now.changedBy()).isEqualTo("risk.officer");
            assertThat(now.limits())
                    .singleElement()
                    .satisfies(limit -> assertThat(limit.amount()).isEqualByComparingTo("900"));
        });
        assertThat(desk.inForce(TEN.minusNanos(1000)).limits())
                .as("what held before ten")
                .singleElement()
                .satisfies(limit -> {
                    assertThat(limit.amount()).isEqualByComparingTo("1000");
                    assertThat(limit.validUntil()).isEqualTo(TEN);
                });
    }

    @Test
    void a_limit_that_says_the_same_keeps_its_version_and_one_left_out_ends() {
        change(0, NINE, notional("1000"), collar("5"));

        change(1, TEN, notional("1000.00"));

        assertThat(desk.inForce(TEN).limits())
                .singleElement()
                .satisfies(limit -> assertThat(limit.validFrom()).isEqualTo(NINE));
    }

    @Test
    void who_read_an_older_version_is_told_and_changes_nothing() {
        change(0, NINE, notional("1000"));

        assertThat(change(0, TEN, notional("1"))).isEqualTo(new Stale(1));
        assertThat(desk.inForce(TEN).limits())
                .singleElement()
                .satisfies(limit -> assertThat(limit.amount()).isEqualByComparingTo("1000"));
    }

    @Test
    void of_two_who_save_at_once_one_wins_and_the_other_is_told() throws Exception {
        Callable<LimitsAnswer> save = () -> change(0, NINE, notional("1000"));
        try (var people = Executors.newFixedThreadPool(2)) {
            var answers = people.invokeAll(List.of(save, save));

            assertThat(List.of(answers.getFirst().get(), answers.getLast().get()))
                    .hasAtLeastOneElementOfType(InForce.class)
                    .contains(new Stale(1));
        }
    }

    @Test
    void wrong_limits_are_all_told_and_change_nothing() {
        var answer = change(
                0,
                NINE,
                wanted(LimitKind.MAX_ORDER_NOTIONAL, "1000", null),
                wanted(LimitKind.PRICE_COLLAR_PERCENT, "-1", null),
                collar("5"),
                collar("6"));

        assertThat(answer)
                .asInstanceOf(type(Wrong.class))
                .satisfies(wrong -> assertThat(wrong.reasons())
                        .hasSize(3)
                        .anySatisfy(reason -> assertThat(reason).contains("name its currency"))
                        .anySatisfy(reason -> assertThat(reason).contains("zero or above"))
                        .anySatisfy(reason -> assertThat(reason).contains("there twice")));
        assertThat(desk.inForce(NINE).version()).isZero();
    }

    @Test
    void a_limit_changed_twice_in_the_same_microsecond_has_lived_for_one() {
        change(0, NINE, notional("1000"));

        assertThat(change(1, NINE, notional("900"))).isInstanceOf(InForce.class);
        assertThat(desk.inForce(NINE.plusNanos(1000)).limits())
                .singleElement()
                .satisfies(limit -> assertThat(limit.amount()).isEqualByComparingTo("900"));
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
        assertThat(change(0, TEN, collar("4"))).isEqualTo(new Stale(1));

        change(1, TEN, collar("4"));

        assertThat(desk.inForce(TEN).limits()).singleElement().satisfies(limit -> {
            assertThat(limit.amount()).isEqualByComparingTo("4");
            assertThat(limit.validUntil()).isEqualTo(Instant.parse("2026-11-24T00:00:00Z"));
        });
        assertThat(desk.inForce(Instant.parse("2026-11-24T00:00:00Z")).limits())
                .singleElement()
                .satisfies(limit -> assertThat(limit.amount()).isEqualByComparingTo("8"));
    }

    private LimitsAnswer change(long version, Instant at, Wanted... limits) {
        return desk.change(new LimitsChange(version, "Review.", List.of(limits)), "risk.officer", at);
    }

    private static Wanted notional(String amount) {
        return wanted(LimitKind.MAX_ORDER_NOTIONAL, amount, Currency.GBP);
    }

    private static Wanted collar(String amount) {
        return wanted(LimitKind.PRICE_COLLAR_PERCENT, amount, null);
    }

    private static Wanted wanted(LimitKind kind, String amount, @Nullable Currency currency) {
        return new Wanted(LimitScope.FIRM, "*", kind, new BigDecimal(amount), null, currency);
    }
}
