package org.tradesuite.settlement.fails;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.tradesuite.market.CalendarOverride;
import org.tradesuite.market.Currency;
import org.tradesuite.settlement.instruction.Instruction;
import org.tradesuite.settlement.instruction.Instruction.Accepted;
import org.tradesuite.settlement.instruction.Instruction.CloseDate;
import org.tradesuite.settlement.instruction.Instruction.Refused;
import org.tradesuite.settlement.journal.InstructionBook;
import org.tradesuite.settlement.journal.InstructionBook.Change;
import org.tradesuite.settlement.journal.InstructionBook.Entry;
import org.tradesuite.settlement.journal.Journal;

/** Open instructions past their date: declared failing once, aged for every business date. */
@Component
class FailingInstructions {

    private static final String OVERDUE = """
        select instruction_id
        from settlement.instruction
        where status not in ('SETTLED', 'CANCELLED', 'REJECTED')
          and failing_since is null and settlement_date <= :businessDate
        order by instruction_id
        limit :limit
        """;

    private static final String FAILING = """
        select i.instruction_id, i.failing_since, i.reason_code, i.quantity - i.settled_quantity as quantity,
               greatest(i.amount - i.settled_amount, 0) as amount, i.currency,
               substring(i.place_of_settlement from 5 for 2) as depository_country, n.calendar, n.reference_price,
               (select r.basis_points
                  from settlement.penalty_rate r
                 where r.country = substring(i.place_of_settlement from 5 for 2) and r.asset_class = n.asset_class
                   and r.valid_from <= :businessDate
                 order by r.valid_from desc limit 1) as basis_points
        from settlement.instruction i
        join reference_api.instrument n on n.instrument_id = i.instrument_id
        where i.status not in ('SETTLED', 'CANCELLED', 'REJECTED') and i.failing_since <= :businessDate
        order by i.instruction_id
        """;

    private static final String OVERRIDES = """
        select calendar, date, open from reference_api.calendar_override
        """;

    private static final String FORGET = "delete from settlement.fail where business_date = :businessDate";

    private static final String INSERT = """
        insert into settlement.fail (
            business_date, instruction_id, failing_since, reason_code, at_fault, quantity, amount, currency,
            business_days, age, penalty_estimate)
        values (
            :businessDate, :id, :failingSince, :reason, :fault, :quantity, :amount, :currency, :days, :age, :penalty)
        """;

    private final JdbcClient jdbc;
    private final NamedParameterJdbcTemplate batch;
    private final InstructionBook book;
    private final Journal journal;

    FailingInstructions(JdbcClient jdbc, NamedParameterJdbcTemplate batch, InstructionBook book, Journal journal) {
        this.jdbc = jdbc;
        this.batch = batch;
        this.book = book;
        this.journal = journal;
    }

    /** @return how many began to fail; fewer than the limit when none are left */
    int declare(LocalDate businessDate, int limit) {
        var at = journal.now();
        var changes = new ArrayList<Change>();
        var entries = new ArrayList<Entry>();
        var overdue = jdbc.sql(OVERDUE)
                .param("businessDate", businessDate)
                .param("limit", limit)
                .query((row, n) -> row.getString(1))
                .list();
        for (var reference : overdue) {
            var entry = book.read(reference);
            switch (Instruction.decide(entry.state(), new CloseDate(businessDate))) {
                case Accepted(var events) -> {
                    for (var event : events) {
                        entry = entry.with(event);
                        changes.add(new Change(
                                entry,
                                event,
                                at,
                                Journal.JOBS,
                                "end of " + businessDate,
                                entry.dossier().terms().tradeId()));
                    }
                    entries.add(entry);
                }
                case Refused(var reason, var detail) -> throw new IllegalStateException(reason + ": " + detail);
            }
        }
        book.append(changes);
        book.show(entries, at);
        return overdue.size();
    }

    private record Failing(
            String reference,
            LocalDate failingSince,
            @Nullable String reason,
            BigDecimal quantity,
            BigDecimal amount,
            Currency currency,
            String depositoryCountry,
            String tradingCalendar,
            @Nullable BigDecimal referencePrice,
            @Nullable BigDecimal basisPoints) {}

    /** Replaces what is known of the business date: the same day aged twice is the same. */
    int age(LocalDate businessDate) {
        var overrides = overrides();
        var rows = jdbc
                .sql(FAILING)
                .param("businessDate", businessDate)
                .query((row, n) -> new Failing(
                        row.getString("instruction_id"),
                        row.getObject("failing_since", LocalDate.class),
                        row.getString("reason_code"),
                        row.getBigDecimal("quantity"),
                        row.getBigDecimal("amount"),
                        Currency.of(row.getString("currency")),
                        row.getString("depository_country"),
                        row.getString("calendar"),
                        row.getBigDecimal("reference_price"),
                        row.getBigDecimal("basis_points")))
                .list()
                .stream()
                .map(failing -> aged(failing, businessDate, overrides))
                .toList();
        jdbc.sql(FORGET).param("businessDate", businessDate).update();
        if (!rows.isEmpty()) {
            batch.batchUpdate(INSERT, rows.toArray(MapSqlParameterSource[]::new));
        }
        return rows.size();
    }

    private static MapSqlParameterSource aged(
            Failing failing, LocalDate businessDate, List<CalendarOverride> overrides) {
        var calendar = FailAge.calendar(
                failing.depositoryCountry(), failing.currency().code(), failing.tradingCalendar(), overrides);
        var days = FailAge.businessDays(calendar, failing.failingSince(), businessDate);
        var price = failing.referencePrice();
        var rate = failing.basisPoints();
        return new MapSqlParameterSource("businessDate", businessDate)
                .addValue("id", failing.reference())
                .addValue("failingSince", failing.failingSince())
                .addValue("reason", failing.reason())
                .addValue("fault", Fault.of(failing.reason()).name())
                .addValue("quantity", failing.quantity())
                .addValue("amount", failing.amount())
                .addValue("currency", failing.currency().code())
                .addValue("days", days)
                .addValue("age", FailAge.bracket(days))
                .addValue(
                        "penalty",
                        price == null || rate == null
                                ? null
                                : FailAge.penalty(failing.quantity(), price, rate, days, failing.currency())
                                        .amount());
    }

    private List<CalendarOverride> overrides() {
        return jdbc.sql(OVERRIDES)
                .query((row, n) -> new CalendarOverride(
                        row.getString("calendar"), row.getObject("date", LocalDate.class), row.getBoolean("open")))
                .list();
    }
}
