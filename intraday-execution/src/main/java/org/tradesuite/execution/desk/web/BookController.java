package org.tradesuite.execution.desk.web;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import org.tradesuite.openapi.execution.api.FillsApi;
import org.tradesuite.openapi.execution.api.PositionsApi;
import org.tradesuite.openapi.execution.model.CashBalances;
import org.tradesuite.openapi.execution.model.Exposures;
import org.tradesuite.openapi.execution.model.Fill;
import org.tradesuite.openapi.execution.model.FillPage;
import org.tradesuite.openapi.execution.model.Position;
import org.tradesuite.openapi.execution.model.PositionPage;
import org.tradesuite.web.Cursor;
import org.tradesuite.web.Page;

/** What was executed and what the accounts hold now. */
@RestController
class BookController implements FillsApi, PositionsApi {
    private final OrderReader orders;
    private final BookReader book;

    BookController(OrderReader orders, BookReader book) {
        this.orders = orders;
        this.book = book;
    }

    @Override
    public ResponseEntity<FillPage> listFills(
            @Nullable LocalDate businessDate,
            @Nullable String accountId,
            @Nullable String instrumentId,
            @Nullable String brokerId,
            @Nullable String orderId,
            @Nullable String cursor,
            Integer limit) {
        Page<Fill> page = Page.of(
                orders.fills(businessDate, accountId, instrumentId, brokerId, orderId, Keys.of(cursor, 2), limit + 1),
                limit,
                last -> Cursor.of(last.getReceivedAt().toString(), last.getFillId()));
        return ResponseEntity.ok(new FillPage(page.items()).nextCursor(page.nextCursor()));
    }

    @Override
    public ResponseEntity<PositionPage> listPositions(
            @Nullable String accountId, @Nullable String instrumentId, @Nullable String cursor, Integer limit) {
        Page<Position> page = Page.of(
                book.positions(accountId, instrumentId, Keys.of(cursor, 2), limit + 1),
                limit,
                last -> Cursor.of(last.getAccountId(), last.getInstrumentId()));
        return ResponseEntity.ok(new PositionPage(page.items()).nextCursor(page.nextCursor()));
    }

    @Override
    public ResponseEntity<CashBalances> listCash(@Nullable String accountId) {
        return ResponseEntity.ok(new CashBalances(book.cash(accountId)));
    }

    @Override
    public ResponseEntity<Exposures> listExposure(@Nullable String accountId) {
        return ResponseEntity.ok(new Exposures(book.exposure(accountId)));
    }
}
