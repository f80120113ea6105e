package org.tradesuite.reporting.tca;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.tradesuite.market.Side;

class TcaReportTest {

    private static final LocalDate FRIDAY = LocalDate.of(2026, 11, 20);

    @Test
    void the_page_and_the_file_have_the_same_total() {
        TcaReport report = report(120);
        BigDecimal file =
                rows(report).stream().map(cells -> new BigDecimal(cells[34])).reduce(BigDecimal.ZERO, BigDecimal::add);
        assertThat(file).isEqualByComparingTo(report.shortfall());
        assertThat(report.total().totalCost()).isEqualByComparingTo(report.shortfall());
    }

    @Test
    void numbers_are_written_in_full_and_texts_cannot_be_formulas() {
        OrderCost cost = OrderCost.measure(order("=HYPERLINK(\"x\")", new BigDecimal("1E+5"), List.of()));
        String csv = new String(new TcaReport(FRIDAY, "GBP", List.of(cost)).csv(), StandardCharsets.UTF_8);
        assertThat(csv)
                .contains("\"'=HYPERLINK(\"\"x\"\")\"")
                .contains(",100000,")
                .doesNotContain("E+");
    }

    @Test
    void an_order_without_any_price_is_reported_with_what_is_missing() {
        OrderFacts facts = order("O-1", BigDecimal.TEN, List.of());
        OrderCost cost = OrderCost.measure(new OrderFacts(
                facts.orderId(),
                facts.accountId(),
                facts.strategyId(),
                null,
                facts.instrumentId(),
                facts.mic(),
                facts.currency(),
                facts.side(),
                facts.algo(),
                facts.ordered(),
                null,
                null,
                null,
                null,
                null,
                null,
                List.of(),
                BigDecimal.ONE,
                BigDecimal.ONE));
        assertThat(cost.note()).isEqualTo("no price at decision or arrival: only fees measured");
        assertThat(cost.total()).isEqualByComparingTo("1");
    }

    @Test
    void equal_input_gives_equal_bytes_and_pages_that_can_be_looked_at() throws IOException {
        TcaPages pages = new TcaPages();
        byte[] pdf = pages.print(report(120));
        assertThat(pages.print(report(120))).isEqualTo(pdf);
        Path file = Path.of("target", "looked-at", "tca.pdf");
        Files.createDirectories(file.getParent());
        Files.write(file, pdf);
        assertThat(new String(pdf, 0, 5, StandardCharsets.US_ASCII)).isEqualTo("%PDF-");
        assertThat(new TcaPages().print(new TcaReport(FRIDAY, "GBP", List.of())))
                .isNotEmpty();
    }

    private static List<String[]> rows(TcaReport report) {
        return new String(report.csv(), StandardCharsets.UTF_8)
                .lines()
                .skip(1)
                .map(line -> line.split(",", -1))
                .collect(Collectors.toList());
    }

    static TcaReport report(int orders) {
        Random random = new Random(7);
        List<OrderCost> costs = new ArrayList<>();
        String[] brokers = {"ALFA", "BRAVO", "CHARLIE"};
        String[] instruments = {"VOD.XLON", "SAP.XETR", "AAPL.XNYS", "7203.XTKS", "BTCUSD.XBTS"};
        for (int i = 0; i < orders; i++) {
            String instrument = instruments[i % instruments.length];
            BigDecimal ordered = BigDecimal.valueOf(1000L * (1 + random.nextInt(50)));
            List<Execution> fills = new ArrayList<>();
            BigDecimal mid = new BigDecimal("100");
            int parts = random.nextInt(5);
            for (int part = 0; part < parts; part++) {
                mid = mid.add(BigDecimal.valueOf(random.nextInt(21) - 9, 2));
                fills.add(new Execution(
                        ordered.divide(BigDecimal.valueOf(5)),
                        mid.add(BigDecimal.valueOf(random.nextInt(5) - 1, 2)),
                        mid.subtract(new BigDecimal("0.02")),
                        mid.add(new BigDecimal("0.02"))));
            }
            costs.add(OrderCost.measure(new OrderFacts(
                    "O-20261120-%06d".formatted(i),
                    "GEQ" + (1 + i % 3),
                    "VALUE",
                    brokers[random.nextInt(3)],
                    instrument,
                    instrument.substring(instrument.indexOf('.') + 1),
                    "USD",
                    i % 2 == 0 ? Side.BUY : Side.SELL,
                    i % 3 == 0 ? "IMMEDIATE" : i % 3 == 1 ? "TWAP" : "VWAP",
                    ordered,
                    new BigDecimal("99.98"),
                    new BigDecimal("99.99"),
                    new BigDecimal("100.01"),
                    mid,
                    parts == 0 ? null : mid.subtract(new BigDecimal("0.03")),
                    ordered.multiply(BigDecimal.valueOf(7)),
                    fills,
                    new BigDecimal("12.50"),
                    new BigDecimal("0.762195121951"))));
        }
        return new TcaReport(FRIDAY, "GBP", costs);
    }

    private static OrderFacts order(String id, BigDecimal quantity, List<Execution> fills) {
        return new OrderFacts(
                id,
                "GEQ1",
                "VALUE",
                "ALFA",
                "VOD.XLON",
                "XLON",
                "GBP",
                Side.BUY,
                "TWAP",
                quantity,
                BigDecimal.ONE,
                BigDecimal.ONE,
                BigDecimal.ONE,
                BigDecimal.ONE,
                null,
                null,
                fills,
                BigDecimal.ZERO,
                BigDecimal.ONE);
    }
}
