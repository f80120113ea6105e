package org.tradesuite.settlement.confirmation;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.tradesuite.eventstore.NewEvent;
import org.tradesuite.market.Side;
import org.tradesuite.settlement.confirmation.Judgement.Held;
import org.tradesuite.settlement.confirmation.Judgement.Ready;
import org.tradesuite.settlement.confirmation.Judgement.SettledAtVenue;
import org.tradesuite.settlement.exceptions.Exceptions;
import org.tradesuite.settlement.instruction.Direction;
import org.tradesuite.settlement.journal.Journal;
import org.tradesuite.settlement.standing.StandingInstruction;
import tools.jackson.databind.json.JsonMapper;

/** The obligations in the database, each with its stream of judgements in the journal. */
@Component
class Obligations {

    private static final String TRADE = """
        select t.trade_id, t.business_date, t.trade_date, t.account_id, t.broker_id, t.broker_bic, t.instrument_id,
               t.isin, t.mic, i.asset_class, t.currency, t.side, t.quantity, t.net_amount, t.settlement_date,
               t.place_of_settlement, t.confirm_status, t.confirm_ref, a.custodian_bic, a.safekeeping_account
        from execution_api.confirmed_trade t
        left join reference_api.instrument i on i.instrument_id = t.instrument_id
        left join reference_api.account a on a.account_id = t.account_id
        """;

    private static final String NOT_TAKEN = TRADE + """
        where t.business_date = :businessDate
          and not exists (select from settlement.obligation o where o.trade_id = t.trade_id)
        order by t.trade_id
        limit :limit
        """;

    private static final String COUNT_NOT_TAKEN = """
        select count(*)
        from execution_api.confirmed_trade t
        where t.business_date = :businessDate
          and not exists (select from settlement.obligation o where o.trade_id = t.trade_id)
        """;

    private static final String OF_TRADES = TRADE + """
        where t.trade_id = any(:trades)
        order by t.trade_id
        """;

    /** Held for a missing answer, or rejected by the custodian and perhaps repaired since. */
    private static final String UNFINISHED = """
        select o.trade_id, o.stream_version, o.status, e.kind, i.standing_number, i.standing_version
        from settlement.obligation o
        left join settlement.exception e on e.trade_id = o.trade_id and e.closed_at is null and o.status = 'EXCEPTION'
        left join lateral (
            select * from settlement.instruction i where i.trade_id = o.trade_id order by i.attempt desc limit 1
        ) i on true
        where o.business_date <= :businessDate
          and (o.status = 'EXCEPTION' or (o.status = 'INSTRUCTED' and i.status = 'REJECTED'))
        order by o.trade_id
        """;

    private static final String LAST_NUMBER = """
        select coalesce(max(number), 0) from settlement.obligation where business_date = :businessDate
        """;

    private static final String INSERT = """
        insert into settlement.obligation (
            trade_id, business_date, number, trade_date, account_id, broker_id, counterparty_bic, instrument_id, isin,
            mic, asset_class, currency, direction, quantity, amount, settlement_date, place_of_settlement,
            custodian_bic, safekeeping_account, confirm_status, confirm_ref, method, status, standing_number,
            standing_version, agent_bic, agent_account, stream_version, updated_at)
        values (
            :tradeId, :businessDate, :number, :tradeDate, :accountId, :brokerId, :counterpartyBic, :instrumentId, :isin,
            :mic, :assetClass, :currency, :direction, :quantity, :amount, :settlementDate, :placeOfSettlement,
            :custodianBic, :safekeepingAccount, :confirmStatus, :confirmRef, :method, :status, :standingNumber,
            :standingVersion, :agentBic, :agentAccount, :streamVersion, :at)
        """;

    private static final String UPDATE = """
        update settlement.obligation set
            settlement_date = :settlementDate, place_of_settlement = :placeOfSettlement, amount = :amount,
            quantity = :quantity, custodian_bic = :custodianBic, safekeeping_account = :safekeepingAccount,
            confirm_status = :confirmStatus, confirm_ref = :confirmRef, status = :status,
            standing_number = :standingNumber, standing_version = :standingVersion, agent_bic = :agentBic,
            agent_account = :agentAccount, stream_version = :streamVersion, updated_at = :at
        where trade_id = :tradeId
        """;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final JdbcClient jdbc;
    private final NamedParameterJdbcTemplate batch;
    private final Journal journal;
    private final Exceptions exceptions;

    Obligations(JdbcClient jdbc, NamedParameterJdbcTemplate batch, Journal journal, Exceptions exceptions) {
        this.jdbc = jdbc;
        this.batch = batch;
        this.journal = journal;
        this.exceptions = exceptions;
    }

    /** Trades of the date that are no obligation yet, in the order of their ids. */
    List<ConfirmedTrade> notTaken(LocalDate businessDate, int limit) {
        return jdbc.sql(NOT_TAKEN)
                .param("businessDate", businessDate)
                .param("limit", limit)
                .query((rows, n) -> trade(rows))
                .list();
    }

    long countNotTaken(LocalDate businessDate) {
        return jdbc.sql(COUNT_NOT_TAKEN)
                .param("businessDate", businessDate)
                .query(Long.class)
                .single();
    }

    /** Takes the trades as they were judged, numbered on from the last of the date. */
    void take(LocalDate businessDate, List<ConfirmedTrade> trades, List<Judgement> judgements) {
        var at = journal.now();
        int number = jdbc.sql(LAST_NUMBER)
                .param("businessDate", businessDate)
                .query((row, n) -> row.getInt(1))
                .single();
        var rows = new ArrayList<MapSqlParameterSource>();
        var events = new ArrayList<NewEvent>();
        for (var i = 0; i < trades.size(); i++) {
            rows.add(row(trades.get(i), judgements.get(i), 1, at).addValue("number", ++number));
            events.add(event(trades.get(i), judgements.get(i), 1, at));
        }
        batch.batchUpdate(INSERT, rows.toArray(MapSqlParameterSource[]::new));
        journal.append(events);
        for (var i = 0; i < trades.size(); i++) {
            if (judgements.get(i) instanceof Held held) {
                exceptions.open(trades.get(i).tradeId(), null, held.kind(), held.detail(), businessDate, at);
            }
        }
    }

    /**
     * An obligation that could not be instructed or was rejected.
     *
     * @param kind why it is held, null if it was rejected by the custodian
     * @param standing the standing instruction of the rejected instruction, null if there is none
     */
    record Unfinished(
            String tradeId,
            int streamVersion,
            @Nullable String kind,
            @Nullable String standing) {

        boolean isRejected() {
            return kind == null;
        }
    }

    List<Unfinished> unfinished(LocalDate businessDate) {
        return jdbc.sql(UNFINISHED)
                .param("businessDate", businessDate)
                .query((rows, n) -> new Unfinished(
                        rows.getString("trade_id"),
                        rows.getInt("stream_version"),
                        rows.getString("kind"),
                        rows.getString("standing_number") == null
                                ? null
                                : "SSI-" + rows.getString("standing_number") + " version "
                                        + rows.getString("standing_version")))
                .list();
    }

    List<ConfirmedTrade> trades(List<String> tradeIds) {
        return jdbc.sql(OF_TRADES)
                .param("trades", tradeIds.toArray(String[]::new))
                .query((rows, n) -> trade(rows))
                .list();
    }

    /** The judgement of an unfinished obligation has changed. */
    void judgeAgain(ConfirmedTrade trade, Judgement judgement, int version, LocalDate businessDate) {
        var at = journal.now();
        batch.update(UPDATE, row(trade, judgement, version, at));
        journal.append(List.of(event(trade, judgement, version, at)));
        if (judgement instanceof Held held) {
            exceptions.closeAllBut(trade.tradeId(), held.kind(), at);
            exceptions.open(trade.tradeId(), null, held.kind(), held.detail(), businessDate, at);
        } else {
            exceptions.close(trade.tradeId(), at);
        }
    }

    private static MapSqlParameterSource row(ConfirmedTrade trade, Judgement judgement, int version, Instant at) {
        StandingInstruction standing = judgement instanceof Ready ready ? ready.standing() : null;
        return new MapSqlParameterSource("tradeId", trade.tradeId())
                .addValue("businessDate", trade.businessDate())
                .addValue("tradeDate", trade.tradeDate())
                .addValue("accountId", trade.accountId())
                .addValue("brokerId", trade.brokerId())
                .addValue("counterpartyBic", trade.brokerBic())
                .addValue("instrumentId", trade.instrumentId())
                .addValue("isin", trade.isCrypto() ? null : trade.isin())
                .addValue("mic", trade.mic())
                .addValue("assetClass", trade.assetClass() == null ? "UNKNOWN" : trade.assetClass())
                .addValue("currency", trade.currency())
                .addValue("direction", trade.direction().name())
                .addValue("quantity", trade.quantity())
                .addValue("amount", trade.netAmount())
                // At the venue it has settled when it was traded, whatever cycle its market has.
                .addValue("settlementDate", trade.isCrypto() ? trade.tradeDate() : trade.settlementDate())
                .addValue("placeOfSettlement", trade.placeOfSettlement())
                .addValue("custodianBic", trade.custodianBic())
                .addValue("safekeepingAccount", trade.safekeepingAccount())
                .addValue("confirmStatus", trade.confirmStatus())
                .addValue("confirmRef", trade.confirmRef())
                .addValue("method", trade.isCrypto() ? "VENUE" : "CUSTODIAN")
                .addValue("status", status(judgement))
                .addValue("standingNumber", standing == null ? null : standing.number())
                .addValue("standingVersion", standing == null ? null : standing.version())
                .addValue("agentBic", standing == null ? null : standing.agentBic())
                .addValue("agentAccount", standing == null ? null : standing.agentAccount())
                .addValue("streamVersion", version)
                .addValue("at", at.atOffset(ZoneOffset.UTC));
    }

    private static String status(Judgement judgement) {
        return switch (judgement) {
            case Ready _ -> "READY";
            case SettledAtVenue _ -> "SETTLED";
            case Held _ -> "EXCEPTION";
        };
    }

    private static NewEvent event(ConfirmedTrade trade, Judgement judgement, int version, Instant at) {
        var json = JSON.createObjectNode()
                .put("account", trade.accountId())
                .put("instrument", trade.instrumentId())
                .put("broker", trade.brokerId())
                .put("direction", trade.direction().name())
                .put("quantity", trade.quantity().toPlainString())
                .put("amount", trade.currency() + " " + trade.netAmount().toPlainString())
                .put("tradeDate", trade.tradeDate().toString())
                .put("settlementDate", trade.settlementDate().toString())
                .put("confirmStatus", trade.confirmStatus());
        var type = switch (judgement) {
            case Ready(var standing) -> {
                json.put("standing", standing.name()).put("standingVersion", standing.version());
                yield "ObligationReady";
            }
            case SettledAtVenue() -> {
                json.put("venue", trade.mic());
                yield "ObligationSettledAtVenue";
            }
            case Held(var kind, var detail) -> {
                json.put("kind", kind.name()).put("detail", detail);
                yield "ObligationHeld";
            }
        };
        return new NewEvent(
                "obligation/" + trade.tradeId(),
                version,
                type,
                1,
                at,
                Journal.JOBS,
                null,
                trade.confirmRef(),
                trade.tradeId(),
                json.toString());
    }

    private static ConfirmedTrade trade(ResultSet row) throws SQLException {
        return new ConfirmedTrade(
                row.getString("trade_id"),
                row.getObject("business_date", LocalDate.class),
                row.getObject("trade_date", LocalDate.class),
                row.getString("account_id"),
                row.getString("broker_id"),
                row.getString("broker_bic"),
                row.getString("instrument_id"),
                row.getString("isin"),
                row.getString("mic"),
                row.getString("asset_class"),
                row.getString("currency"),
                Direction.of(Side.valueOf(row.getString("side"))),
                row.getBigDecimal("quantity"),
                row.getBigDecimal("net_amount"),
                row.getObject("settlement_date", LocalDate.class),
                row.getString("place_of_settlement"),
                row.getString("confirm_status"),
                row.getString("confirm_ref"),
                row.getString("custodian_bic"),
                row.getString("safekeeping_account"));
    }
}
