package org.tradesuite.suite.broker;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/**
 * How one broker lays out its statement file: the columns by the broker's own headings, the separator, the forms of dates
 * and numbers, one row a trade or one row a fill. Every file has a heading line, and ends in a line that counts the rows.
 */
public record StatementLayout(
        List<Column> columns,
        char separator,
        DateTimeFormatter dates,
        char decimalMark,
        String buy,
        String sell,
        boolean rowPerFill,
        String trailer) {

    enum Content {
        REFERENCE,
        CLIENT_REFERENCES,
        EXECUTION_REFERENCES,
        ACCOUNT,
        SYMBOL,
        MIC,
        ISIN,
        SIDE,
        QUANTITY,
        PRICE,
        GROSS,
        COMMISSION,
        FEES,
        NET,
        TRADE_DATE,
        SETTLE_DATE,
        CURRENCY
    }

    record Column(String heading, Content content) {}

    static StatementLayout alfa() {
        return new StatementLayout(
                List.of(
                        new Column("trade_ref", Content.REFERENCE),
                        new Column("client_order_ids", Content.CLIENT_REFERENCES),
                        new Column("execution_ids", Content.EXECUTION_REFERENCES),
                        new Column("account", Content.ACCOUNT),
                        new Column("symbol", Content.SYMBOL),
                        new Column("mic", Content.MIC),
                        new Column("isin", Content.ISIN),
                        new Column("side", Content.SIDE),
                        new Column("quantity", Content.QUANTITY),
                        new Column("average_price", Content.PRICE),
                        new Column("gross", Content.GROSS),
                        new Column("commission", Content.COMMISSION),
                        new Column("fees", Content.FEES),
                        new Column("net", Content.NET),
                        new Column("trade_date", Content.TRADE_DATE),
                        new Column("settle_date", Content.SETTLE_DATE),
                        new Column("currency", Content.CURRENCY)),
                ',',
                DateTimeFormatter.ISO_LOCAL_DATE,
                '.',
                "BUY",
                "SELL",
                false,
                "TOTAL");
    }

    static StatementLayout bravo() {
        return new StatementLayout(
                List.of(
                        new Column("Referenz", Content.REFERENCE),
                        new Column("Konto", Content.ACCOUNT),
                        new Column("ISIN", Content.ISIN),
                        new Column("Symbol", Content.SYMBOL),
                        new Column("Handelsplatz", Content.MIC),
                        new Column("Kauf/Verkauf", Content.SIDE),
                        new Column("Menge", Content.QUANTITY),
                        new Column("Durchschnittskurs", Content.PRICE),
                        new Column("Waehrung", Content.CURRENCY),
                        new Column("Kurswert", Content.GROSS),
                        new Column("Provision", Content.COMMISSION),
                        new Column("Gebuehren", Content.FEES),
                        new Column("Endbetrag", Content.NET),
                        new Column("Handelstag", Content.TRADE_DATE),
                        new Column("Valuta", Content.SETTLE_DATE),
                        new Column("Kundenreferenzen", Content.CLIENT_REFERENCES),
                        new Column("Ausfuehrungen", Content.EXECUTION_REFERENCES)),
                ';',
                DateTimeFormatter.ofPattern("dd.MM.yyyy", Locale.ROOT),
                ',',
                "Kauf",
                "Verkauf",
                false,
                "SUMME");
    }

    static StatementLayout charlie() {
        return new StatementLayout(
                List.of(
                        new Column("TRDDT", Content.TRADE_DATE),
                        new Column("STLDT", Content.SETTLE_DATE),
                        new Column("ACCT", Content.ACCOUNT),
                        new Column("EXECID", Content.EXECUTION_REFERENCES),
                        new Column("CLORDID", Content.CLIENT_REFERENCES),
                        new Column("BS", Content.SIDE),
                        new Column("QTY", Content.QUANTITY),
                        new Column("SYM", Content.SYMBOL),
                        new Column("MIC", Content.MIC),
                        new Column("ISIN", Content.ISIN),
                        new Column("PX", Content.PRICE),
                        new Column("CCY", Content.CURRENCY),
                        new Column("GROSS", Content.GROSS),
                        new Column("COMM", Content.COMMISSION),
                        new Column("FEES", Content.FEES),
                        new Column("NET", Content.NET)),
                '|',
                DateTimeFormatter.BASIC_ISO_DATE,
                '.',
                "B",
                "S",
                true,
                "TRL");
    }

    String heading() {
        return String.join(
                Character.toString(separator),
                columns.stream().map(Column::heading).toList());
    }

    String line(StatementRow row) {
        return String.join(
                Character.toString(separator),
                columns.stream().map(c -> text(row, c.content())).toList());
    }

    String trailer(int rows) {
        return trailer + separator + rows;
    }

    private String text(StatementRow row, Content content) {
        return switch (content) {
            case REFERENCE -> row.reference();
            case CLIENT_REFERENCES -> row.clOrdIds();
            case EXECUTION_REFERENCES -> row.execIds();
            case ACCOUNT -> row.account();
            case SYMBOL -> row.symbol();
            case MIC -> row.mic();
            case ISIN -> row.isin();
            case SIDE -> row.buy() ? buy : sell;
            case QUANTITY -> number(row.quantity());
            case PRICE -> number(row.price());
            case GROSS -> number(row.money().gross());
            case COMMISSION -> number(row.money().commission());
            case FEES -> number(row.money().fees());
            case NET -> number(row.money().net());
            case TRADE_DATE -> date(row.tradeDate());
            case SETTLE_DATE -> date(row.settleDate());
            case CURRENCY -> row.currency();
        };
    }

    private String number(BigDecimal value) {
        return value.toPlainString().replace('.', decimalMark);
    }

    private String date(LocalDate date) {
        return dates.format(date);
    }
}
