package org.tradesuite.settlement.exceptions;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The open exceptions. Opening one that is open and closing one that is closed change nothing. */
@Component
public class Exceptions {

    private static final String OPEN = """
        insert into settlement.exception (trade_id, instruction_id, kind, detail, owner, opened_on, opened_at)
        values (:tradeId, :instructionId, :kind, :detail, :owner, :openedOn, :openedAt)
        on conflict (trade_id, kind) where closed_at is null do nothing
        """;

    private static final String CLOSE_ALL_BUT = """
        update settlement.exception set closed_at = :at
        where trade_id = :tradeId and closed_at is null and kind <> :kept
        """;

    private static final String PAGE = """
        select exception_id, trade_id, instruction_id, kind, detail, owner, opened_on
        from settlement.exception
        where closed_at is null and exception_id > :after and (cast(:owner as text) is null or owner = :owner)
        order by exception_id
        limit :limit
        """;

    private final JdbcClient jdbc;

    Exceptions(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param id grows with time */
    public record Open(
            long id,
            String tradeId,
            @Nullable String instructionId,
            String kind,
            String detail,
            String owner,
            LocalDate openedOn) {}

    public void open(
            String tradeId,
            @Nullable String instructionId,
            ExceptionKind kind,
            String detail,
            LocalDate businessDate,
            Instant at) {
        jdbc.sql(OPEN)
                .param("tradeId", tradeId)
                .param("instructionId", instructionId)
                .param("kind", kind.name())
                .param("detail", detail)
                .param("owner", kind.owner().name())
                .param("openedOn", businessDate)
                .param("openedAt", at.atOffset(ZoneOffset.UTC))
                .update();
    }

    /** Whatever was wrong with the trade no longer is. */
    public void close(String tradeId, Instant at) {
        closeAllBut(tradeId, null, at);
    }

    /** Something else is wrong with the trade now. */
    public void closeAllBut(String tradeId, @Nullable ExceptionKind kept, Instant at) {
        jdbc.sql(CLOSE_ALL_BUT)
                .param("at", at.atOffset(ZoneOffset.UTC))
                .param("tradeId", tradeId)
                .param("kept", kept == null ? "" : kept.name())
                .update();
    }

    public List<Open> open(@Nullable String owner, long after, int limit) {
        return jdbc.sql(PAGE)
                .param("after", after)
                .param("owner", owner)
                .param("limit", limit)
                .query((rows, n) -> new Open(
                        rows.getLong("exception_id"),
                        rows.getString("trade_id"),
                        rows.getString("instruction_id"),
                        rows.getString("kind"),
                        rows.getString("detail"),
                        rows.getString("owner"),
                        rows.getObject("opened_on", LocalDate.class)))
                .list();
    }
}
