package org.tradesuite.suite.broker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.tradesuite.suite.broker.SimulatedOrder.Execution;
import org.tradesuite.suite.market.Listing;
import org.tradesuite.suite.market.Market;
import org.tradesuite.suite.market.Seed;
import org.tradesuite.suite.market.WholeFile;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/**
 * The statement of a trade date: all executions of that UTC date by account, instrument and side, with charges and
 * settlement date, in the broker's layout, with the errors that the profile orders. Each error hits a row of its own,
 * chosen by the seed and what the row is about, never by ids that differ from run to run. Every row adds up in itself,
 * also a wrong one.
 */
final class StatementOfTrades {

    private static final DateTimeFormatter FILE_DATE = DateTimeFormatter.BASIC_ISO_DATE;
    private static final int AVERAGE_SCALE = 8;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private record Fill(SimulatedOrder order, Listing listing, Execution execution) {}

    private record Finding(
            StatementRow row,
            StatementError error,
            @Nullable String correct,
            @Nullable String reported) {}

    private final BrokerProfile profile;
    private final OrderDesk orders;
    private final Charges charges;
    private final SettlementCalendar calendar;
    private final Market market;
    private final Seed seed;

    StatementOfTrades(
            BrokerProfile profile,
            OrderDesk orders,
            Charges charges,
            SettlementCalendar calendar,
            Market market,
            Seed seed) {
        this.profile = profile;
        this.orders = orders;
        this.charges = charges;
        this.calendar = calendar;
        this.market = market;
        this.seed = seed;
    }

    List<SeededError> write(LocalDate tradeDate, Path drop, Path truth) {
        List<StatementRow> rows = new ArrayList<>(trueRows(tradeDate));
        List<Finding> findings = new ArrayList<>();
        Set<String> spoilt = new HashSet<>();
        for (StatementError error : profile.statementErrors()) {
            spoil(rows, error, spoilt, tradeDate).ifPresent(findings::add);
        }
        StatementLayout layout = profile.statement();
        StringBuilder text = new StringBuilder(layout.heading()).append('\n');
        rows.forEach(row -> text.append(layout.line(row)).append('\n'));
        text.append(layout.trailer(rows.size())).append('\n');
        List<SeededError> errors =
                findings.stream().map(finding -> seeded(tradeDate, finding)).toList();
        try {
            WholeFile.write(
                    drop.resolve("brokers")
                            .resolve(profile.brokerId())
                            .resolve("trades-" + FILE_DATE.format(tradeDate) + ".csv"),
                    text.toString());
            WholeFile.write(truth.resolve("seeded-" + profile.brokerId() + ".json"), json(errors));
        } catch (IOException e) {
            throw new UncheckedIOException("The statement of " + profile.brokerId() + " cannot be written", e);
        }
        return errors;
    }

    List<StatementRow> trueRows(LocalDate tradeDate) {
        TreeMap<String, List<Fill>> trades = new TreeMap<>();
        for (SimulatedOrder order : orders.orders()) {
            Listing listing = order.listing;
            if (listing == null) {
                continue;
            }
            for (Execution execution : order.executions) {
                if (tradeDate.equals(LocalDate.ofInstant(execution.at(), ZoneOffset.UTC))) {
                    String key = String.join("|", order.original.get(1, ""), listing.key(), order.original.need(54));
                    trades.computeIfAbsent(key, k -> new ArrayList<>()).add(new Fill(order, listing, execution));
                }
            }
        }
        List<StatementRow> rows = new ArrayList<>();
        for (List<Fill> trade : trades.values()) {
            trade.sort(Comparator.comparing((Fill fill) -> fill.execution().at())
                    .thenComparing(fill -> fill.execution().execId()));
            book(tradeDate, trade, rows);
        }
        return rows;
    }

    private void book(LocalDate tradeDate, List<Fill> trade, List<StatementRow> rows) {
        Fill first = trade.getFirst();
        Listing listing = first.listing();
        boolean buy = first.order().isBuy();
        BigDecimal quantity = BigDecimal.ZERO;
        BigDecimal notional = BigDecimal.ZERO;
        for (Fill fill : trade) {
            quantity = quantity.add(fill.execution().quantity());
            notional = notional.add(
                    fill.execution().quantity().multiply(fill.execution().price()));
        }
        Charges.Money money = charges.of(listing.mic(), listing.currency(), buy, notional);
        if (!profile.statement().rowPerFill()) {
            rows.add(row(
                    tradeDate, trade, quantity, notional.divide(quantity, AVERAGE_SCALE, RoundingMode.HALF_UP), money));
            return;
        }
        BigDecimal before = BigDecimal.ZERO;
        for (Fill fill : trade) {
            Execution execution = fill.execution();
            BigDecimal after = before.add(execution.quantity().multiply(execution.price()));
            Charges.Money part = Charges.money(
                    Charges.share(money.gross(), before, after, notional),
                    Charges.share(money.commission(), before, after, notional),
                    Charges.share(money.fees(), before, after, notional),
                    buy);
            rows.add(row(tradeDate, List.of(fill), execution.quantity(), execution.price(), part));
            before = after;
        }
    }

    private StatementRow row(
            LocalDate tradeDate, List<Fill> fills, BigDecimal quantity, BigDecimal price, Charges.Money money) {
        Fill first = fills.getFirst();
        Listing listing = first.listing();
        Set<String> clOrdIds = new LinkedHashSet<>();
        Set<String> execIds = new LinkedHashSet<>();
        for (Fill fill : fills) {
            clOrdIds.add(fill.execution().clOrdId());
            execIds.add(fill.execution().execId());
        }
        String isin = listing.isin();
        return new StatementRow(
                profile.brokerId().charAt(0) + FILE_DATE.format(tradeDate) + "-"
                        + first.execution().execId(),
                String.join(" ", clOrdIds),
                String.join(" ", execIds),
                first.order().original.get(1, ""),
                listing.symbol(),
                listing.mic(),
                isin == null ? "" : isin,
                first.order().isBuy(),
                quantity,
                price,
                money,
                tradeDate,
                calendar.settles(listing, tradeDate),
                listing.currency());
    }

    private Optional<Finding> spoil(
            List<StatementRow> rows, StatementError error, Set<String> spoilt, LocalDate tradeDate) {
        Optional<StatementRow> target = rows.stream()
                .filter(row -> !spoilt.contains(about(row)))
                .min(Comparator.comparingLong((StatementRow row) -> rank(error, tradeDate, row))
                        .thenComparing(StatementRow::reference));
        if (target.isEmpty()) {
            return Optional.empty();
        }
        StatementRow row = target.get();
        int at = rows.indexOf(row);
        Finding finding = switch (error) {
            case WRONG_QUANTITY -> {
                BigDecimal more = row.quantity().add(lot(row));
                rows.set(at, row.traded(more, row.price()));
                yield found(row, error, row.quantity(), more);
            }
            case WRONG_PRICE -> {
                BigDecimal wrong = row.price()
                        .multiply(new BigDecimal("1.01"))
                        .setScale(Math.max(2, row.price().scale()), RoundingMode.HALF_UP);
                rows.set(at, row.traded(row.quantity(), wrong));
                yield found(row, error, row.price(), wrong);
            }
            case WRONG_COMMISSION -> {
                BigDecimal wrong =
                        row.money().commission().multiply(BigDecimal.valueOf(2)).add(BigDecimal.ONE);
                rows.set(at, row.charged(wrong));
                yield found(row, error, row.money().commission(), wrong);
            }
            case WRONG_SETTLE_DATE -> {
                LocalDate wrong = row.settleDate().plusDays(1);
                rows.set(at, row.settling(wrong));
                yield new Finding(row, error, row.settleDate().toString(), wrong.toString());
            }
            case MISSING_ROW -> {
                rows.remove(at);
                yield new Finding(row, error, row.quantity().toPlainString(), null);
            }
            case DUPLICATE_ROW -> {
                rows.add(at + 1, row);
                yield new Finding(
                        row,
                        error,
                        row.quantity().toPlainString(),
                        row.quantity().toPlainString());
            }
            case EXTRA_ROW -> {
                StatementRow stranger = neverTraded(rows, row, tradeDate);
                rows.add(stranger);
                yield new Finding(stranger, error, null, stranger.quantity().toPlainString());
            }
        };
        // An extra row touches no other: the row it was modelled on may still get an error of its own.
        spoilt.add(about(finding.row()));
        return Optional.of(finding);
    }

    private static Finding found(StatementRow row, StatementError error, BigDecimal correct, BigDecimal reported) {
        return new Finding(row, error, correct.toPlainString(), reported.toPlainString());
    }

    private BigDecimal lot(StatementRow row) {
        return market.listing(row.symbol(), row.mic())
                .filter(listing -> !listing.crypto())
                .map(Listing::lotSize)
                .orElse(new BigDecimal("0.1"));
    }

    /** A row for an instrument in which that account did not trade with this broker on that date. */
    private StatementRow neverTraded(List<StatementRow> rows, StatementRow model, LocalDate tradeDate) {
        Set<String> traded = new HashSet<>();
        rows.stream()
                .filter(row -> row.account().equals(model.account()))
                .forEach(row -> traded.add(Listing.key(row.symbol(), row.mic())));
        Listing listing = market.listings().stream()
                .filter(l -> !l.crypto() && !traded.contains(l.key()))
                .min(Comparator.comparingLong(
                        (Listing l) -> seed.number(profile.brokerId(), "extra", l.instrumentId())))
                .orElseThrow();
        BigDecimal quantity = listing.lotSize().multiply(BigDecimal.valueOf(100));
        BigDecimal price = listing.referencePrice();
        String isin = listing.isin();
        return new StatementRow(
                profile.brokerId().charAt(0) + FILE_DATE.format(tradeDate) + "-X1",
                "NOT-OURS-1",
                profile.brokerId() + "-X1",
                model.account(),
                listing.symbol(),
                listing.mic(),
                isin == null ? "" : isin,
                true,
                quantity,
                price,
                charges.of(listing.mic(), listing.currency(), true, quantity.multiply(price)),
                tradeDate,
                calendar.settles(listing, tradeDate),
                listing.currency());
    }

    private long rank(StatementError error, LocalDate tradeDate, StatementRow row) {
        return seed.number(profile.brokerId(), error.name(), tradeDate.toString(), about(row));
    }

    /** One error a trade at most, so that each can be told from the other. */
    private static String about(StatementRow row) {
        return String.join("|", row.account(), row.symbol(), row.mic(), row.buy() ? "B" : "S");
    }

    private SeededError seeded(LocalDate tradeDate, Finding finding) {
        StatementRow row = finding.row();
        return new SeededError(
                tradeDate,
                profile.brokerId(),
                finding.error(),
                profile.statement().rowPerFill() ? row.execIds() : row.reference(),
                row.account(),
                row.symbol(),
                row.mic(),
                row.isin(),
                row.buy() ? "BUY" : "SELL",
                finding.correct(),
                finding.reported());
    }

    private static String json(List<SeededError> errors) {
        ArrayNode array = JSON.createArrayNode();
        for (SeededError error : errors) {
            array.addObject()
                    .put("businessDate", error.businessDate().toString())
                    .put("brokerId", error.brokerId())
                    .put("error", error.error().name())
                    .put("reference", error.reference())
                    .put("account", error.account())
                    .put("symbol", error.symbol())
                    .put("mic", error.mic())
                    .put("isin", error.isin())
                    .put("side", error.side())
                    .put("correct", error.correct())
                    .put("reported", error.reported());
        }
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(array) + "\n";
    }
}
