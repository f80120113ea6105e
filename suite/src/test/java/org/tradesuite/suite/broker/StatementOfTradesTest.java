package org.tradesuite.suite.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tradesuite.suite.market.Seed;

class StatementOfTradesTest {

    @TempDir
    Path folder;

    static List<BrokerProfile> brokers() {
        return List.of(BrokerProfile.alfa(), BrokerProfile.bravo(), BrokerProfile.charlie());
    }

    private static StatementOfTrades statement(BrokerProfile profile) {
        DeskDay day = new DeskDay(profile);
        for (Fields order : DeskDay.flow()) {
            day.receive(order, DeskDay.sentAt(order));
        }
        day.run(Instant.parse("2026-01-06T00:00:01Z"));
        return new StatementOfTrades(
                profile,
                day.orders,
                new Charges(DeskDay.FILES, profile.brokerId()),
                new SettlementCalendar(DeskDay.FILES),
                DeskDay.MARKET,
                new Seed(7));
    }

    private List<String> lines(BrokerProfile profile) throws IOException {
        statement(profile).write(DeskDay.DATE, folder, folder.resolve("truth"));
        return Files.readAllLines(
                folder.resolve("brokers").resolve(profile.brokerId()).resolve("trades-20260105.csv"));
    }

    @ParameterizedTest
    @MethodSource("brokers")
    void the_statement_differs_from_what_was_done_by_the_seeded_errors_and_nothing_else(BrokerProfile profile)
            throws Exception {
        List<String> wrong = new ArrayList<>(lines(profile));
        List<String> right = new ArrayList<>(lines(profile.withStatementErrors(List.of())));
        List<String> missing = new ArrayList<>(right);
        wrong.forEach(missing::remove);
        right.forEach(wrong::remove);

        // Heading and trailer apart: a changed row is one away and one more, a missing one away, an extra one more.
        assertThat(wrong.stream().filter(line -> !line.startsWith(trailer(profile))))
                .hasSize((int) profile.statementErrors().stream()
                        .filter(error -> error != StatementError.MISSING_ROW)
                        .count());
        assertThat(missing.stream().filter(line -> !line.startsWith(trailer(profile))))
                .hasSize((int) profile.statementErrors().stream()
                        .filter(error -> error != StatementError.EXTRA_ROW && error != StatementError.DUPLICATE_ROW)
                        .count());
    }

    private static String trailer(BrokerProfile profile) {
        return profile.statement().trailer() + profile.statement().separator();
    }

    @ParameterizedTest
    @MethodSource("brokers")
    void each_order_of_error_is_on_record_with_right_and_wrong(BrokerProfile profile) throws Exception {
        List<SeededError> errors = statement(profile).write(DeskDay.DATE, folder, folder.resolve("truth"));

        assertThat(errors).extracting(SeededError::error).containsExactlyElementsOf(profile.statementErrors());
        assertThat(folder.resolve("truth/seeded-" + profile.brokerId() + ".json"))
                .content()
                .contains(profile.statementErrors().getFirst().name());
    }

    @ParameterizedTest
    @MethodSource("brokers")
    void the_last_line_counts_the_rows(BrokerProfile profile) throws Exception {
        List<String> lines = lines(profile);

        assertThat(lines.getLast()).isEqualTo(trailer(profile) + (lines.size() - 2));
    }

    @ParameterizedTest
    @MethodSource("brokers")
    void every_row_adds_up_and_the_rows_of_a_trade_add_up_to_its_charges(BrokerProfile profile) {
        List<StatementRow> rows = statement(profile).trueRows(DeskDay.DATE);
        Charges charges = new Charges(DeskDay.FILES, profile.brokerId());
        assertThat(rows).hasSizeGreaterThan(40);
        for (StatementRow row : rows) {
            BigDecimal cost = row.money().commission().add(row.money().fees());
            assertThat(row.money().net())
                    .isEqualByComparingTo(
                            row.buy()
                                    ? row.money().gross().add(cost)
                                    : row.money().gross().subtract(cost));
        }
        StatementRow first = rows.getFirst();
        List<StatementRow> trade = rows.stream()
                .filter(r -> r.account().equals(first.account())
                        && r.symbol().equals(first.symbol())
                        && r.mic().equals(first.mic())
                        && r.buy() == first.buy())
                .toList();
        BigDecimal gross = trade.stream().map(r -> r.money().gross()).reduce(BigDecimal.ZERO, BigDecimal::add);
        BigDecimal commission =
                trade.stream().map(r -> r.money().commission()).reduce(BigDecimal.ZERO, BigDecimal::add);
        assertThat(commission)
                .isEqualByComparingTo(charges.of(first.mic(), first.currency(), first.buy(), gross)
                        .commission());
    }

    @Test
    void each_broker_has_its_own_layout() throws Exception {
        assertThat(lines(BrokerProfile.alfa()).get(1))
                .matches("A20260105-ALFA-E\\d+,O.*,2026-01-05,2026-01-0\\d,[A-Z]{3}");
        assertThat(lines(BrokerProfile.bravo()).get(1)).matches("B20260105-BRAVO-E\\d+;GEQ.*;05\\.01\\.2026;.*");
        assertThat(lines(BrokerProfile.charlie()).get(1)).matches("20260105\\|202601\\d\\d\\|GEQ.*\\|[BS]\\|.*");
    }

    @Test
    void settlement_dates_follow_the_markets_cycle_and_both_calendars() {
        SettlementCalendar calendar = new SettlementCalendar(DeskDay.FILES);
        var vodafone = DeskDay.MARKET.listing("VOD", "XLON").orElseThrow();
        var newYork = DeskDay.MARKET.listings().stream()
                .filter(l -> l.mic().equals("XNYS"))
                .findFirst()
                .orElseThrow();

        assertThat(calendar.settles(vodafone, java.time.LocalDate.of(2026, 1, 9)))
                .hasToString("2026-01-13");
        // Columbus Day: the exchange is open, the banks are not.
        assertThat(calendar.settles(newYork, java.time.LocalDate.of(2026, 10, 9)))
                .hasToString("2026-10-13");
    }
}
