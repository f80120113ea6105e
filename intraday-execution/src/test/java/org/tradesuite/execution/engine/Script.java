package org.tradesuite.execution.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.tradesuite.execution.order.Execution;
import org.tradesuite.execution.order.ParentOrder;
import org.tradesuite.execution.order.Route;
import org.tradesuite.execution.order.TimeInForce;
import org.tradesuite.market.Side;

/**
 * A conversation with a broker as a text, played line by line. Fields are FIX tags; {@code X}, {@code Y} and {@code Z} in
 * ClOrdID (11), OrigClOrdID (41) and BusinessRejectRefID (379) are names for ids that are known once they were heard.
 *
 * <pre>
 * D buy 10000 110     the desk decides; also: sell, market as the price, IOC or FOK after it, cancel, and
 *                     amend QUANTITY PRICE (- leaves it)
 * E 35=D|11=X|38=10000  what we must send now, with at least these fields
 * I 35=8|11=X|...     what the broker says; {@code I!} does not wait until it was heard
 * R 39=0|14=0         what our books show of the route: the last report's 39, 38, 14 and 151, but for what is written here
 * P FILLED 14=10000|6=109   of the order
 * B position=10000|cash=-1090000.00   by how much position and cash have moved since the script began
 * A OVERFILL          what a person is told now
 * T 5s                time passes
 * S                   the desk is stopped and started again
 * </pre>
 *
 * Whatever we send and whoever is told must be written: anything else fails the script. In a report that leaves them out,
 * OrderID (37) and ExecID (17) are given, LastPx (31) and AvgPx (6) are 100, TransactTime (60) is now, Side (54) is buy and
 * ExecTransType (20) is new. An ExecID written is made unique for the script, so that each may have its A, B and C.
 */
final class Script {
    private static final String NAME = "[A-Z]";

    private final Stage stage;
    private final ScriptedBroker broker;
    private final String run;
    private final Map<String, String> ids = new HashMap<>();
    private final Map<String, String> sequences = new HashMap<>();
    private final List<String> orders = new ArrayList<>();
    private final Deque<Map<Integer, String>> heard = new ArrayDeque<>();
    private final Deque<Effect.Alert> alerts = new ArrayDeque<>();
    private final BigDecimal positionBefore;
    private final BigDecimal cashBefore;
    private Map<Integer, String> report = Map.of();
    private @Nullable String about;
    private int executions;

    private Script(Stage stage, String broker, Path file) {
        this.stage = stage;
        this.broker = stage.broker(broker);
        this.run = broker + "-" + file.getFileName().toString().replace(".script", "");
        this.positionBefore = stage.position(broker);
        this.cashBefore = stage.cash();
    }

    static void play(Stage stage, String broker, Path file) throws Exception {
        var script = new Script(stage, broker, file);
        var number = 0;
        for (var line : Files.readAllLines(file)) {
            number++;
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            try {
                script.line(line.strip());
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError(
                        broker + ", " + file.getFileName() + ", line " + number + ": " + line + "\n" + e.getMessage(),
                        e);
            }
        }
        script.isSilent();
        script.booksAgree();
    }

    private void line(String line) throws IOException, InterruptedException {
        var space = line.indexOf(' ');
        var what = space < 0 ? line : line.substring(0, space);
        var rest = space < 0 ? "" : line.substring(space + 1).strip();
        switch (what) {
            case "D" -> {
                isSilent();
                desk(rest.split(" +", -1));
                settle();
            }
            case "I" -> {
                isSilent();
                say(fields(rest));
                settle();
            }
            case "I!" -> {
                isSilent();
                say(fields(rest));
            }
            case "E" -> hears(fields(rest));
            case "R" -> shows(fields(rest));
            case "P" -> parent(rest.split(" +", 2));
            case "B" -> moved(rest);
            case "A" -> {
                assertThat(alerts).as("nobody is told").isNotEmpty();
                assertThat(alerts.removeFirst().kind().name()).isEqualTo(rest);
            }
            case "T" -> {
                isSilent();
                stage.passes(Duration.parse("PT" + rest.toUpperCase(java.util.Locale.ROOT)));
                settle();
            }
            case "S" -> {
                isSilent();
                stage.restart();
                settle();
            }
            default -> throw new IllegalArgumentException("No line begins with " + what);
        }
    }

    private static Map<Integer, String> fields(String text) {
        Map<Integer, String> fields = new LinkedHashMap<>();
        for (var field : text.split("\\|", -1)) {
            if (!field.isEmpty()) {
                var equals = field.indexOf('=');
                fields.put(Integer.valueOf(field.substring(0, equals)), field.substring(equals + 1));
            }
        }
        return fields;
    }

    /** Takes what has come of the last line. What belongs to the orders of another script is not ours. */
    private void settle() throws IOException, InterruptedException {
        for (var message : stage.settled(broker.name)) {
            var id = message.getOrDefault(11, "");
            if (id.isEmpty() || orders.stream().anyMatch(order -> id.startsWith(order + "-"))) {
                heard.add(message);
            }
        }
        for (var alert : stage.alerts()) {
            if (alert.subject().equals(broker.name)
                    || alert.subject().startsWith("X-" + broker.name + "-")
                    || orders.stream()
                            .anyMatch(order -> alert.subject().equals(order)
                                    || alert.subject().startsWith(order + "-"))) {
                alerts.add(alert);
            }
        }
    }

    private void isSilent() {
        assertThat(heard).as("we sent what is not in the script").isEmpty();
        assertThat(alerts).as("somebody was told what is not in the script").isEmpty();
    }

    private void desk(String[] words) {
        switch (words[0]) {
            case "buy", "sell" ->
                orders.add(stage.decide(
                        broker.name,
                        words[0].equals("buy") ? Side.BUY : Side.SELL,
                        words[1],
                        words[2].equals("market") ? null : words[2],
                        words.length > 3 ? TimeInForce.valueOf(words[3]) : TimeInForce.DAY));
            case "cancel" -> answered(stage.cancel(orders.getLast()), words.length > 1 ? words[1] : "");
            case "amend" ->
                answered(
                        stage.amend(
                                orders.getLast(),
                                words[1].equals("-") ? null : words[1],
                                words[2].equals("-") ? null : words[2]),
                        words.length > 3 ? words[3] : "");
            default -> throw new IllegalArgumentException("The desk cannot " + words[0]);
        }
    }

    private static void answered(Effect.Outcome outcome, String refusal) {
        if (refusal.isEmpty()) {
            assertThat(outcome).isEqualTo(new Effect.Outcome.Done());
        } else {
            assertThat(outcome)
                    .isInstanceOfSatisfying(
                            Effect.Outcome.Refused.class,
                            refused -> assertThat(refused.refusal().name()).isEqualTo(refusal));
        }
    }

    private void say(Map<Integer, String> fields) throws IOException {
        var type = fields.get(35);
        Map<Integer, String> said = new LinkedHashMap<>();
        if ("8".equals(type)) {
            var executed = !fields.getOrDefault(14, "0").equals("0");
            said.put(37, "B-" + run);
            said.put(17, run + "-" + ++executions + "i");
            if (broker.version.equals("FIX.4.2")) {
                said.put(20, "0");
            }
            said.put(55, "VOD");
            said.put(54, "1");
            said.put(6, executed ? "100" : "0");
            if (fields.containsKey(32)) {
                said.put(31, "100");
            }
            said.put(60, ScriptedBroker.now(stage.now()));
        } else if ("9".equals(type)) {
            said.put(37, "B-" + run);
        }
        fields.forEach((tag, value) -> said.put(tag, meant(tag, value)));
        if ("8".equals(type)) {
            report = said;
            about = said.get(11);
        }
        broker.say(said);
    }

    private String meant(int tag, String value) {
        return switch (tag) {
            case 11, 41, 379 -> value.matches(NAME) ? Objects.requireNonNull(ids.get(value), value) : value;
            case 17, 19 -> value.isEmpty() ? value : run + "-" + value;
            // RefSeqNum: the message that brought this id
            case 45 -> value.matches(NAME) ? Objects.requireNonNull(sequences.get(value), value) : value;
            default -> value;
        };
    }

    private void hears(Map<Integer, String> expected) throws InterruptedException {
        var next = heard.isEmpty() ? broker.hears() : heard.removeFirst();
        var message = Objects.requireNonNull(next, "we say nothing");
        expected.forEach((tag, value) -> {
            var said = message.get(tag);
            if (tag == 11 && value.matches(NAME) && !ids.containsKey(value)) {
                ids.put(value, Objects.requireNonNull(said));
                sequences.put(value, Objects.requireNonNull(message.get(34)));
                about = said;
            } else {
                var wanted = value.isEmpty() ? null : meant(tag, value);
                assertThat(said).as("tag " + tag + " of " + message).isEqualTo(wanted);
            }
        });
    }

    private void shows(Map<Integer, String> written) {
        var id = written.containsKey(11) ? meant(11, written.get(11)) : about;
        var route = Objects.requireNonNull(stage.route(Objects.requireNonNull(id)), "no route has " + id);
        var body = route.body();
        Map<Integer, String> shown = new LinkedHashMap<>();
        shown.put(39, String.valueOf(route.status().tag()));
        shown.put(38, body.quantity().toString());
        shown.put(14, body.cumulative().toString());
        shown.put(151, route.leaves().toString());
        shown.put(6, body.average() == null ? "0" : plain(body.average().value()));
        shown.put(44, body.price() == null ? "" : plain(body.price().value()));
        shown.put(11, body.clOrdId());
        Map<Integer, String> wanted = new LinkedHashMap<>();
        for (var tag : new int[] {39, 38, 14, 151}) {
            var value = written.getOrDefault(tag, report.get(tag));
            if (value != null) {
                wanted.put(tag, value);
            }
        }
        if (written.containsKey(6)) {
            wanted.put(6, written.get(6));
        }
        if (written.containsKey(44)) {
            wanted.put(44, written.get(44));
        }
        if (written.containsKey(11) && written.get(11).matches(NAME)) {
            wanted.put(11, meant(11, written.get(11)));
        }
        shown.keySet().retainAll(wanted.keySet());
        assertThat(inOrder(shown)).as("our books of " + id).isEqualTo(inOrder(wanted));
    }

    private static Map<Integer, String> inOrder(Map<Integer, String> fields) {
        return new java.util.TreeMap<>(fields);
    }

    private static String plain(BigDecimal value) {
        var stripped = value.stripTrailingZeros();
        return (stripped.scale() < 0 ? stripped.setScale(0) : stripped).toPlainString();
    }

    private void parent(String[] words) {
        var order = stage.order(orders.getLast());
        assertThat(order.status().name()).as("the order's status").isEqualTo(words[0]);
        if (words.length > 1) {
            var wanted = fields(words[1]);
            var body = order.body();
            Map<Integer, String> shown = new LinkedHashMap<>();
            shown.put(38, body.quantity().toString());
            shown.put(14, body.executed().toString());
            shown.put(6, body.average() == null ? "0" : plain(body.average().value()));
            shown.put(44, body.limit() == null ? "" : plain(body.limit().value()));
            shown.keySet().retainAll(wanted.keySet());
            assertThat(inOrder(shown)).as("the order").isEqualTo(inOrder(wanted));
        }
    }

    private void moved(String text) {
        for (var each : text.split("\\|", -1)) {
            var equals = each.indexOf('=');
            var by = new BigDecimal(each.substring(equals + 1));
            switch (each.substring(0, equals)) {
                case "position" ->
                    assertThat(stage.position(broker.name).subtract(positionBefore))
                            .as("position")
                            .isEqualByComparingTo(by);
                case "cash" ->
                    assertThat(stage.cash().subtract(cashBefore)).as("cash").isEqualByComparingTo(by);
                default -> throw new IllegalArgumentException(each);
            }
        }
    }

    /** What holds after every script: executions, route, order, position and what readers see are of one mind. */
    private void booksAgree() {
        var traded = BigDecimal.ZERO;
        var paid = BigDecimal.ZERO;
        for (var id : orders) {
            var order = stage.order(id);
            var executed = BigDecimal.ZERO;
            for (var n = 1; n <= order.body().routes(); n++) {
                var route = Objects.requireNonNull(stage.route(id + "-" + n + "-1"));
                executed = executed.add(agrees(route));
            }
            assertThat(order.body().executed().value()).isEqualByComparingTo(executed);
            assertThat(stage.read("select status from execution.parent_order where order_id = ?", id))
                    .isEqualTo(order.status().name());
            traded = traded.add(order.body().terms().side() == Side.BUY ? executed : executed.negate());
            paid = paid.add(
                    order.body().terms().side() == Side.BUY
                            ? order.body().value()
                            : order.body().value().negate());
            ended(order);
        }
        assertThat(stage.position(broker.name).subtract(positionBefore))
                .as("position moved by the sum of executions")
                .isEqualByComparingTo(traded);
        assertThat(stage.cash().subtract(cashBefore))
                .as("cash moved by what they cost")
                .isEqualByComparingTo(paid.negate());
    }

    private BigDecimal agrees(Route route) {
        var body = route.body();
        var live = BigDecimal.ZERO;
        for (Execution each = body.newest(); each != null; each = each.earlier()) {
            live = live.add(each.live() ? each.quantity().value() : BigDecimal.ZERO);
        }
        assertThat(body.cumulative().value()).as("CumQty of " + body.routeId()).isEqualByComparingTo(live);
        if (route.live()) {
            assertThat(body.cumulative().plus(route.leaves())).isGreaterThanOrEqualTo(body.quantity());
        } else {
            assertThat(route.leaves().isZero()).isTrue();
        }
        assertThat(new BigDecimal(stage.read(
                        "select coalesce(sum(quantity), 0) from execution.fill where live and route_id = ?",
                        body.routeId())))
                .isEqualByComparingTo(live);
        assertThat(stage.read("select status from execution.route where route_id = ?", body.routeId()))
                .isEqualTo(route.status().name());
        assertThat(new BigDecimal(
                        stage.read("select executed_quantity from execution.route where route_id = ?", body.routeId())))
                .isEqualByComparingTo(live);
        return live;
    }

    private static void ended(ParentOrder order) {
        if (order.status() == ParentOrder.Status.FILLED) {
            assertThat(order.body().remaining().isZero()).isTrue();
        }
    }
}
