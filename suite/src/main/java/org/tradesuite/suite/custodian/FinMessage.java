package org.tradesuite.suite.custodian;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * A FIN message as the network delivers it to our client: blocks 1, 2 (output), 4 and 5. A folder takes the network's
 * place, so session and sequence numbers are zero and the checksum is the start of the text's SHA-256.
 */
final class FinMessage {

    private static final String CUSTODIAN = "CUSTGB2LAXXX";
    private static final String CLIENT = "TRSUGB2LAXXX";
    private static final DateTimeFormatter DATE = DateTimeFormatter.BASIC_ISO_DATE;
    private static final DateTimeFormatter SHORT_DATE = formatter("yyMMdd");
    private static final DateTimeFormatter TIME = formatter("HHmm");
    private static final DateTimeFormatter SECOND = formatter("yyyyMMddHHmmss");

    private final String type;
    private final Instant at;
    private final List<String> lines = new ArrayList<>();

    FinMessage(String type, Instant at) {
        this.type = type;
        this.at = at;
    }

    private static DateTimeFormatter formatter(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneOffset.UTC);
    }

    FinMessage line(String tag, String value) {
        lines.add(":" + tag + ":" + value);
        return this;
    }

    FinMessage open(String sequence) {
        return line("16R", sequence);
    }

    FinMessage close(String sequence) {
        return line("16S", sequence);
    }

    FinMessage prepared() {
        return line("98C", ":PREP//" + SECOND.format(at));
    }

    FinMessage isin(String isin) {
        return line("35B", "ISIN " + isin);
    }

    static String date(LocalDate date) {
        return DATE.format(date);
    }

    static String shortDate(LocalDate date) {
        return SHORT_DATE.format(date);
    }

    /** Digits with one comma, as FIN writes numbers. */
    static String number(BigDecimal value) {
        BigDecimal stripped = value.stripTrailingZeros();
        String plain = (stripped.scale() < 0 ? stripped.setScale(0) : stripped).toPlainString();
        return plain.contains(".") ? plain.replace('.', ',') : plain + ",";
    }

    static String units(BigDecimal value) {
        return "UNIT/" + (value.signum() < 0 ? "N" : "") + number(value.abs());
    }

    String text() {
        String moment = SHORT_DATE.format(at);
        String head = "{1:F01" + CLIENT + "0000000000}{2:O" + type + TIME.format(at) + moment + CUSTODIAN + "0000000000"
                + moment + TIME.format(at) + "N}";
        String body = head + "{4:\r\n" + String.join("\r\n", lines) + "\r\n-}";
        return body + "{5:{CHK:" + checksum(body) + "}}";
    }

    private static String checksum(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().withUpperCase().formatHex(digest).substring(0, 12);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
