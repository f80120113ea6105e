package org.tradesuite.reporting.audit;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Where each export of the journal began and ended; the next one goes on from there. */
final class Checkpoints {

    /** An export goes on where the latest other one ended, so that together they hold every event once. */
    private static final String TAKE = """
        insert into reporting.audit_checkpoint
               (business_date, sequence, chain, first_seq, last_seq, last_hash, taken_at)
        select :businessDate, :sequence, h.chain,
               coalesce((select max(c.last_seq) from reporting.audit_checkpoint c where c.chain = h.chain), 0) + 1,
               h.seq, h.hash, :at
          from journal.head h
        on conflict do nothing
        """;

    private static final String TAKEN = """
        select chain, first_seq, last_seq, last_hash from reporting.audit_checkpoint
         where business_date = :businessDate and sequence = :sequence order by chain
        """;

    private final JdbcClient jdbc;

    Checkpoints(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Fixes the end of every chain for an export; a restarted export keeps the ends it fixed first. */
    List<Checkpoint> take(LocalDate businessDate, long sequence, Instant at) {
        if (taken(businessDate, sequence).isEmpty()) {
            jdbc.sql(TAKE)
                    .param("businessDate", businessDate)
                    .param("sequence", sequence)
                    .param("at", at.atOffset(ZoneOffset.UTC))
                    .update();
        }
        return taken(businessDate, sequence);
    }

    List<Checkpoint> taken(LocalDate businessDate, long sequence) {
        return jdbc.sql(TAKEN)
                .param("businessDate", businessDate)
                .param("sequence", sequence)
                .query((rows, n) -> new Checkpoint(
                        rows.getString("chain"),
                        rows.getLong("first_seq"),
                        rows.getLong("last_seq"),
                        HexFormat.of().formatHex(rows.getBytes("last_hash"))))
                .list();
    }
}
