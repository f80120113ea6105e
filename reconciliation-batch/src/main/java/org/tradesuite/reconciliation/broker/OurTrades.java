package org.tradesuite.reconciliation.broker;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;
import org.tradesuite.reconciliation.match.Digits;
import org.tradesuite.reconciliation.match.ItemWriter;

/**
 * Our trades and fills as separated values without a heading, from the database or from a file: reference, trade (of a
 * fill), references parted by blanks, account, instrument, side, currency, quantity, price, gross, commission and fees,
 * settlement date, trade date, and of a trade (not of a fill) the fees in the charges, if they are known apart. Within the
 * day neither charges nor dates are known, and there is one more: when it was executed, in microseconds.
 */
final class OurTrades {

    private static final int WIDTH = 13;
    private static final int FIRST_NUMBER = 7;
    private static final int[] NUMBERS = {
        TradeColumns.QUANTITY, TradeColumns.PRICE, TradeColumns.GROSS, TradeColumns.COSTS
    };
    private static final int FEES = WIDTH;
    private static final int EXECUTED = FEES + 1;

    /**
     * Trades of the date for a broker that reports a row a trade, fills for one that reports a row a fill; and what it
     * still owed us from earlier dates. An average price has eight decimals; what a fill comes to is only used to say how
     * much is at risk.
     */
    private static final String OF_BROKER = """
        copy (
            with trade as (
                select t.*, t.business_date < ${date} as late
                from execution_api.confirmed_trade t
                where t.broker_id = ${broker}
                    and (t.business_date = ${date} or exists (
                        select from reconciliation.break b
                        where b.feed = ${feed} and b.break_class = 'MISSING_THEIRS' and (b.status in ('OPEN', 'CLOSING') or b.resolved_on = ${date})
                            and b.broker_id = t.broker_id and b.business_date = t.business_date))
            ), execution as (
                select t.trade_id, f.exec_id, f.quantity, f.price
                from trade t
                join execution_api.fill f
                    on f.business_date = t.business_date and f.broker_id = t.broker_id and f.account_id = t.account_id
                    and f.instrument_id = t.instrument_id and f.side = t.side and f.order_id = any(t.order_ids) and f.live
            ), executed as (
                select trade_id, string_agg(exec_id, ' ' order by exec_id) as refs from execution group by trade_id
            ), known_there as (
                select order_id, broker_id, cl_ord_id from execution_api.route
                union all
                select external_order_id, broker_id, cl_ord_id from execution_api.external_order where cl_ord_id is not null
            ), routed as (
                select t.trade_id, string_agg(r.cl_ord_id, ' ' order by r.cl_ord_id) as refs
                from trade t
                cross join unnest(t.order_ids) as worked(order_id)
                join known_there r on r.order_id = worked.order_id and r.broker_id = t.broker_id
                group by t.trade_id
            ), item as (
                select t.trade_id as item_id, null as of_trade, t.trade_id,
                    concat_ws(' ', t.trade_id, t.confirm_ref, e.refs, r.refs) as refs,
                    t.quantity, round(t.average_price, 8) as price, t.gross_amount as gross
                from trade t
                left join executed e using (trade_id)
                left join routed r using (trade_id)
                where not ${perFill}
                union all
                select e.exec_id, t.trade_id, t.trade_id, e.exec_id, e.quantity, e.price, round(e.quantity * e.price, 8)
                from trade t
                join execution e using (trade_id)
                where ${perFill}
            )
            select i.item_id, i.of_trade, i.refs, t.account_id, t.instrument_id, t.side, t.currency, i.quantity, i.price,
                i.gross, t.commission + t.fees, t.settlement_date, t.trade_date, t.fees
            from item i
            join trade t using (trade_id)
            where not t.late or exists (
                select from reconciliation.break b
                where b.feed = ${feed} and b.break_class = 'MISSING_THEIRS' and (b.status in ('OPEN', 'CLOSING') or b.resolved_on = ${date})
                    and b.broker_id = t.broker_id and b.our_item = i.item_id)
        ) to stdout with (format csv)
        """;

    /** What was executed so far; each is known by the same as at the end of the day. */
    private static final String SO_FAR = """
        copy (
            select f.exec_id, f.order_id, f.exec_id, f.account_id, f.instrument_id, f.side, f.currency, f.quantity, f.price,
                round(f.quantity * f.price, 8), 0, null, null, null,
                cast(extract(epoch from f.transact_time) * 1000000 as bigint)
            from execution_api.fill f
            where f.business_date = ${date} and f.broker_id = ${broker} and f.live
        ) to stdout with (format csv)
        """;

    private OurTrades() {}

    /** Those that a broker has to report for a date, read out of the database as it finds them. */
    static InputStream of(Connection connection, Source source, boolean rowPerFill, LocalDate date)
            throws SQLException {
        return copied(connection, OF_BROKER.replace("${perFill}", rowPerFill ? "true" : "false"), source, date);
    }

    /** Executions of a date that is not over; each has its time in its place ({@link #read}). */
    static InputStream soFar(Connection connection, Source source, LocalDate date) throws SQLException {
        return copied(connection, SO_FAR, source, date);
    }

    private static InputStream copied(Connection connection, String query, Source source, LocalDate date)
            throws SQLException {
        return new Rows(connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyOut(query.replace("${date}", "date '" + date + "'")
                        .replace("${feed}", "'" + source.feed() + "'")
                        .replace("${broker}", "'" + source.broker().replace("'", "''") + "'")));
    }

    /** What the server sends, one row at a time. */
    private static final class Rows extends InputStream {
        private final CopyOut copy;
        private byte[] row = new byte[0];
        private int at;

        private Rows(CopyOut copy) {
            this.copy = copy;
        }

        private boolean more() throws IOException {
            if (at < row.length) {
                return true;
            }
            try {
                var next = copy.isActive() ? copy.readFromCopy() : null;
                row = next == null ? new byte[0] : next;
                at = 0;
                return next != null;
            } catch (SQLException failed) {
                throw new IOException("Our trades cannot be read: " + failed.getMessage(), failed);
            }
        }

        @Override
        public int read() throws IOException {
            return more() ? row[at++] & 0xFF : -1;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            var taken = 0;
            while (taken < length && (taken == 0 || at < row.length || row.length < length - taken) && more()) {
                var size = Math.min(length - taken, row.length - at);
                System.arraycopy(row, at, into, offset + taken, size);
                at += size;
                taken += size;
            }
            return taken == 0 ? -1 : taken;
        }

        @Override
        public void close() throws IOException {
            try {
                if (copy.isActive()) {
                    copy.cancelCopy();
                }
            } catch (SQLException failed) {
                throw new IOException("Reading our trades cannot be ended: " + failed.getMessage(), failed);
            }
        }
    }

    /** What all of them say, without taking any in. */
    static String sum(InputStream in) throws IOException {
        var sum = new RowsSum();
        var records = new Records(in, ',');
        while (records.next()) {
            sum.add(records);
        }
        return sum.toString();
    }

    /** Takes all of them in, and adds up what they say; returns how many. */
    static long read(InputStream in, BrokerStatement.Rows rows, RowsSum sum) throws IOException {
        var records = new Records(in, ',');
        var row = new ItemWriter(TradeColumns.SHAPE);
        var days = new Vocabulary<Integer>();
        var count = 0L;
        while (records.next()) {
            if (records.fields() < WIDTH || records.fields() > EXECUTED + 1) {
                throw new IOException("A trade of ours has " + records.fields() + " values: " + records.raw());
            }
            understand(records, row, days);
            rows.row(row);
            sum.add(records);
            count++;
        }
        return count;
    }

    private static void understand(Records records, ItemWriter row, Vocabulary<Integer> days) throws IOException {
        var octets = records.octets();
        row.begin(records.fields() > EXECUTED ? Long.parseLong(records.text(EXECUTED)) : 0, 0);
        text(row, TradeColumns.REFERENCE, records, 0);
        references(row, records, 2);
        text(row, TradeColumns.ACCOUNT, records, 3);
        text(row, TradeColumns.INSTRUMENT, records, 4);
        text(row, TradeColumns.SIDE, records, 5);
        text(row, TradeColumns.CURRENCY, records, 6);
        if (!records.isEmpty(1)) {
            text(row, TradeColumns.TRADE, records, 1);
        }
        for (var number = 0; number < NUMBERS.length; number++) {
            number(row, NUMBERS[number], records, FIRST_NUMBER + number);
        }
        if (records.fields() == FEES + 1) {
            number(row, TradeColumns.FEES, records, FEES);
        }
        if (records.fields() <= EXECUTED) {
            row.date(TradeColumns.SETTLES, day(days, octets, records, 11));
            row.date(TradeColumns.TRADED, day(days, octets, records, 12));
        }
    }

    private static void text(ItemWriter row, int column, Records records, int field) {
        row.text(column, records.octets(), records.from(field), records.to(field));
    }

    private static void references(ItemWriter row, Records records, int field) {
        var octets = records.octets();
        var from = records.from(field);
        for (var at = from; at <= records.to(field); at++) {
            if (at == records.to(field) || octets[at] == ' ') {
                if (at > from && !row.hasReference(TradeColumns.REFERENCES, octets, from, at)) {
                    row.reference(TradeColumns.REFERENCES, octets, from, at);
                }
                from = at + 1;
            }
        }
    }

    private static void number(ItemWriter row, int column, Records records, int field) throws IOException {
        var read = row.decimal(column, records.octets(), records.from(field), records.to(field), (byte) '.');
        if (read != ItemWriter.Reading.TAKEN) {
            throw new IOException("Our trade " + records.text(0) + " has '" + records.text(field) + "' as "
                    + TradeColumns.SHAPE.column(column).name() + ": no number of at most " + Digits.MOST
                    + " digits, so it cannot be compared exactly. Correct it in execution.");
        }
    }

    private static int day(Vocabulary<Integer> days, byte[] octets, Records records, int field) {
        var known = days.get(octets, records.from(field), records.to(field));
        if (known == null) {
            known = Math.toIntExact(LocalDate.parse(new String(
                            octets,
                            records.from(field),
                            records.to(field) - records.from(field),
                            StandardCharsets.UTF_8))
                    .toEpochDay());
            days.put(octets, records.from(field), records.to(field), known);
        }
        return known;
    }
}
