package org.tradesuite.settlement.status;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.tradesuite.settlement.custodian.Reading.Read;

/** The messages as they came. */
@Component
class CustodianMessages {

    private static final String KEEP = """
        insert into settlement.custodian_message as m (
            file_hash, ordinal, file_name, message_type, sender_reference, instruction_ref, sent_at, text, status,
            business_date, received_at)
        values (
            :fileHash, :ordinal, :fileName, :type, :senderReference, :instruction, :sentAt, :text, 'RECEIVED',
            :businessDate, :at)
        on conflict (file_hash, ordinal) do update set
            message_type = excluded.message_type, sender_reference = excluded.sender_reference,
            instruction_ref = excluded.instruction_ref, sent_at = excluded.sent_at, text = excluded.text,
            status = 'RECEIVED', reason = null
        where m.status = 'REFUSED'
        """;

    /** In the sender's order; the outcome does not depend on it, the history reads better. */
    private static final String RECEIVED = """
        select file_hash, ordinal, file_name, text, business_date
        from settlement.custodian_message
        where status = 'RECEIVED'
        order by sent_at, sender_reference, file_hash, ordinal
        limit :limit
        """;

    private static final String COUNT_RECEIVED =
            "select count(*) from settlement.custodian_message where status = 'RECEIVED'";

    private static final String JUDGED = """
        update settlement.custodian_message set status = :status, reason = :reason
        where file_hash = :fileHash and ordinal = :ordinal
        """;

    private final JdbcClient jdbc;

    CustodianMessages(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param ordinal place in the file, from 1 */
    record Received(String fileHash, long ordinal, String fileName, String text, LocalDate businessDate) {}

    enum Outcome {
        APPLIED,
        NOTHING_NEW,
        REFUSED
    }

    void keep(Received message, Read read, Instant at) {
        jdbc.sql(KEEP)
                .param("fileHash", message.fileHash())
                .param("ordinal", message.ordinal())
                .param("fileName", message.fileName())
                .param("type", "MT" + read.messageType())
                .param("senderReference", read.advice().senderReference())
                .param("instruction", read.reference())
                .param("sentAt", read.advice().sentAt().atOffset(ZoneOffset.UTC))
                .param("text", message.text())
                .param("businessDate", message.businessDate())
                .param("at", at.atOffset(ZoneOffset.UTC))
                .update();
    }

    long countReceived() {
        return jdbc.sql(COUNT_RECEIVED).query(Long.class).single();
    }

    List<Received> received(int limit) {
        return jdbc.sql(RECEIVED)
                .param("limit", limit)
                .query((rows, n) -> new Received(
                        rows.getString("file_hash"),
                        rows.getLong("ordinal"),
                        rows.getString("file_name"),
                        rows.getString("text"),
                        rows.getObject("business_date", LocalDate.class)))
                .list();
    }

    void judged(Received message, Outcome outcome, @Nullable String reason) {
        jdbc.sql(JUDGED)
                .param("status", outcome.name())
                .param("reason", reason)
                .param("fileHash", message.fileHash())
                .param("ordinal", message.ordinal())
                .update();
    }
}
