package org.tradesuite.settlement.web;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.RestController;
import org.tradesuite.openapi.problem.ProblemCode;
import org.tradesuite.openapi.settlement.api.InstructionsApi;
import org.tradesuite.openapi.settlement.model.Direction;
import org.tradesuite.openapi.settlement.model.ExceptionOwner;
import org.tradesuite.openapi.settlement.model.ExceptionPage;
import org.tradesuite.openapi.settlement.model.Fail;
import org.tradesuite.openapi.settlement.model.FailPage;
import org.tradesuite.openapi.settlement.model.Instruction;
import org.tradesuite.openapi.settlement.model.InstructionDetail;
import org.tradesuite.openapi.settlement.model.InstructionHistory;
import org.tradesuite.openapi.settlement.model.InstructionPage;
import org.tradesuite.openapi.settlement.model.InstructionStatus;
import org.tradesuite.openapi.settlement.model.Payment;
import org.tradesuite.openapi.settlement.model.SettlementException;
import org.tradesuite.settlement.exceptions.Exceptions;
import org.tradesuite.settlement.journal.InstructionBook;
import org.tradesuite.web.Cursor;
import org.tradesuite.web.Page;
import org.tradesuite.web.ProblemException;

@RestController
class InstructionController implements InstructionsApi {

    private static final String COLUMNS = """
        select instruction_id, trade_id, account_id, safekeeping_account, instrument_id, isin, direction, payment,
               quantity, amount, currency, trade_date, settlement_date, place_of_settlement, counterparty_bic, status,
               reason_code, settled_quantity, settled_amount, settled_on
        from settlement_api.instruction
        """;

    private static final String ONE = COLUMNS + "where instruction_id = :id";

    private static final String PAGE = COLUMNS + """
        where (cast(:settlementDate as date) is null or settlement_date = :settlementDate)
          and (cast(:tradeDate as date) is null or trade_date = :tradeDate)
          and (cast(:account as text) is null or account_id = :account)
          and (cast(:status as text) is null or status = :status)
          and (cast(:before as text) is null or instruction_id < :before)
        order by instruction_id desc
        limit :limit
        """;

    private static final String FAILS = """
        select instruction_id, trade_id, account_id, instrument_id, isin, direction, quantity, amount, currency,
               settlement_date, counterparty_bic, failing_since, business_days, reason_code, at_fault, penalty_estimate
        from settlement_api.fail
        where (cast(:account as text) is null or account_id = :account)
          and (cast(:since as date) is null or (failing_since, instruction_id) > (:since, :after))
        order by failing_since, instruction_id
        limit :limit
        """;

    private final JdbcClient jdbc;
    private final InstructionBook book;
    private final Exceptions exceptions;

    InstructionController(JdbcClient jdbc, InstructionBook book, Exceptions exceptions) {
        this.jdbc = jdbc;
        this.book = book;
        this.exceptions = exceptions;
    }

    @Override
    public ResponseEntity<InstructionPage> listInstructions(
            @Nullable LocalDate settlementDate,
            @Nullable LocalDate tradeDate,
            @Nullable String accountId,
            @Nullable InstructionStatus status,
            @Nullable String cursor,
            Integer limit) {
        var rows = jdbc.sql(PAGE)
                .param("settlementDate", settlementDate)
                .param("tradeDate", tradeDate)
                .param("account", accountId)
                .param("status", status == null ? null : status.getValue())
                .param(
                        "before",
                        Cursor.parse(cursor, 1).map(c -> c.keys().getFirst()).orElse(null))
                .param("limit", limit + 1)
                .query((row, n) -> instruction(row))
                .list();
        var page = Page.of(rows, limit, instruction -> Cursor.of(instruction.getInstructionId()));
        return ResponseEntity.ok(new InstructionPage(page.items()).nextCursor(page.nextCursor()));
    }

    @Override
    public ResponseEntity<InstructionDetail> getInstruction(String instructionId) {
        var instruction = jdbc.sql(ONE)
                .param("id", instructionId)
                .query((row, n) -> instruction(row))
                .optional()
                .orElseThrow(() -> ProblemException.notFound(
                        "There is no instruction " + instructionId + ": look the reference up in the list."));
        var history = book.history(instructionId).stream()
                .map(moment -> new InstructionHistory(
                                moment.at(),
                                InstructionStatus.fromValue(
                                        moment.dossier().status().name()),
                                moment.actor())
                        .reasonCode(moment.dossier().reasonCode())
                        .detail(moment.cause()))
                .toList();
        return ResponseEntity.ok(new InstructionDetail(instruction, history));
    }

    @Override
    public ResponseEntity<FailPage> listFails(@Nullable String accountId, @Nullable String cursor, Integer limit) {
        var from = Cursor.parse(cursor, 2);
        var rows = jdbc.sql(FAILS)
                .param("account", accountId)
                .param("since", from.map(c -> date(c.keys().getFirst())).orElse(null))
                .param("after", from.map(c -> c.keys().getLast()).orElse(""))
                .param("limit", limit + 1)
                .query((row, n) -> fail(row))
                .list();
        var page = Page.of(rows, limit, fail -> Cursor.of(fail.getFailingSince().toString(), fail.getInstructionId()));
        return ResponseEntity.ok(new FailPage(page.items()).nextCursor(page.nextCursor()));
    }

    @Override
    public ResponseEntity<ExceptionPage> listExceptions(
            @Nullable ExceptionOwner owner, @Nullable String cursor, Integer limit) {
        var after =
                Cursor.parse(cursor, 1).map(c -> number(c.keys().getFirst())).orElse(0L);
        var rows = exceptions.open(owner == null ? null : owner.getValue(), after, limit + 1);
        var page = Page.of(rows, limit, open -> Cursor.of(Long.toString(open.id())));
        return ResponseEntity.ok(new ExceptionPage(page.items().stream()
                        .map(open -> new SettlementException(
                                        open.id(),
                                        open.tradeId(),
                                        SettlementException.KindEnum.fromValue(open.kind()),
                                        open.detail(),
                                        ExceptionOwner.fromValue(open.owner()),
                                        open.openedOn())
                                .instructionId(open.instructionId()))
                        .toList())
                .nextCursor(page.nextCursor()));
    }

    private static Instruction instruction(ResultSet row) throws SQLException {
        return new Instruction(
                        row.getString("instruction_id"),
                        row.getString("trade_id"),
                        row.getString("account_id"),
                        row.getString("safekeeping_account"),
                        row.getString("instrument_id"),
                        row.getString("isin"),
                        Direction.fromValue(row.getString("direction")),
                        Payment.fromValue(row.getString("payment")),
                        plain(row.getBigDecimal("quantity")),
                        row.getObject("trade_date", LocalDate.class),
                        row.getObject("settlement_date", LocalDate.class),
                        row.getString("place_of_settlement"),
                        row.getString("counterparty_bic"),
                        InstructionStatus.fromValue(row.getString("status")))
                .amount(plain(row.getBigDecimal("amount")))
                .currency(row.getString("currency"))
                .reasonCode(row.getString("reason_code"))
                .settledQuantity(plain(row.getBigDecimal("settled_quantity")))
                .settledAmount(plain(row.getBigDecimal("settled_amount")))
                .settledOn(row.getObject("settled_on", LocalDate.class));
    }

    private static Fail fail(ResultSet row) throws SQLException {
        var penalty = row.getBigDecimal("penalty_estimate");
        return new Fail(
                        row.getString("instruction_id"),
                        row.getString("trade_id"),
                        row.getString("account_id"),
                        row.getString("instrument_id"),
                        row.getString("isin"),
                        Direction.fromValue(row.getString("direction")),
                        plain(row.getBigDecimal("quantity")),
                        row.getObject("settlement_date", LocalDate.class),
                        row.getString("counterparty_bic"),
                        row.getObject("failing_since", LocalDate.class),
                        row.getInt("business_days"))
                .amount(plain(row.getBigDecimal("amount")))
                .currency(row.getString("currency"))
                .reasonCode(row.getString("reason_code"))
                .atFault(Fail.AtFaultEnum.fromValue(row.getString("at_fault")))
                .penaltyEstimate(penalty == null ? null : plain(penalty));
    }

    private static String plain(BigDecimal number) {
        return number.toPlainString();
    }

    private static LocalDate date(String key) {
        try {
            return LocalDate.parse(key);
        } catch (java.time.format.DateTimeParseException forged) {
            throw forged();
        }
    }

    private static long number(String key) {
        try {
            return Long.parseLong(key);
        } catch (NumberFormatException forged) {
            throw forged();
        }
    }

    private static ProblemException forged() {
        return ProblemException.inField(
                "cursor",
                ProblemCode.INVALID_CURSOR,
                "The cursor is not one that this list gave out. Start again without it.");
    }
}
