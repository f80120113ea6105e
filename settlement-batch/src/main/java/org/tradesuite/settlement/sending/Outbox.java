package org.tradesuite.settlement.sending;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.tradesuite.market.AccountId;
import org.tradesuite.market.Bic;
import org.tradesuite.market.Currency;
import org.tradesuite.market.InstrumentId;
import org.tradesuite.market.Isin;
import org.tradesuite.market.Mic;
import org.tradesuite.market.Money;
import org.tradesuite.market.Quantity;
import org.tradesuite.settlement.exceptions.ExceptionKind;
import org.tradesuite.settlement.exceptions.Exceptions;
import org.tradesuite.settlement.instruction.Direction;
import org.tradesuite.settlement.instruction.Instruction;
import org.tradesuite.settlement.instruction.Instruction.Accepted;
import org.tradesuite.settlement.instruction.Instruction.Instruct;
import org.tradesuite.settlement.instruction.Instruction.Refused;
import org.tradesuite.settlement.instruction.Terms;
import org.tradesuite.settlement.instruction.Terms.StandingVersion;
import org.tradesuite.settlement.journal.InstructionBook;
import org.tradesuite.settlement.journal.Journal;

/** Obligations ready to instruct, instructions recorded, and instructions whose files have not been written. */
@Component
class Outbox {

    private static final String READY = """
        select o.*, coalesce((
            select max(i.attempt) from settlement.instruction i where i.trade_id = o.trade_id), 0) + 1 as attempt
        from settlement.obligation o
        where o.status = 'READY' and o.method = 'CUSTODIAN' and o.business_date <= :businessDate
        order by o.business_date, o.number
        limit :limit
        """;

    private static final String COUNT_READY = """
        select count(*)
        from settlement.obligation o
        where o.status = 'READY' and o.method = 'CUSTODIAN' and o.business_date <= :businessDate
        """;

    private static final String INSERT = """
        insert into settlement.instruction (
            instruction_id, trade_id, leg, attempt, business_date, account_id, safekeeping_account, instrument_id, isin,
            direction, quantity, amount, currency, trade_date, settlement_date, place_of_settlement, counterparty_bic,
            standing_number, standing_version, prepared_at, stream_version, status, settled_quantity, settled_amount,
            excess_quantity, updated_at)
        values (
            :id, :tradeId, 'SECURITIES', :attempt, :businessDate, :account, :safekeepingAccount, :instrument, :isin,
            :direction, :quantity, :amount, :currency, :tradeDate, :settlementDate, :placeOfSettlement, :counterparty,
            :standingNumber, :standingVersion, :at, 1, 'INSTRUCTED', 0, 0, 0, :at)
        """;

    private static final String MARK = """
        update settlement.obligation set status = :status, updated_at = :at where trade_id = :tradeId
        """;

    private static final String UNSENT = """
        select instruction_id, business_date, prepared_at
        from settlement.instruction
        where sent_at is null
        order by instruction_id
        limit :limit
        """;

    private static final String COUNT_UNSENT = "select count(*) from settlement.instruction where sent_at is null";

    private static final String SENT = """
        update settlement.instruction set sent_at = :at where instruction_id = any(:ids) and sent_at is null
        """;

    private static final String OUR_BIC = "select bic from reference_api.firm";

    private static final DateTimeFormatter REFERENCE_DATE = DateTimeFormatter.ofPattern("yyMMdd", Locale.ROOT);
    private static final int MOST_ATTEMPTS = 26;

    private final JdbcClient jdbc;
    private final NamedParameterJdbcTemplate batch;
    private final Journal journal;
    private final InstructionBook book;
    private final Exceptions exceptions;

    Outbox(
            JdbcClient jdbc,
            NamedParameterJdbcTemplate batch,
            Journal journal,
            InstructionBook book,
            Exceptions exceptions) {
        this.jdbc = jdbc;
        this.batch = batch;
        this.journal = journal;
        this.book = book;
        this.exceptions = exceptions;
    }

    /** An obligation and the next number of its instruction, 1 for the first. */
    private record Ready(
            String tradeId,
            LocalDate businessDate,
            int number,
            int attempt,
            LocalDate tradeDate,
            String accountId,
            String instrumentId,
            String isin,
            String mic,
            String currency,
            Direction direction,
            BigDecimal quantity,
            BigDecimal amount,
            LocalDate settlementDate,
            String counterpartyBic,
            String placeOfSettlement,
            String custodianBic,
            String safekeepingAccount,
            long standingNumber,
            int standingVersion,
            String agentBic,
            String agentAccount) {

        /**
         * Business date, number of the trade within it and a letter for the attempt: the same trade gets the same
         * reference however often the job is restarted, and a repaired instruction gets a new one.
         */
        String reference() {
            if (attempt > MOST_ATTEMPTS) {
                throw new IllegalArgumentException(
                        "Trade " + tradeId + " was instructed " + (attempt - 1) + " times: agree it by telephone.");
            }
            return "S%s%05d%c".formatted(REFERENCE_DATE.format(businessDate), number, (char) ('A' + attempt - 1));
        }

        Terms terms(Bic us) {
            return new Terms(
                    reference(),
                    tradeId,
                    AccountId.of(accountId),
                    safekeepingAccount,
                    InstrumentId.of(instrumentId),
                    Isin.of(isin),
                    Mic.of(mic),
                    direction,
                    Quantity.of(quantity),
                    Money.of(amount, Currency.of(currency)),
                    tradeDate,
                    settlementDate,
                    us,
                    Bic.of(custodianBic),
                    Bic.of(placeOfSettlement),
                    Bic.of(counterpartyBic),
                    Bic.of(agentBic),
                    agentAccount,
                    new StandingVersion("SSI-" + standingNumber, standingVersion));
        }
    }

    long countReady(LocalDate businessDate) {
        return jdbc.sql(COUNT_READY)
                .param("businessDate", businessDate)
                .query(Long.class)
                .single();
    }

    long countUnsent() {
        return jdbc.sql(COUNT_UNSENT).query(Long.class).single();
    }

    /**
     * Records instructions for the next obligations that are ready.
     *
     * @return how many obligations were worked off; fewer than the limit when none are left
     */
    int record(LocalDate businessDate, int limit) {
        var us = Bic.of(jdbc.sql(OUR_BIC).query((row, n) -> row.getString(1)).single());
        var ready = jdbc.sql(READY)
                .param("businessDate", businessDate)
                .param("limit", limit)
                .query((rows, n) -> ready(rows))
                .list();
        var at = journal.now();
        var changes = new ArrayList<InstructionBook.Change>();
        var rows = new ArrayList<MapSqlParameterSource>();
        var marks = new ArrayList<MapSqlParameterSource>();
        for (var obligation : ready) {
            var terms = terms(obligation, us, businessDate, at);
            if (terms == null) {
                marks.add(mark(obligation.tradeId(), "EXCEPTION", at));
                continue;
            }
            var entry = book.read(terms.reference());
            switch (Instruction.decide(entry.state(), new Instruct(terms))) {
                case Accepted(var events) -> {
                    for (var event : events) {
                        entry = entry.with(event);
                        changes.add(new InstructionBook.Change(
                                entry, event, at, Journal.JOBS, terms.tradeId(), terms.tradeId()));
                    }
                }
                // The reference was made for this trade and attempt alone.
                case Refused(var reason, var detail) -> throw new IllegalStateException(reason + ": " + detail);
            }
            rows.add(row(obligation, terms, at));
            marks.add(mark(obligation.tradeId(), "INSTRUCTED", at));
        }
        book.append(changes);
        if (!rows.isEmpty()) {
            batch.batchUpdate(INSERT, rows.toArray(MapSqlParameterSource[]::new));
        }
        if (!marks.isEmpty()) {
            batch.batchUpdate(MARK, marks.toArray(MapSqlParameterSource[]::new));
        }
        return ready.size();
    }

    /** Null if what reference data says cannot be written into an instruction; that is an exception from here on. */
    private @Nullable Terms terms(Ready obligation, Bic us, LocalDate businessDate, Instant at) {
        try {
            var terms = obligation.terms(us);
            InstructionFiles.check(terms, at);
            return terms;
        } catch (IllegalArgumentException wrong) {
            exceptions.open(
                    obligation.tradeId(),
                    null,
                    ExceptionKind.NOT_INSTRUCTABLE,
                    String.valueOf(wrong.getMessage()),
                    businessDate,
                    at);
            return null;
        }
    }

    /** An instruction that may not have left yet. */
    record Unsent(Terms terms, LocalDate businessDate, Instant preparedAt) {}

    List<Unsent> unsent(int limit) {
        return jdbc.sql(UNSENT)
                .param("limit", limit)
                .query((rows, n) -> new Unsent(
                        book.read(rows.getString("instruction_id")).dossier().terms(),
                        rows.getObject("business_date", LocalDate.class),
                        rows.getObject("prepared_at", OffsetDateTime.class).toInstant()))
                .list();
    }

    void sent(List<String> references) {
        jdbc.sql(SENT)
                .param("at", journal.now().atOffset(ZoneOffset.UTC))
                .param("ids", references.toArray(String[]::new))
                .update();
    }

    private static MapSqlParameterSource mark(String tradeId, String status, Instant at) {
        return new MapSqlParameterSource("tradeId", tradeId)
                .addValue("status", status)
                .addValue("at", at.atOffset(ZoneOffset.UTC));
    }

    private static MapSqlParameterSource row(Ready obligation, Terms terms, Instant at) {
        return new MapSqlParameterSource("id", terms.reference())
                .addValue("tradeId", terms.tradeId())
                .addValue("attempt", obligation.attempt())
                .addValue("businessDate", obligation.businessDate())
                .addValue("account", terms.account().value())
                .addValue("safekeepingAccount", terms.safekeepingAccount())
                .addValue("instrument", terms.instrument().value())
                .addValue("isin", terms.isin().value())
                .addValue("direction", terms.direction().name())
                .addValue("quantity", terms.quantity().value())
                .addValue("amount", terms.amount().amount())
                .addValue("currency", terms.amount().currency().code())
                .addValue("tradeDate", terms.tradeDate())
                .addValue("settlementDate", terms.settlementDate())
                .addValue("placeOfSettlement", terms.placeOfSettlement().value())
                .addValue("counterparty", terms.counterparty().value())
                .addValue("standingNumber", obligation.standingNumber())
                .addValue("standingVersion", obligation.standingVersion())
                .addValue("at", at.atOffset(ZoneOffset.UTC));
    }

    private static Ready ready(ResultSet row) throws SQLException {
        return new Ready(
                row.getString("trade_id"),
                row.getObject("business_date", LocalDate.class),
                row.getInt("number"),
                row.getInt("attempt"),
                row.getObject("trade_date", LocalDate.class),
                row.getString("account_id"),
                row.getString("instrument_id"),
                row.getString("isin"),
                row.getString("mic"),
                row.getString("currency"),
                Direction.valueOf(row.getString("direction")),
                row.getBigDecimal("quantity"),
                row.getBigDecimal("amount"),
                row.getObject("settlement_date", LocalDate.class),
                row.getString("counterparty_bic"),
                row.getString("place_of_settlement"),
                row.getString("custodian_bic"),
                row.getString("safekeeping_account"),
                row.getLong("standing_number"),
                row.getInt("standing_version"),
                row.getString("agent_bic"),
                row.getString("agent_account"));
    }
}
