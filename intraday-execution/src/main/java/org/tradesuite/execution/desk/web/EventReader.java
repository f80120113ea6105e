package org.tradesuite.execution.desk.web;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.tradesuite.openapi.execution.model.OrderEvent;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** What the journal has about an order and its routes. */
@Component
class EventReader {

    private static final TypeReference<Map<String, Object>> PAYLOAD = new TypeReference<>() {};

    private static final String OF_ORDER = """
        select seq, stream, version, type, schema_version, event_time, recorded_at, actor, reason, causation,
               correlation, payload, hash
        from journal.event
        where chain = 'execution-0'
          and stream in (
              select 'order/' || :order
              union all select 'amendments/' || :order
              union all select 'children/' || :order
              union all select 'route/' || route_id from execution.route where order_id = :order)
          and (cast(:asOf as timestamptz) is null or recorded_at <= cast(:asOf as timestamptz))
        order by seq
        """;

    private final JdbcClient jdbc;
    private final JsonMapper json;

    EventReader(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    List<OrderEvent> ofOrder(String order, @Nullable Instant asOf) {
        return jdbc.sql(OF_ORDER)
                .param("order", order)
                .param("asOf", asOf == null ? null : asOf.atOffset(ZoneOffset.UTC))
                .query(this::event)
                .list();
    }

    private OrderEvent event(ResultSet columns, int number) throws SQLException {
        var row = new Row(columns);
        return new OrderEvent(
                        columns.getLong("seq"),
                        row.text("stream"),
                        columns.getInt("version"),
                        row.text("type"),
                        columns.getInt("schema_version"),
                        row.instant("event_time"),
                        row.instant("recorded_at"),
                        row.text("actor"),
                        json.readValue(row.text("payload"), PAYLOAD),
                        HexFormat.of().formatHex(columns.getBytes("hash")))
                .reason(row.textOrNull("reason"))
                .causation(row.textOrNull("causation"))
                .correlation(row.textOrNull("correlation"));
    }
}
