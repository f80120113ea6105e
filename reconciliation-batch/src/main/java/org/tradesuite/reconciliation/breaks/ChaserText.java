package org.tradesuite.reconciliation.breaks;

import com.prowidesoftware.swift.model.field.Field20;
import com.prowidesoftware.swift.model.field.Field21;
import com.prowidesoftware.swift.model.field.Field75;
import com.prowidesoftware.swift.model.field.Field79;
import com.prowidesoftware.swift.model.mt.AbstractMT;
import com.prowidesoftware.swift.model.mt.mt5xx.MT599;
import com.prowidesoftware.swift.model.mt.mt9xx.MT995;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The words of a chaser: a mail, or the free text of a SWIFT message within its lines and characters. */
final class ChaserText {

    private static final int NARRATIVE_LINES = 35;
    private static final int NARRATIVE_WIDTH = 50;

    /** A break as the other side is told of it. */
    record Line(
            long breakId,
            String breakClass,
            @Nullable String account,
            @Nullable String instrument,
            @Nullable String reference,
            @Nullable String ours,
            @Nullable String theirs,
            @Nullable BigDecimal moneyAtRisk,
            @Nullable String currency,
            LocalDate since,
            int ageDays) {}

    /** @param lines those of the breaks that are in it */
    record Message(String subject, String text, List<Line> lines) {

        Message {
            lines = List.copyOf(lines);
        }
    }

    private ChaserText() {}

    static Message mail(String firm, String recipient, LocalDate asOf, List<Line> lines) {
        var text = new StringBuilder("Dear colleagues,\n\nas of ")
                .append(asOf)
                .append(" we differ from ")
                .append(recipient)
                .append(" in ")
                .append(lines.size())
                .append(lines.size() == 1 ? " point" : " points")
                .append(". Please look into them and tell us what you find.\n");
        var shownClass = "";
        for (var line : lines) {
            if (!line.breakClass().equals(shownClass)) {
                shownClass = line.breakClass();
                text.append('\n').append(words(shownClass)).append('\n');
            }
            text.append("  ").append(String.join(", ", said(line))).append('\n');
        }
        return new Message(
                "Open differences of " + firm + ", " + asOf,
                text.append("\nKind regards,\n").append(firm).append('\n').toString(),
                lines);
    }

    private static String words(String breakClass) {
        var words = breakClass.replace('_', ' ').toLowerCase(Locale.ROOT);
        return Character.toUpperCase(words.charAt(0)) + words.substring(1) + ":";
    }

    private static List<String> said(Line line) {
        var said = new ArrayList<String>();
        said.add(line.reference() == null ? "our number " + line.breakId() : line.reference());
        if (line.account() != null) {
            said.add("account " + line.account());
        }
        if (line.instrument() != null) {
            said.add(line.instrument());
        }
        said.add("ours " + (line.ours() == null ? "none" : line.ours()));
        said.add("yours " + (line.theirs() == null ? "none" : line.theirs()));
        if (line.moneyAtRisk() != null) {
            said.add("at risk " + line.moneyAtRisk().toPlainString() + " " + line.currency());
        }
        said.add("open since " + line.since() + " (" + line.ageDays()
                + (line.ageDays() == 1 ? " business day)" : " business days)"));
        return said;
    }

    /** As many messages as the lines of field 79 need. */
    static List<Message> swift(
            boolean cash, String from, String to, LocalDate asOf, String reference, List<Line> lines) {
        var messages = new ArrayList<Message>();
        var narrative = new ArrayList<String>();
        var told = new ArrayList<Line>();
        for (var line : lines) {
            var text = wrapped("+ " + String.join(", ", said(line)));
            if (narrative.size() + text.size() > NARRATIVE_LINES) {
                messages.add(message(cash, from, to, asOf, reference + messages.size(), narrative, told));
                narrative.clear();
                told.clear();
            }
            narrative.addAll(text);
            told.add(line);
        }
        messages.add(message(cash, from, to, asOf, reference + messages.size(), narrative, told));
        return messages;
    }

    private static Message message(
            boolean cash,
            String from,
            String to,
            LocalDate asOf,
            String reference,
            List<String> narrative,
            List<Line> told) {
        var lines = new Field79(String.join("\r\n", narrative));
        final AbstractMT message;
        if (cash) {
            message = new MT995(from, to)
                    .append(new Field20(reference), new Field21("NONREF"))
                    .append(new Field75("PLEASE EXPLAIN THE ENTRIES BELOW"))
                    .append(lines);
        } else {
            message = new MT599(from, to)
                    .append(new Field20(reference), new Field21("NONREF"))
                    .append(lines);
        }
        return new Message("Open differences, " + asOf, message.message(), told);
    }

    /** In lines of fifty characters that SWIFT has; a line does not begin as a field would. */
    private static List<String> wrapped(String text) {
        var plain = text.replaceAll("[^A-Za-z0-9/?:().,'+ -]", ".");
        var lines = new ArrayList<String>();
        var line = new StringBuilder();
        for (var word : plain.split(" ", -1)) {
            for (var from = 0; from == 0 || from < word.length(); from += NARRATIVE_WIDTH - 2) {
                var part = word.substring(from, Math.min(word.length(), from + NARRATIVE_WIDTH - 2));
                if (line.length() > 0 && line.length() + 1 + part.length() > NARRATIVE_WIDTH) {
                    lines.add(line.toString());
                    line.setLength(0);
                    line.append(' ');
                }
                if (line.length() > 0 && line.charAt(line.length() - 1) != ' ') {
                    line.append(' ');
                }
                line.append(part);
            }
        }
        lines.add(line.toString());
        return lines;
    }

    /** Whether a text is a message of the type that the other side can read. */
    static boolean isSwift(String type, String text) {
        try {
            var parsed = AbstractMT.parse(text);
            if (parsed == null
                    || !parsed.getMessageType().equals(type.substring(2))
                    || parsed.getSwiftMessage().getBlock4() == null) {
                return false;
            }
            var narrative = parsed.getSwiftMessage().getBlock4().getTagValue("79");
            if (narrative == null || parsed.getSwiftMessage().getBlock4().getTagValue("20") == null) {
                return false;
            }
            var lines = narrative.split("\r?\n", -1);
            return lines.length <= NARRATIVE_LINES
                    && java.util.Arrays.stream(lines)
                            .allMatch(line ->
                                    line.length() <= NARRATIVE_WIDTH && line.matches("[A-Za-z0-9/?:().,'+ -]*"));
        } catch (IOException | IllegalArgumentException unreadable) {
            return false;
        }
    }
}
