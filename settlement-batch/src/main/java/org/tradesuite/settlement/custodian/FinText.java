package org.tradesuite.settlement.custodian;

import com.prowidesoftware.swift.io.parser.SwiftParser;
import com.prowidesoftware.swift.io.parser.SwiftParserConfiguration;
import com.prowidesoftware.swift.model.SwiftBlock2Output;
import com.prowidesoftware.swift.model.SwiftMessage;
import com.prowidesoftware.swift.model.Tag;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tradesuite.market.Bic;
import org.tradesuite.market.Currency;
import org.tradesuite.market.Isin;
import org.tradesuite.market.Money;
import org.tradesuite.market.Quantity;
import org.tradesuite.settlement.custodian.Reading.Problem;

/**
 * A FIN message of category 5 read strictly. Prowide reads what it can and passes over the rest in silence: a message
 * cut off in the middle, a line without a tag, a sequence that never ends. So the text is held against its frame first
 * and against what Prowide made of it afterwards; a difference refuses the message.
 */
record FinText(
        String type, Bic sender, Bic receiver, @Nullable Instant headerTime, List<Line> lines) {

    /** @param path the open sequences, outermost first: {@code GENL/LINK} */
    record Line(String path, String tag, String value) {}

    private static final Pattern FRAME = Pattern.compile(
            "\\{1:(F01[A-Z0-9]{22})}\\{2:([IO][^{}]+)}(\\{3:(?:\\{[^{}]*})*})?\\{4:\\R(.*?)\\R-}(\\{5:(?:\\{[^{}]*})*})?\\s*",
            Pattern.DOTALL);
    private static final Pattern TAG_LINE = Pattern.compile(":([0-9]{2}[A-Z]?):(.*)");
    private static final Pattern NUMBER = Pattern.compile("[0-9]+,[0-9]*");
    private static final Set<String> SEVERAL_LINES = Set.of("35B", "70C", "70D", "70E", "95Q", "94E");
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("uuuuMMdd", Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);
    private static final DateTimeFormatter DATE_TIME =
            DateTimeFormatter.ofPattern("uuuuMMddHHmmss", Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);
    private static final DateTimeFormatter HEADER_TIME =
            DateTimeFormatter.ofPattern("uuMMddHHmm", Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);
    private static final int LONGEST_NUMBER = 15;

    /** @throws RefusedText if anything of it is not understood */
    static FinText parse(String text) {
        if (!text.startsWith("{1:")) {
            throw new RefusedText(Problem.NOT_A_MESSAGE, "The text does not begin with block 1 of a FIN message.");
        }
        var frame = FRAME.matcher(text);
        if (!frame.matches()) {
            throw text.contains("\n-}")
                    ? new RefusedText(
                            Problem.NOT_A_MESSAGE,
                            "The blocks are not 1, 2, 3, 4, 5 in order, each closed, with nothing between them.")
                    : new RefusedText(
                            Problem.CUT_OFF, "Block 4 has no end (-}): the file was cut off; ask for it again.");
        }
        var message = prowide(text.strip());
        var lines = lines(String.valueOf(frame.group(4)));
        agree(lines, message);
        var header = header(message);
        return new FinText(header.type, header.sender, header.receiver, header.time, lines);
    }

    private static SwiftMessage prowide(String text) {
        var strict = new SwiftParserConfiguration();
        strict.setLenient(false);
        var parser = new SwiftParser(text);
        parser.setConfiguration(strict);
        try {
            var message = parser.message();
            if (!parser.getErrors().isEmpty() || message == null || message.getUnparsedTextsSize() > 0) {
                throw new RefusedText(Problem.NOT_A_MESSAGE, "Not a FIN message: " + parser.getErrors());
            }
            return message;
        } catch (IOException | IllegalArgumentException e) {
            throw new RefusedText(Problem.NOT_A_MESSAGE, "Not a FIN message: " + e.getMessage());
        }
    }

    private static List<Line> lines(String block4) {
        var lines = new ArrayList<Line>();
        var open = new ArrayDeque<String>();
        for (var text : block4.split("\\R", -1)) {
            var tag = TAG_LINE.matcher(text);
            if (!tag.matches()) {
                if (lines.isEmpty() || !SEVERAL_LINES.contains(lines.getLast().tag())) {
                    throw new RefusedText(Problem.NOT_A_FIELD, "The line '" + text + "' is not a field.");
                }
                var last = lines.removeLast();
                lines.add(new Line(last.path(), last.tag(), last.value() + "\n" + text));
                continue;
            }
            var name = String.valueOf(tag.group(1));
            var value = String.valueOf(tag.group(2));
            if (name.equals("16R")) {
                open.addLast(value);
            } else if (name.equals("16S")) {
                if (!value.equals(open.peekLast())) {
                    throw new RefusedText(
                            Problem.SEQUENCE_OPEN,
                            "16S:" + value + " ends a sequence that is not the open one (" + open + ").");
                }
                open.removeLast();
            } else {
                lines.add(new Line(String.join("/", open), name, value));
            }
        }
        if (!open.isEmpty()) {
            throw new RefusedText(Problem.SEQUENCE_OPEN, "The sequences " + open + " have no end.");
        }
        return List.copyOf(lines);
    }

    private static void agree(List<Line> ours, SwiftMessage message) {
        var theirs = message.getBlock4() == null
                ? List.<Tag>of()
                : message.getBlock4().getTags().stream()
                        .filter(tag -> !tag.getName().startsWith("16"))
                        .toList();
        if (theirs.size() != ours.size()) {
            throw new RefusedText(
                    Problem.NOT_A_FIELD,
                    "The text has " + ours.size() + " fields, " + theirs.size() + " of them can be read.");
        }
        for (var i = 0; i < ours.size(); i++) {
            var line = ours.get(i);
            var tag = theirs.get(i);
            if (!line.tag().equals(tag.getName())
                    || !line.value().equals(tag.getValue().replace("\r\n", "\n"))) {
                throw new RefusedText(
                        Problem.NOT_A_FIELD,
                        "Field " + line.tag() + " reads as " + tag.getName() + " " + tag.getValue());
            }
        }
    }

    private record Header(
            String type, Bic sender, Bic receiver, @Nullable Instant time) {}

    /** Output is what the network delivers to us, input what a party writes: the custodian's folder may hold either. */
    private static Header header(SwiftMessage message) {
        var first = message.getBlock1();
        var second = message.getBlock2();
        if (first == null || second == null || second.getMessageType() == null) {
            throw new RefusedText(Problem.NOT_A_MESSAGE, "Block 1 or 2 is missing or has the wrong length.");
        }
        if (second instanceof SwiftBlock2Output output) {
            return new Header(
                    output.getMessageType(),
                    terminal(output.getMIRLogicalTerminal()),
                    terminal(first.getLogicalTerminal()),
                    headerTime(output.getMIRDate(), output.getSenderInputTime()));
        }
        var receiver = ((com.prowidesoftware.swift.model.SwiftBlock2Input) second).getReceiverAddress();
        return new Header(second.getMessageType(), terminal(first.getLogicalTerminal()), terminal(receiver), null);
    }

    /** A logical terminal is the BIC with the terminal's letter in ninth place. */
    private static Bic terminal(@Nullable String address) {
        if (address == null || address.length() != 12) {
            throw new RefusedText(Problem.NOT_A_MESSAGE, "'" + address + "' is not a terminal of 12 characters.");
        }
        return value("header", address, () -> Bic.of(address.substring(0, 8) + address.substring(9)));
    }

    private static @Nullable Instant headerTime(@Nullable String date, @Nullable String time) {
        return date == null || time == null
                ? null
                : value(
                        "block 2",
                        date + time,
                        () -> LocalDateTime.parse(date + time, HEADER_TIME).toInstant(ZoneOffset.UTC));
    }

    // Fields by sequence and qualifier

    /** @throws RefusedText if there is none or more than one */
    String one(String path, String tag, String qualifier) {
        return optional(path, tag, qualifier)
                .orElseThrow(() -> new RefusedText(
                        Problem.FIELD_MISSING,
                        "Field " + tag + (qualifier.isEmpty() ? "" : " " + qualifier) + " is missing in " + path
                                + "."));
    }

    /** @throws RefusedText if there is more than one */
    Optional<String> optional(String path, String tag, String qualifier) {
        var found = all(path, tag, qualifier);
        if (found.size() > 1) {
            throw new RefusedText(
                    Problem.FIELD_TWICE, "Field " + tag + " " + qualifier + " is in " + path + " more than once.");
        }
        return found.stream().findFirst();
    }

    /** The values without their qualifier; an empty qualifier takes the field whole. */
    List<String> all(String path, String tag, String qualifier) {
        var prefix = qualifier.isEmpty() ? "" : ":" + qualifier + "//";
        return lines.stream()
                .filter(line -> line.path().equals(path) && line.tag().equals(tag))
                .map(Line::value)
                .filter(value -> value.startsWith(prefix))
                .map(value -> value.substring(prefix.length()))
                .toList();
    }

    /** When the sender wrote it: field 98C PREP, or the input time of the header when there is none. */
    Instant sentAt() {
        var prepared = optional("GENL", "98C", "PREP");
        if (prepared.isPresent()) {
            return value(
                    "98C PREP",
                    prepared.get(),
                    () -> LocalDateTime.parse(prepared.get(), DATE_TIME).toInstant(ZoneOffset.UTC));
        }
        if (headerTime == null) {
            throw new RefusedText(
                    Problem.FIELD_MISSING,
                    "Neither field 98C PREP nor the header says when the message was written: order cannot be judged.");
        }
        return headerTime;
    }

    static LocalDate date(String field, String text) {
        return value(field, text, () -> LocalDate.parse(text, DATE));
    }

    static Isin isin(String field) {
        var first = field.lines().findFirst().orElse("");
        if (!first.startsWith("ISIN ")) {
            throw new RefusedText(Problem.FIELD_WRONG, "Field 35B '" + first + "' does not begin with ISIN.");
        }
        return value("35B", first, () -> Isin.of(first.substring(5)));
    }

    /** {@code UNIT/1000,} */
    static Quantity units(String field, String text) {
        if (!text.startsWith("UNIT/")) {
            throw new RefusedText(
                    Problem.FIELD_WRONG, "Field 36B " + field + " counts in '" + text + "', not in UNIT.");
        }
        return value(field, text, () -> Quantity.of(number(text.substring(5))));
    }

    /** {@code GBP1234,5}, no more decimals than the currency has. */
    static Money money(String field, String text) {
        if (text.length() < 5) {
            throw new RefusedText(Problem.FIELD_WRONG, "Field " + field + " '" + text + "' is not an amount.");
        }
        return value(field, text, () -> Money.of(number(text.substring(3)), Currency.of(text.substring(0, 3))));
    }

    private static BigDecimal number(String text) {
        if (!NUMBER.matcher(text).matches() || text.length() > LONGEST_NUMBER) {
            throw new IllegalArgumentException("'" + text + "' is not digits with one comma, at most 15 characters.");
        }
        return new BigDecimal(text.endsWith(",") ? text.substring(0, text.length() - 1) : text.replace(',', '.'));
    }

    private interface Part<T> {
        T read();
    }

    private static <T> T value(String field, String text, Part<T> part) {
        try {
            return part.read();
        } catch (IllegalArgumentException | DateTimeException wrong) {
            throw new RefusedText(Problem.FIELD_WRONG, "Field " + field + " '" + text + "': " + wrong.getMessage());
        }
    }
}
