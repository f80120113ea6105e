package org.tradesuite.reconciliation.custodian;

import com.prowidesoftware.swift.io.parser.SwiftParser;
import com.prowidesoftware.swift.model.SwiftMessage;
import com.prowidesoftware.swift.model.Tag;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One SWIFT FIN message, read by Prowide and held against its frame: Prowide passes over in silence what it cannot
 * read, so a message without its end is refused before and one whose sequences do not close after.
 *
 * @param type three digits, such as 535
 * @param sender BIC of eight characters
 * @param receiver BIC of eight characters
 */
record FinMessage(String type, String sender, String receiver, List<Field> fields, String text) {

    /** A field with the sequences it stands in, outermost first and joined by slashes; empty at the top. */
    record Field(String path, String tag, String value) {

        /** What follows the qualifier of a generic field: for {@code :SAFE//ACC1} and SAFE this is {@code ACC1}. */
        Optional<String> after(String qualifier) {
            var start = ":" + qualifier + "//";
            return value.startsWith(start) ? Optional.of(value.substring(start.length())) : Optional.empty();
        }
    }

    /** A message that cannot be taken, with the class of what is wrong. */
    static final class Unreadable extends Exception {

        private final boolean cutOff;

        Unreadable(String message, boolean cutOff) {
            super(message);
            this.cutOff = cutOff;
        }

        boolean cutOff() {
            return cutOff;
        }
    }

    private static final Pattern END = Pattern.compile("\\R-}(\\{5:.*})?\\s*\\z", Pattern.DOTALL);

    /** The messages of a file, one after the other, with or without a dollar sign between them. */
    static List<String> split(String file) {
        var messages = new ArrayList<String>();
        var at = file.indexOf("{1:");
        if (at < 0 || !file.substring(0, at).isBlank()) {
            return List.of(file);
        }
        while (at >= 0) {
            var next = file.indexOf("{1:", at + 1);
            var message = file.substring(at, next < 0 ? file.length() : next).strip();
            messages.add(
                    message.endsWith("$")
                            ? message.substring(0, message.length() - 1).strip()
                            : message);
            at = next;
        }
        return messages;
    }

    static FinMessage read(String text) throws Unreadable {
        if (!text.startsWith("{1:")) {
            throw new Unreadable("The text does not begin with block 1 of a FIN message.", false);
        }
        if (!END.matcher(text).find()) {
            throw new Unreadable(
                    "Block 4 has no end (-}): the file was cut off. Ask the custodian to send it again.", true);
        }
        SwiftMessage message;
        try {
            message = new SwiftParser(text).message();
        } catch (IOException | RuntimeException wrong) {
            throw new Unreadable("It cannot be read as a FIN message: " + wrong.getMessage(), false);
        }
        if (message == null || message.getBlock4() == null || message.getType() == null) {
            throw new Unreadable("Blocks 2 and 4 of the FIN message are missing.", false);
        }
        var fields = new ArrayList<Field>();
        var open = new ArrayDeque<String>();
        for (Tag tag : message.getBlock4().getTags()) {
            var value = String.valueOf(tag.getValue()).strip();
            switch (tag.getName()) {
                case "16R" -> open.addLast(value);
                case "16S" -> {
                    if (!value.equals(open.pollLast())) {
                        throw new Unreadable(
                                "Sequence " + value + " ends where it did not begin: lines are missing.", true);
                    }
                }
                default -> fields.add(new Field(String.join("/", open), tag.getName(), value));
            }
        }
        if (!open.isEmpty()) {
            throw new Unreadable("Sequence " + open.getLast() + " does not end: lines are missing.", true);
        }
        return new FinMessage(
                message.getType(), bic8(message.getSender()), bic8(message.getReceiver()), List.copyOf(fields), text);
    }

    private static String bic8(String logicalTerminal) {
        return logicalTerminal == null || logicalTerminal.length() < 8 ? "" : logicalTerminal.substring(0, 8);
    }

    /** The first field of that tag at the path, by the qualifier if one is given. */
    Optional<String> generic(String path, String tag, String qualifier) {
        return fields.stream()
                .filter(field -> field.path().equals(path) && field.tag().equals(tag))
                .flatMap(field -> field.after(qualifier).stream())
                .findFirst();
    }

    Optional<String> plain(String tag) {
        return fields.stream()
                .filter(field -> field.tag().equals(tag))
                .map(Field::value)
                .findFirst();
    }
}
