package org.tradesuite.reconciliation.swift;

import com.prowidesoftware.swift.io.parser.SwiftParser;
import com.prowidesoftware.swift.model.SwiftMessage;
import com.prowidesoftware.swift.model.Tag;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tradesuite.reconciliation.statement.Refusal;
import org.tradesuite.reconciliation.statement.Span;
import org.tradesuite.reconciliation.statement.UnreadableException;

/**
 * A FIN message as Prowide parsed it, with the line of each field. Prowide passes over in silence what it cannot read
 * and takes a malformed tag for the continuation of the field before; so every line of block 4 has to be accounted for.
 *
 * @param type three digits, such as 535; guessed from its fields where block 2 is not there
 * @param sender BIC of eight characters, empty if unknown
 */
record FinMessage(String type, String sender, Sequence body, Span span) {

    /** Fields that never go on in the next line: what stands there is something else. */
    private static final Set<String> ONE_LINE = Set.of(
            "13A", "13D", "16R", "16S", "17B", "19A", "20", "20C", "21", "22F", "22H", "23G", "24B", "25", "25D", "28C",
            "28E", "32A", "34F", "36B", "60F", "60M", "62F", "62M", "64", "65", "69A", "90C", "90D", "93B", "93C",
            "97A", "97B", "98A", "98C");

    record Field(String tag, String value, Span span) {

        /** What follows the qualifier of a generic field: for {@code :SAFE//ACC1} and SAFE this is {@code ACC1}. */
        Optional<String> after(String qualifier) {
            var end = qualifier.length() + 1;
            if (value.length() <= end
                    || value.charAt(0) != ':'
                    || value.charAt(end) != '/'
                    || !value.startsWith(qualifier, 1)) {
                return Optional.empty();
            }
            // Between the slashes there may be the name of another code list.
            var slash = value.indexOf('/', end + 1);
            return slash < 0 ? Optional.empty() : Optional.of(value.substring(slash + 1));
        }
    }

    /** A sequence between 16R and 16S; the outermost has no name. */
    record Sequence(String name, List<Field> fields, List<Sequence> children) {

        Optional<Sequence> child(String child) {
            return children.stream().filter(one -> one.name.equals(child)).findFirst();
        }

        List<Sequence> children(String child) {
            var found = new ArrayList<Sequence>(0);
            for (var one : children) {
                if (one.name.equals(child)) {
                    found.add(one);
                }
            }
            return found;
        }

        /** All of that name, however deep. */
        List<Sequence> everywhere(String wanted) {
            var found = new ArrayList<Sequence>();
            gather(wanted, found);
            return found;
        }

        private void gather(String wanted, List<Sequence> into) {
            for (var one : children) {
                if (one.name.equals(wanted)) {
                    into.add(one);
                }
                one.gather(wanted, into);
            }
        }

        Optional<Field> field(String tag) {
            for (var field : fields) {
                if (field.tag().equals(tag)) {
                    return Optional.of(field);
                }
            }
            return Optional.empty();
        }

        /** The first generic field whose tag begins so, such as 97 for 97A and 97B, by its qualifier. */
        Optional<String> generic(String tag, String qualifier) {
            for (var field : fields) {
                if (field.tag().startsWith(tag)) {
                    var value = field.after(qualifier);
                    if (value.isPresent()) {
                        return value;
                    }
                }
            }
            return Optional.empty();
        }

        String required(String tag, String qualifier, String what) throws UnreadableException {
            return generic(tag, qualifier)
                    .orElseThrow(() -> new UnreadableException(
                            "The " + what + " (" + tag + " " + qualifier + ") is missing: ask the custodian."));
        }

        String required(String tag, String what) throws UnreadableException {
            return field(tag)
                    .map(Field::value)
                    .orElseThrow(() ->
                            new UnreadableException("The " + what + " (" + tag + ") is missing: ask the custodian."));
        }
    }

    static FinMessage read(FinFile.Message raw) throws UnreadableException {
        control(raw);
        var parsed = parse(raw.bare() ? "{4:\n" + raw.text() + "\n-}" : raw.text());
        if (parsed.getBlock4() == null) {
            throw new UnreadableException("Block 4 of the message is missing: ask the custodian to send it again.");
        }
        var body = body(raw, parsed.getBlock4().getTags());
        var type = parsed.getType();
        if (type == null) {
            type = Types.guess(body);
        }
        return new FinMessage(type, bic8(parsed.getSender()), body, raw.span());
    }

    private static SwiftMessage parse(String text) throws UnreadableException {
        try {
            var parsed = new SwiftParser(text).message();
            if (parsed == null) {
                throw new UnreadableException("It is not a FIN message.");
            }
            return parsed;
        } catch (IOException | RuntimeException wrong) {
            throw new UnreadableException("It cannot be read as a FIN message: " + wrong.getMessage());
        }
    }

    private static void control(FinFile.Message raw) throws UnreadableException {
        var text = raw.text();
        var line = raw.span().line();
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c == '\n') {
                line++;
            } else if ((c < ' ' && c != '\t' && c != '\r') || c == 127) {
                throw new UnreadableException("Line " + line + " has a character that is not of the SWIFT character"
                        + " sets (" + (int) c + "): it was damaged on its way. Ask for it again.");
            }
        }
    }

    private static Sequence body(FinFile.Message raw, List<Tag> tags) throws UnreadableException {
        var lines = new RawLines(raw);
        var root = new Sequence("", new ArrayList<>(), new ArrayList<>());
        var open = new ArrayDeque<Sequence>();
        open.addLast(root);
        for (var tag : tags) {
            var value = tag.getValue() == null ? "" : tag.getValue();
            var span = lines.account(tag.getName(), value);
            var name = value.strip();
            switch (tag.getName()) {
                case "16R" -> {
                    var begun = new Sequence(name, new ArrayList<>(), new ArrayList<>());
                    open.getLast().children().add(begun);
                    open.addLast(begun);
                }
                case "16S" -> {
                    if (!name.equals(open.pollLast().name()) || open.isEmpty()) {
                        throw new UnreadableException(
                                Refusal.STATEMENT_GAP,
                                "Line " + span.line() + ": sequence " + name
                                        + " ends where it did not begin, lines are missing. Ask for it again.");
                    }
                }
                default -> open.getLast().fields().add(new Field(tag.getName(), value, span));
            }
        }
        lines.end();
        if (open.size() > 1) {
            throw new UnreadableException(
                    Refusal.STATEMENT_GAP,
                    "Sequence " + open.getLast().name() + " does not end, lines are missing. Ask for it again.");
        }
        return root;
    }

    private static String bic8(@Nullable String logicalTerminal) {
        return logicalTerminal == null || logicalTerminal.length() < 8 ? "" : logicalTerminal.substring(0, 8);
    }

    /** The lines of block 4, ticked off as fields account for them. */
    private static final class RawLines {

        private final String text;
        private final Span message;
        private int at;
        private long line;

        RawLines(FinFile.Message raw) throws UnreadableException {
            this.text = raw.text();
            this.message = raw.span();
            this.line = raw.span().line();
            if (!raw.bare()) {
                var block = text.indexOf("{4:");
                if (block < 0) {
                    throw new UnreadableException("Block 4 of the message is missing: ask for it again.");
                }
                for (var i = 0; i < block; i++) {
                    line += text.charAt(i) == '\n' ? 1 : 0;
                }
                at = block + 3;
                if (!nextLine().isBlank()) {
                    throw lost("what follows {4: on the same line");
                }
            }
        }

        private int lineEnd() {
            var end = text.indexOf('\n', at);
            return end < 0 ? text.length() : end;
        }

        private String peek() {
            return text.substring(at, lineEnd());
        }

        private String nextLine() {
            var found = peek();
            passed(at + found.length());
            return found;
        }

        private void passed(int end) {
            at = Math.min(text.length(), end + 1);
            line++;
        }

        private boolean isBlank(int from, int end) {
            var next = from;
            while (next < end && Character.isWhitespace(text.charAt(next))) {
                next++;
            }
            return next == end;
        }

        /** Whether the line is a field of one line and nothing else. */
        private boolean says(String tag, String value, int end) {
            var begin = at + tag.length() + 2;
            return begin + value.length() <= end
                    && text.charAt(at) == ':'
                    && text.charAt(begin - 1) == ':'
                    && text.startsWith(tag, at + 1)
                    && text.startsWith(value, begin)
                    && value.indexOf('\r') < 0
                    && isBlank(begin + value.length(), end);
        }

        Span account(String tag, String value) throws UnreadableException {
            var end = lineEnd();
            while (at < text.length() && isBlank(at, end)) {
                passed(end);
                end = lineEnd();
            }
            var start = at;
            var first = line;
            if (says(tag, value, end)) {
                passed(end);
                return new Span(first, message.from() + start, at - start);
            }
            var expected = lines(":" + tag + ":" + value);
            if (expected.size() > 1 && ONE_LINE.contains(tag)) {
                nextLine();
                throw lost("'" + peek().strip() + "'");
            }
            for (var i = 0; i < expected.size(); i++) {
                var here = peek();
                if (at >= text.length()
                        || !same(here, expected.get(i))
                        || (i > 0 && (here.startsWith(":") || here.startsWith("-")))) {
                    throw lost("'" + here.strip() + "'");
                }
                nextLine();
            }
            return new Span(first, message.from() + start, at - start);
        }

        private static List<String> lines(String field) {
            var one = field.indexOf('\n') < 0 && field.indexOf('\r') < 0;
            return one ? List.of(field) : field.lines().toList();
        }

        private static boolean same(String raw, String parsed) {
            return raw.stripTrailing().equals(parsed.stripTrailing());
        }

        void end() throws UnreadableException {
            while (at < text.length()) {
                var here = peek();
                if (here.startsWith("-}")) {
                    return;
                }
                if (!here.isBlank()) {
                    throw lost("'" + here.strip() + "'");
                }
                nextLine();
            }
        }

        private UnreadableException lost(String what) {
            return new UnreadableException("Line " + line + " is not a field of the message and would be lost: " + what
                    + ". Nothing of this message is used; ask the custodian to send it again.");
        }
    }
}
