package org.tradesuite.settlement.journal;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.stereotype.Component;
import org.tradesuite.eventstore.NewEvent;
import org.tradesuite.market.Quantity;
import org.tradesuite.settlement.instruction.Advice.SettlementAdvice;
import org.tradesuite.settlement.instruction.Instruction;
import org.tradesuite.settlement.instruction.Instruction.Absent;
import org.tradesuite.settlement.instruction.Instruction.Dossier;
import org.tradesuite.settlement.instruction.Instruction.Ended;
import org.tradesuite.settlement.instruction.Instruction.Event;
import org.tradesuite.settlement.instruction.Instruction.Open;
import org.tradesuite.settlement.instruction.Instruction.Settled;

/**
 * The instructions: read by folding their stream in the journal, written as events with the rows people look at in the
 * same transaction. The rows are never read to decide anything.
 */
@Component
public class InstructionBook {

    private static final String UPDATE = """
        update settlement.instruction set
            stream_version = :version, status = :status, reason_code = :reason, settled_quantity = :settledQuantity,
            settled_amount = :settledAmount, settled_on = :settledOn, excess_quantity = :excess,
            failing_since = :failingSince, updated_at = :at
        where instruction_id = :id
        """;

    private static final String FORGET_SLICES = "delete from settlement.slice where instruction_id = :id";

    private static final String SLICE = """
        insert into settlement.slice (instruction_id, sender_reference, settled_on, quantity, amount)
        values (:id, :reference, :settledOn, :quantity, :amount)
        """;

    private final Journal journal;
    private final NamedParameterJdbcTemplate jdbc;

    InstructionBook(Journal journal, NamedParameterJdbcTemplate jdbc) {
        this.journal = journal;
        this.jdbc = jdbc;
    }

    /** @param version of its stream, 0 when it was never sent */
    public record Entry(String reference, Instruction state, int version) {

        /** @throws IllegalStateException if it was never sent */
        public Dossier dossier() {
            return switch (state) {
                case Absent _ -> throw new IllegalStateException(reference + " was never sent");
                case Open open -> open.dossier();
                case Settled settled -> settled.dossier();
                case Ended ended -> ended.dossier();
            };
        }

        public Entry with(Event event) {
            return new Entry(reference, Instruction.evolve(state, event), version + 1);
        }
    }

    /** @param after the entry with the event applied; its version is the event's */
    public record Change(
            Entry after,
            Event event,
            Instant eventTime,
            String actor,
            @Nullable String causation,
            String correlation) {}

    public Entry read(String reference) {
        Instruction state = new Absent();
        var version = 0;
        for (var event : journal.stream(stream(reference))) {
            state = Instruction.evolve(state, InstructionCodec.decode(event.type(), event.payloadJson()));
            version = event.version();
        }
        return new Entry(reference, state, version);
    }

    /** What happened to it, oldest first. */
    public List<Moment> history(String reference) {
        Instruction state = new Absent();
        var moments = new ArrayList<Moment>();
        for (var event : journal.stream(stream(reference))) {
            var entry = new Entry(reference, state, event.version() - 1)
                    .with(InstructionCodec.decode(event.type(), event.payloadJson()));
            state = entry.state();
            moments.add(new Moment(event.eventTime(), entry.dossier(), event.actor(), event.causation()));
        }
        return moments;
    }

    /** @param dossier as it was known then */
    public record Moment(
            Instant at,
            Dossier dossier,
            String actor,
            @Nullable String cause) {}

    /** Appends the events in order; rows of instructions that are new are the caller's to insert. */
    public void append(List<Change> changes) {
        journal.append(changes.stream()
                .map(change -> new NewEvent(
                        stream(change.after().reference()),
                        change.after().version(),
                        InstructionCodec.type(change.event()),
                        InstructionCodec.SCHEMA_VERSION,
                        change.eventTime(),
                        change.actor(),
                        null,
                        change.causation(),
                        change.correlation(),
                        InstructionCodec.encode(change.event())))
                .toList());
    }

    /** Makes the rows say what the entries say. */
    public void show(List<Entry> entries, Instant at) {
        var updates = new ArrayList<MapSqlParameterSource>();
        var slices = new ArrayList<MapSqlParameterSource>();
        for (var entry : entries) {
            var dossier = entry.dossier();
            var excess =
                    dossier.excess().stream().map(SettlementAdvice::quantity).reduce(Quantity.ZERO, Quantity::plus);
            updates.add(new MapSqlParameterSource("id", entry.reference())
                    .addValue("version", entry.version())
                    .addValue("status", dossier.status().name())
                    .addValue("reason", dossier.reasonCode())
                    .addValue("settledQuantity", dossier.settled().value())
                    .addValue("settledAmount", dossier.settledAmount().amount())
                    .addValue("settledOn", dossier.settledOn())
                    .addValue("excess", excess.value())
                    .addValue("failingSince", dossier.failingSince())
                    .addValue("at", at.atOffset(ZoneOffset.UTC)));
            for (var slice : dossier.slices()) {
                slices.add(new MapSqlParameterSource("id", entry.reference())
                        .addValue("reference", slice.senderReference())
                        .addValue("settledOn", slice.settledOn())
                        .addValue("quantity", slice.quantity().value())
                        .addValue("amount", slice.amount().amount()));
            }
        }
        batch(UPDATE, updates);
        batch(FORGET_SLICES, updates);
        batch(SLICE, slices);
    }

    private void batch(String sql, List<MapSqlParameterSource> rows) {
        if (!rows.isEmpty()) {
            jdbc.batchUpdate(sql, rows.toArray(MapSqlParameterSource[]::new));
        }
    }

    private static String stream(String reference) {
        return "instruction/" + reference;
    }
}
