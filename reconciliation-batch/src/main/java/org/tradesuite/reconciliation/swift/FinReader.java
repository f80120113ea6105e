package org.tradesuite.reconciliation.swift;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tradesuite.reconciliation.statement.Feed;
import org.tradesuite.reconciliation.statement.PageSink;
import org.tradesuite.reconciliation.statement.Refusal;
import org.tradesuite.reconciliation.statement.Span;
import org.tradesuite.reconciliation.statement.UnreadableException;
import org.tradesuite.reconciliation.statement.Verdict;

/** Reads a file of FIN messages, one message in memory at a time. */
public final class FinReader {

    private static final Pattern TYPE = Pattern.compile("\\{2:[IO]([0-9]{3})");
    private static final Pattern ACCOUNT = Pattern.compile(":97A::SAFE//(\\S+)|:25P?:(\\S+)");
    private static final Pattern CURRENCY = Pattern.compile(":6[02][FM]:[CD][0-9]{6}([A-Z]{3})");
    private static final int SHOWN = 60;

    private final int longestMessage;

    /** @param longestMessage in characters; SWIFT allows 10,000, custodians that send files put more into one */
    public FinReader(int longestMessage) {
        this.longestMessage = longestMessage;
    }

    public void read(BufferedInputStream in, PageSink sink) throws IOException {
        var file = new FinFile(in, longestMessage);
        try (var ahead = new FinAhead(file)) {
            for (var next = ahead.next(); next != null; next = ahead.next()) {
                take(next, sink);
            }
        }
    }

    private static void take(FinAhead.Read next, PageSink sink) throws IOException {
        switch (next.piece()) {
            case FinFile.Message message -> take(message, next, sink);
            case FinFile.CutOff cut ->
                sink.unread(unread(
                        cut.text(),
                        cut.span(),
                        new Verdict(
                                Refusal.STATEMENT_GAP,
                                "Block 4 has no end (-}): the file was cut off. Ask the custodian to send it"
                                        + " again.")));
            case FinFile.Stray stray ->
                sink.unread(new PageSink.Unread(
                        Feed.STATEMENT,
                        null,
                        null,
                        new Verdict(
                                Refusal.STATEMENT_UNREADABLE,
                                "Line " + stray.span().line() + " belongs to no message: '" + shown(stray.text())
                                        + "'. Ask the sender what it is."),
                        stray.span()));
            case FinFile.TooLarge large -> {
                sink.unread(new PageSink.Unread(
                        Feed.STATEMENT,
                        null,
                        null,
                        new Verdict(
                                Refusal.FILE_UNREADABLE,
                                "From line " + large.span().line() + " on it has no lines or no end, as no message"
                                        + " has ('" + shown(large.text()) + "'): the rest is not read. Ask the"
                                        + " sender what it is."),
                        large.span()));
            }
        }
    }

    private static void take(FinFile.Message raw, FinAhead.Read read, PageSink sink) throws IOException {
        try {
            var message = read.message();
            switch (message.type()) {
                case "535" -> Holdings.read(message, sink);
                case "536" -> Movements.read(message, sink);
                case "537" -> PendingList.read(message, sink);
                case "940", "950" -> CashStatement.read(message, sink);
                case "942" -> IntradayCash.read(message, sink);
                case "900", "910" -> CashAdvice.read(message, sink);
                case "544", "545", "546", "547" -> Confirmation.read(message, sink);
                default ->
                    throw new UnreadableException("MT" + message.type() + " is no statement that is read here: MT535,"
                            + " 536, 537, 940, 942, 950, 900, 910 and 544 to 547 are.");
            }
        } catch (UnreadableException wrong) {
            sink.unread(unread(raw.text(), raw.span(), wrong.verdict()));
        }
    }

    private static PageSink.Unread unread(String text, Span span, Verdict verdict) {
        var type = TYPE.matcher(text);
        var account = ACCOUNT.matcher(text);
        var currency = CURRENCY.matcher(text);
        return new PageSink.Unread(
                type.find() ? feed(String.valueOf(type.group(1))) : Feed.STATEMENT,
                account.find() ? first(account.group(1), account.group(2)) : null,
                currency.find() ? currency.group(1) : null,
                verdict,
                span);
    }

    private static @Nullable String first(@Nullable String one, @Nullable String other) {
        return one == null ? other : one;
    }

    private static Feed feed(String type) {
        return switch (type) {
            case "535" -> Feed.CUSTODIAN_POSITION;
            case "536" -> Feed.CUSTODIAN_MOVEMENT;
            case "537" -> Feed.CUSTODIAN_PENDING;
            case "940", "950" -> Feed.CUSTODIAN_CASH;
            case "942" -> Feed.CUSTODIAN_INTRADAY;
            case "900", "910", "544", "545", "546", "547" -> Feed.CUSTODIAN_ADVICE;
            default -> Feed.STATEMENT;
        };
    }

    private static String shown(String text) {
        var plain = text.replaceAll("[^\\p{Print}]", "?").strip();
        return plain.length() > SHOWN ? plain.substring(0, SHOWN) + "…" : plain;
    }
}
