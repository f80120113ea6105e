package org.tradesuite.suite.benchmark;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.stream.IntStream;
import org.tradesuite.market.Isin;

/**
 * A broker's statement and our trades of the same day, each a file in an order of its own. Of a thousand rows 20 bear no
 * reference, and one each is not there, has another quantity, another price, other fees, another settlement date.
 */
final class TwoBooks {

    /** Followed by a business day. */
    static final LocalDate DAY_BEFORE = LocalDate.of(2026, 11, 19);

    static final LocalDate DAY = LocalDate.of(2026, 11, 20);
    static final String BROKER = "ALFA";
    private static final int ACCOUNTS = 100;
    private static final int INSTRUMENTS = 500;
    private static final int LONG_STEP = 7_919;
    private static final long SPREAD = 2_654_435_761L;
    private static final String ACCOUNT = """
        insert into reference.account
        select 'ACC' || a, 'Account ' || a, 'GLOBAL', '9845TSALPHAFND000137', 'GBP', 'CUSTGB2LXXX', 'SAFE' || a, 'ACTIVE', 'ALPHA', 'CASH'
        from generate_series(0, 99) a
        """;
    private static final String INSTRUMENT = """
        insert into reference.instrument (instrument_id, isin, symbol, mic, cfi, name, currency, asset_class, lot_size,
            tick_size, quantity_scale, adv, spread_bps, volatility_daily, sector, country, place_of_settlement, calendar,
            reference_price, status)
        values ('S' || ? || '.XLON', ?, 'S' || ?, 'XLON', 'ESVUFR', 'Share', 'GBP', 'EQUITY', 1, 0.01, 0, 1000000, 3,
            0.015, 'Sector', 'GB', 'CRSTGB22XXX', 'GBLO', 10, 'ACTIVE')
        """;

    private final Path ours;
    private final Path theirs;
    private final LocalDate day;
    private final int trades;

    private TwoBooks(Path ours, Path theirs, LocalDate day, int trades) {
        this.ours = ours;
        this.theirs = theirs;
        this.day = day;
        this.trades = trades;
    }

    LocalDate day() {
        return day;
    }

    Path ours() {
        return ours;
    }

    Path theirs() {
        return theirs;
    }

    int trades() {
        return trades;
    }

    /** What is wrong of one trade; most have nothing. */
    private static int fault(int number) {
        return (int) (((number * SPREAD) >>> 8) % 1_000);
    }

    /** How many breaks there are to be found. */
    long breaks() {
        return IntStream.range(0, trades)
                .filter(number -> fault(number) >= 30 && fault(number) <= 34)
                .count();
    }

    static TwoBooks write(Path folder, LocalDate day, int trades) throws IOException {
        Files.createDirectories(folder);
        var books = new TwoBooks(
                folder.resolve("ours-" + day + ".csv"), folder.resolve("theirs-" + day + ".csv"), day, trades);
        try (var out = Files.newBufferedWriter(books.ours)) {
            for (var number = 0; number < trades; number++) books.ours(out, number);
        }
        var isins = IntStream.range(0, INSTRUMENTS).mapToObj(TwoBooks::isin).toArray(String[]::new);
        var step = LONG_STEP;
        while (trades % step == 0) step += 2;
        try (var out = Files.newBufferedWriter(books.theirs)) {
            out.write(
                    "trade_ref,client_order_ids,execution_ids,account,symbol,mic,isin,side,quantity,average_price,gross,commission,fees,net,trade_date,settle_date,currency\n");
            var rows = 0;
            for (var row = 0; row < trades; row++) {
                var number = (int) ((long) row * step % trades);
                if (fault(number) != 30) {
                    books.theirs(out, number, isins);
                    rows++;
                }
            }
            out.write("TOTAL," + rows + "\n");
        }
        return books;
    }

    /** So many days after the one of the trades, weekends not counted. */
    private LocalDate after(int days) {
        var date = day;
        for (var left = days; left > 0; left--) {
            do {
                date = date.plusDays(1);
            } while (date.getDayOfWeek().compareTo(DayOfWeek.SATURDAY) >= 0);
        }
        return date;
    }

    private void ours(BufferedWriter out, int number) throws IOException {
        var quantity = quantity(number);
        var price = price(number);
        out.write("T-" + day.getDayOfMonth() + "-" + number + ",,CL" + number + ",ACC" + number % ACCOUNTS + ",S"
                + instrument(number) + ".XLON,"
                + side(number) + ",GBP," + quantity + "," + pounds(price) + "," + pounds(quantity * price)
                + ",5.25," + after(2) + "," + day + "\n");
    }

    private void theirs(BufferedWriter out, int number, String[] isins) throws IOException {
        var fault = fault(number);
        var quantity = quantity(number) + (fault == 31 ? 10 : 0);
        var price = price(number) + (fault == 32 ? 3 : 0);
        var fees = fault == 33 ? 625 : 25;
        var gross = quantity * price;
        var net = side(number).equals("BUY") ? gross + 500 + fees : gross - 500 - fees;
        out.write((fault < 20 ? ",," : "A" + number + ",CL" + number + ",") + ",ACC" + number % ACCOUNTS + ",S"
                + instrument(number) + ",XLON," + isins[instrument(number)] + "," + side(number) + "," + quantity + ","
                + pounds(price) + "," + pounds(gross) + ",5.00," + pounds(fees) + "," + pounds(net) + "," + day + ","
                + after(fault == 34 ? 3 : 2) + ",GBP\n");
    }

    private static long quantity(int number) {
        return 100 + number * 31L % 90_000;
    }

    private static long price(int number) {
        return 500L + number % 1_999;
    }

    private static int instrument(int number) {
        return number / ACCOUNTS % INSTRUMENTS;
    }

    private static String side(int number) {
        return number % 2 == 0 ? "BUY" : "SELL";
    }

    private static String pounds(long pence) {
        return pence / 100 + "." + (pence % 100 < 10 ? "0" : "") + pence % 100;
    }

    private static String isin(int number) {
        var withoutDigit = "GB%09d".formatted(number);
        return withoutDigit + Isin.checkDigit(withoutDigit);
    }

    /** The accounts and instruments that both books speak of. */
    static void know(Connection owner) throws SQLException {
        try (var statement = owner.createStatement();
                var instrument = owner.prepareStatement(INSTRUMENT)) {
            statement.execute(ACCOUNT);
            for (var number = 0; number < INSTRUMENTS; number++) {
                instrument.setInt(1, number);
                instrument.setString(2, isin(number));
                instrument.setInt(3, number);
                instrument.addBatch();
            }
            instrument.executeBatch();
        }
    }
}
