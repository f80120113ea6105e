package org.tradesuite.execution.desk.web;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.tradesuite.execution.engine.Brake;
import org.tradesuite.openapi.execution.model.RouteStatus;
import org.tradesuite.openapi.execution.model.StopCount;
import org.tradesuite.openapi.execution.model.StopOutcome;
import org.tradesuite.openapi.execution.model.StoppedRoute;
import org.tradesuite.openapi.execution.model.SwitchReport;
import org.tradesuite.openapi.execution.model.TradingSwitch;

/** What became of the routes that a stop cancelled. */
@Component
class SwitchReader {

    private static final int SHOWN = 1_000;

    private static final String STOPPED = """
        select s.route_id, r.order_id, s.broker_id, r.status, r.quantity, s.executed_before,
               r.executed_quantity, s.asked_before, s.stopped_at, r.ended_at, r.reject_reason
        from execution.stopped_route s
        join execution.route r on r.route_id = s.route_id
        where s.switch_id = :id
          and s.times = (select max(times) from execution.stopped_route where switch_id = :id)
        order by r.ended_at is not null, s.broker_id, s.route_id
        """;

    private final JdbcClient jdbc;
    private final Duration usual;

    /** @param usual how long a broker may take before it is said that it does not answer */
    SwitchReader(JdbcClient jdbc, @Value("${execution.engine.ask-after}") Duration usual) {
        this.jdbc = jdbc;
        this.usual = usual;
    }

    /** @param down the lines that are not logged on */
    SwitchReport report(TradingSwitch shown, Instant now, Set<String> down) {
        var routes = jdbc.sql(STOPPED)
                .param("id", shown.getSwitchId())
                .query((columns, number) -> route(columns, now, down))
                .list();
        Map<StopOutcome, Integer> outcomes = new EnumMap<>(StopOutcome.class);
        routes.forEach(route -> outcomes.merge(route.getOutcome(), 1, Integer::sum));
        return new SwitchReport(
                shown,
                routes.stream().allMatch(route -> route.getEndedAt() != null),
                outcomes.entrySet().stream()
                        .map(each -> new StopCount(each.getKey(), each.getValue()))
                        .toList(),
                routes.stream().limit(SHOWN).toList());
    }

    private StoppedRoute route(ResultSet columns, Instant now, Set<String> down) throws SQLException {
        var row = new Row(columns);
        var status = Statuses.route(row.text("status"));
        var ended = row.instantOrNull("ended_at");
        var stopped = row.instant("stopped_at");
        var before = columns.getBigDecimal("executed_before");
        var executed = columns.getBigDecimal("executed_quantity");
        var quantity = columns.getBigDecimal("quantity");
        var outcome = ended == null
                ? open(status, down.contains(row.text("broker_id")), stopped, now)
                : over(status, Brake.NEVER_LEFT.equals(row.textOrNull("reject_reason")));
        return new StoppedRoute(
                        row.text("route_id"),
                        row.text("order_id"),
                        row.text("broker_id"),
                        outcome,
                        status,
                        Row.plain(quantity),
                        Row.plain(before),
                        Row.plain(executed.subtract(before)),
                        Row.plain(
                                outcome == StopOutcome.CANCELLED
                                        ? quantity.subtract(executed).max(BigDecimal.ZERO)
                                        : BigDecimal.ZERO),
                        columns.getBoolean("asked_before"),
                        stopped)
                .endedAt(ended);
    }

    private StopOutcome open(RouteStatus status, boolean down, Instant stopped, Instant now) {
        if (status == RouteStatus.UNKNOWN) {
            return StopOutcome.UNKNOWN;
        }
        if (down) {
            return StopOutcome.BROKER_DOWN;
        }
        if (status != RouteStatus.PENDING_CANCEL) {
            return StopOutcome.REFUSED;
        }
        return now.isBefore(stopped.plus(usual)) ? StopOutcome.WAITING : StopOutcome.NOT_ANSWERED;
    }

    private static StopOutcome over(RouteStatus status, boolean neverLeft) {
        if (neverLeft) {
            return StopOutcome.NEVER_LEFT;
        }
        return switch (status) {
            case CANCELED -> StopOutcome.CANCELLED;
            case FILLED -> StopOutcome.FILLED;
            default -> StopOutcome.ENDED;
        };
    }
}
