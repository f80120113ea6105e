package org.tradesuite.reporting.web;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.RestController;
import org.tradesuite.openapi.problem.ProblemCode;
import org.tradesuite.openapi.reporting.api.AuditApi;
import org.tradesuite.openapi.reporting.model.AuditEvent;
import org.tradesuite.openapi.reporting.model.AuditEventPage;
import org.tradesuite.web.Cursor;
import org.tradesuite.web.Page;
import org.tradesuite.web.ProblemException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** What was known of something, then or now, as reporting.yaml says. Ties are resolved by sequence, never by time. */
@RestController
class AuditController implements AuditApi {

    private static final String EVENTS = """
        select chain, seq, stream, version, type, schema_version, event_time, recorded_at, actor, reason, causation,
               correlation, payload, prev_hash, hash
          from journal.event
         where stream = :stream
           and (cast(:chain as text) is null or chain = :chain)
           and (cast(:asOf as timestamptz) is null or recorded_at <= :asOf)
           and (chain, version) > (:afterChain, :afterVersion)
         order by chain, version limit :limit
        """;
    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

    private final JdbcClient jdbc;
    private final JsonMapper json = JsonMapper.builder().build();

    AuditController(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
    }

    @Override
    @PreAuthorize("hasAnyRole('COMPLIANCE', 'ADMINISTRATOR')")
    public ResponseEntity<AuditEventPage> listAuditEvents(
            String stream, @Nullable String chain, @Nullable Instant asOf, @Nullable String cursor, Integer limit) {
        Optional<Cursor> after = Cursor.parse(cursor, 2);
        List<AuditEvent> events = jdbc.sql(EVENTS)
                .param("stream", stream)
                .param("chain", chain)
                .param("asOf", asOf == null ? null : asOf.atOffset(ZoneOffset.UTC))
                .param("afterChain", after.map(at -> at.keys().getFirst()).orElse(""))
                .param(
                        "afterVersion",
                        after.map(at -> version(at.keys().getLast())).orElse(0))
                .param("limit", limit + 1)
                .query((rows, n) -> new AuditEvent(
                                rows.getString("chain"),
                                rows.getLong("seq"),
                                rows.getString("stream"),
                                rows.getInt("version"),
                                rows.getString("type"),
                                rows.getInt("schema_version"),
                                rows.getObject("event_time", OffsetDateTime.class)
                                        .toInstant(),
                                rows.getObject("recorded_at", OffsetDateTime.class)
                                        .toInstant(),
                                rows.getString("actor"),
                                json.readValue(rows.getString("payload"), OBJECT),
                                HexFormat.of().formatHex(rows.getBytes("prev_hash")),
                                HexFormat.of().formatHex(rows.getBytes("hash")))
                        .reason(rows.getString("reason"))
                        .causation(rows.getString("causation"))
                        .correlation(rows.getString("correlation")))
                .list();
        Page<AuditEvent> page =
                Page.of(events, limit, event -> Cursor.of(event.getChain(), Integer.toString(event.getVersion())));
        return ResponseEntity.ok(new AuditEventPage(page.items()).nextCursor(page.nextCursor()));
    }

    private static int version(String key) {
        try {
            return Integer.parseInt(key);
        } catch (NumberFormatException e) {
            throw ProblemException.inField(
                    "cursor",
                    ProblemCode.INVALID_CURSOR,
                    "The cursor is not one that this list gave out. Start again without it.");
        }
    }
}
