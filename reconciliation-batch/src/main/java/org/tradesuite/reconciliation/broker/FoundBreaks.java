package org.tradesuite.reconciliation.broker;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes differences into the database as they are found, by COPY. Several threads may. */
final class FoundBreaks implements BreakSink {

    private static final int BUFFER = 1 << 18;
    private static final String COPY = """
        copy reconciliation.found_break (job, reconciled_on, break_key, feed, break_class, account_id, broker_id,
            instrument_id, isin, currency, reference, side, ours, theirs, difference, amount_at_risk, detail, our_item,
            their_statement, their_line, their_offset, cause_code) from stdin
        """;

    /**
     * A difference between us and a broker.
     *
     * @param key what it is about: its identity, whoever finds it
     * @param cause a cause code, if what both sides say tells it
     */
    record Found(
            List<String> key,
            String breakClass,
            @Nullable String account,
            @Nullable String instrument,
            @Nullable String isin,
            @Nullable String currency,
            @Nullable String reference,
            @Nullable String side,
            @Nullable String ours,
            @Nullable String theirs,
            @Nullable String difference,
            @Nullable BigDecimal amountAtRisk,
            @Nullable String detail,
            @Nullable String ourItem,
            @Nullable Long statement,
            @Nullable Integer line,
            @Nullable Long offset,
            @Nullable String cause) {

        Found {
            key = List.copyOf(key);
        }
    }

    private final CopyAside to;
    private final String job;
    private final Source source;
    private final String date;
    private final boolean statementsKept;
    private final StringBuilder text = new StringBuilder();
    private final MessageDigest digest;
    private long count;

    /** @param statementsKept whether what they said is kept as a statement that a difference can name */
    FoundBreaks(CopyAside to, String job, Source source, LocalDate date, boolean statementsKept) {
        this.to = to;
        this.job = job;
        this.statementsKept = statementsKept;
        this.source = source;
        this.date = date.toString();
        try {
            this.digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException("Every Java platform has SHA-256", absent);
        }
    }

    @Override
    public synchronized void add(Found found) {
        for (var each : new @Nullable Object[] {
            job,
            date,
            key(found.key()),
            source.feed(),
            found.breakClass(),
            found.account(),
            source.broker(),
            found.instrument(),
            found.isin(),
            found.currency(),
            found.reference(),
            found.side(),
            found.ours(),
            found.theirs(),
            found.difference(),
            found.amountAtRisk(),
            found.detail(),
            found.ourItem(),
            statementsKept ? found.statement() : null,
            found.line(),
            found.offset(),
            found.cause()
        }) {
            value(each);
        }
        text.setCharAt(text.length() - 1, '\n');
        count++;
        if (text.length() >= BUFFER) {
            send();
        }
    }

    /** The same as {@code reconciliation.key} makes of it. */
    private String key(List<String> parts) {
        return HexFormat.of().formatHex(digest.digest(String.join("|", parts).getBytes(StandardCharsets.UTF_8)));
    }

    private void value(@Nullable Object value) {
        if (value == null) {
            text.append("\\N");
        } else {
            var plain = value instanceof BigDecimal number ? number.toPlainString() : value.toString();
            for (var at = 0; at < plain.length(); at++) {
                var character = plain.charAt(at);
                switch (character) {
                    case '\\' -> text.append("\\\\");
                    case '\t' -> text.append("\\t");
                    case '\n' -> text.append("\\n");
                    case '\r' -> text.append("\\r");
                    case '\0' -> text.append("\\\\0");
                    default -> text.append(character);
                }
            }
        }
        text.append('\t');
    }

    private void send() {
        to.copy(COPY, text.toString().getBytes(StandardCharsets.UTF_8));
        text.setLength(0);
    }

    /** @return how many there are */
    synchronized long end() {
        if (text.length() > 0) {
            send();
        }
        return count;
    }

    /** A number as people read it: at most eight decimals, no zeros at the end. */
    static String plain(BigDecimal number) {
        var rounded = number.setScale(Math.min(number.scale(), 8), RoundingMode.HALF_UP)
                .stripTrailingZeros();
        return (rounded.scale() < 0 ? rounded.setScale(0) : rounded).toPlainString();
    }
}
