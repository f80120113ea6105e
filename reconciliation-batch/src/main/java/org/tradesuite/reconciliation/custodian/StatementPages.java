package org.tradesuite.reconciliation.custodian;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tradesuite.reconciliation.custodian.PageLoader.Found;
import org.tradesuite.reconciliation.statement.Balance;
import org.tradesuite.reconciliation.statement.Feed;
import org.tradesuite.reconciliation.statement.KeptPage;
import org.tradesuite.reconciliation.statement.Page;
import org.tradesuite.reconciliation.statement.Refusal;
import org.tradesuite.reconciliation.statement.Span;
import org.tradesuite.reconciliation.statement.Verdict;

/** The pages in the database: kept with their statement, and found again when a page comes late. */
final class StatementPages {

    private static final String KEEP = """
        insert into reconciliation.statement_page (page_id, statement_id, number, more, message, reference, basis, complete,
            opening, carried_in, closing, carried_out, lines, booked, booked_sum, first_date, last_date, says, moves, refusal,
            reason, file_name, sha256, member, line, from_character, length,
            from_date)
        values (:page, :statement, :number, :more, :message, :reference, :basis, :complete, :opening, :carriedIn, :closing,
            :carriedOut, :lines, :booked, :sum, :first, :last, :says, :moves, :refusal, :reason, :fileName, :sha256, :member,
            :line, :from, :length, :fromDate)
        on conflict (page_id) do update set statement_id = excluded.statement_id
        """;
    private static final String FIND = """
        insert into reconciliation.statement_finding (statement_id, page_id, number, refusal, subject, detail, line,
            from_character, length)
        values (:statement, :page, :number, :refusal, :subject, :detail, :line, :from, :length)
        """;
    private static final String FINDINGS_FOLLOW =
            "update reconciliation.statement_finding set statement_id = :statement where page_id = :page";
    private static final String OF_KEY = """
        select distinct on (p.number) p.*
        from reconciliation.statement s
        join reconciliation.statement_page p using (statement_id)
        where s.status = :status and s.feed = :feed and s.sender = :sender and s.account_number = :account
            and s.currency is not distinct from :currency and s.statement_date = :date and s.part = :part
            and (s.status = 'LOADED' or s.refusal = 'STATEMENT_GAP')
        order by p.number, p.page_id desc
        """;

    private static final String WAITING_AFTER = """
        select distinct s.sender, s.account_number, s.currency, s.statement_date
        from reconciliation.statement s
        where s.feed = 'CUSTODIAN_CASH' and s.status = 'REFUSED' and s.refusal = 'STATEMENT_GAP' and s.sender = :sender
            and s.account_number = :account and s.currency = :currency and s.statement_date > :date and not exists (
                select from reconciliation.statement good
                where good.feed = s.feed and good.status = 'LOADED' and good.sender = s.sender
                    and good.account_number = s.account_number and good.currency = s.currency
                    and good.statement_date = s.statement_date)
        order by s.statement_date
        """;

    private final JdbcClient jdbc;

    StatementPages(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Writes new pages; pages that were there before join this statement. */
    void keep(long statement, List<KeptPage> pages) {
        for (var page : pages) {
            var opening = page.page().opening();
            var closing = page.page().closing();
            var wrong = page.wrong();
            var basis = page.page().basis();
            jdbc.sql(KEEP)
                    .param("page", page.id())
                    .param("statement", statement)
                    .param("number", page.number())
                    .param("more", page.page().more())
                    .param("message", page.page().message())
                    .param("reference", page.page().reference())
                    .param("basis", basis == null ? null : basis.name())
                    .param("complete", page.page().complete())
                    .param("opening", opening == null ? null : opening.amount())
                    .param("carriedIn", page.page().carriedIn())
                    .param("closing", closing == null ? null : closing.amount())
                    .param("carriedOut", page.page().carriedOut())
                    .param("lines", page.lines())
                    .param("booked", page.booked())
                    .param("sum", page.sum())
                    .param("first", page.firstDate())
                    .param("last", page.lastDate())
                    .param("says", page.says())
                    .param("moves", page.moves())
                    .param("refusal", wrong == null ? null : wrong.refusal().name())
                    .param("reason", wrong == null ? null : wrong.reason())
                    .param("fileName", page.place().fileName())
                    .param("sha256", page.place().sha256())
                    .param("member", page.place().member())
                    .param("line", page.place().span().line())
                    .param("from", page.place().span().from())
                    .param("fromDate", page.page().from())
                    .param("length", page.place().span().length())
                    .update();
            jdbc.sql(FINDINGS_FOLLOW)
                    .param("statement", statement)
                    .param("page", page.id())
                    .update();
        }
    }

    void keep(long statement, Found finding) {
        jdbc.sql(FIND)
                .param("statement", statement)
                .param("page", finding.page())
                .param("number", finding.number())
                .param("refusal", finding.refusal().name())
                .param("subject", finding.subject())
                .param("detail", finding.detail())
                .param("line", finding.span().line())
                .param("from", finding.span().from())
                .param("length", finding.span().length())
                .update();
    }

    /** The pages that came earlier of a statement that still misses some. */
    List<KeptPage> waiting(Page.Key key) {
        return of(key, "REFUSED");
    }

    /** Cash statements that wait, of the same accounts as these and of later dates; oldest first. */
    List<Page.Key> waitingAfter(List<Page.Key> came) {
        return came.stream()
                .filter(key -> key.feed() == Feed.CUSTODIAN_CASH)
                .flatMap(key -> jdbc
                        .sql(WAITING_AFTER)
                        .param("sender", key.sender())
                        .param("account", key.account())
                        .param("currency", key.currency())
                        .param("date", key.date())
                        .query((row, number) -> new Page.Key(
                                Feed.CUSTODIAN_CASH,
                                row.getString(1),
                                row.getString(2),
                                row.getString(3),
                                row.getObject(4, LocalDate.class),
                                ""))
                        .list()
                        .stream())
                .distinct()
                .sorted(Comparator.comparing(Page.Key::account).thenComparing(Page.Key::date))
                .toList();
    }

    /** The pages of the statement that counts. */
    List<KeptPage> counting(Page.Key key) {
        return of(key, "LOADED");
    }

    private List<KeptPage> of(Page.Key key, String status) {
        return jdbc.sql(OF_KEY)
                .param("status", status)
                .param("feed", key.feed().name())
                .param("sender", key.sender())
                .param("account", key.account())
                .param("currency", key.currency())
                .param("date", key.date())
                .param("part", key.part())
                .query((row, number) -> page(key, row))
                .list();
    }

    private static KeptPage page(Page.Key key, ResultSet row) throws SQLException {
        var span = new Span(row.getLong("line"), row.getLong("from_character"), row.getInt("length"));
        var basis = row.getString("basis");
        var refusal = row.getString("refusal");
        return new KeptPage(
                row.getLong("page_id"),
                new Page(
                        key,
                        row.getString("message"),
                        row.getInt("number"),
                        row.getBoolean("more"),
                        row.getString("reference"),
                        basis == null ? null : Page.Basis.valueOf(basis),
                        row.getBoolean("complete"),
                        balance(key, row, "opening", "OPBD"),
                        row.getBoolean("carried_in"),
                        balance(key, row, "closing", "CLBD"),
                        row.getBoolean("carried_out"),
                        List.of(),
                        span,
                        row.getObject("from_date", LocalDate.class)),
                new KeptPage.Place(row.getString("file_name"), row.getString("sha256"), row.getString("member"), span),
                row.getLong("lines"),
                row.getLong("booked"),
                row.getBigDecimal("booked_sum"),
                row.getObject("first_date", LocalDate.class),
                row.getObject("last_date", LocalDate.class),
                row.getString("says"),
                row.getString("moves"),
                refusal == null ? null : new Verdict(Refusal.valueOf(refusal), row.getString("reason")));
    }

    private static @Nullable Balance balance(Page.Key key, ResultSet row, String column, String code)
            throws SQLException {
        var amount = row.getBigDecimal(column);
        var currency = key.currency();
        return amount == null || currency == null ? null : new Balance(code, amount, currency, key.date());
    }
}
