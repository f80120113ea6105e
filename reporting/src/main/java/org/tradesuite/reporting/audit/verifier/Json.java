package org.tradesuite.reporting.audit.verifier;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the JSON of an export: objects, lists, texts and whole numbers. Anything else, a name given twice, or anything
 * after the end is an error. Small enough to be read through by whoever has to trust it.
 */
final class Json {

    private final String text;
    private int at;

    private Json(String text) {
        this.text = text;
    }

    /** @throws IllegalArgumentException if it is not such an object */
    static Map<String, Object> object(String text) {
        Json json = new Json(text);
        json.space();
        Map<String, Object> object = json.readObject();
        json.space();
        if (json.at != text.length()) {
            throw json.wrong("nothing after the end");
        }
        return object;
    }

    private Object value() {
        return switch (peek()) {
            case '{' -> readObject();
            case '[' -> readList();
            case '"' -> readText();
            default -> readNumber();
        };
    }

    private Map<String, Object> readObject() {
        Map<String, Object> object = new LinkedHashMap<>();
        expect('{');
        space();
        while (peek() != '}') {
            String name = readText();
            space();
            expect(':');
            space();
            if (object.put(name, value()) != null) {
                throw wrong("the name " + name + " only once");
            }
            space();
            if (peek() != '}') {
                expect(',');
                space();
            }
        }
        at++;
        return object;
    }

    private List<Object> readList() {
        List<Object> list = new ArrayList<>();
        expect('[');
        space();
        while (peek() != ']') {
            list.add(value());
            space();
            if (peek() != ']') {
                expect(',');
                space();
            }
        }
        at++;
        return list;
    }

    private Long readNumber() {
        int start = at;
        if (peek() == '-') {
            at++;
        }
        while (at < text.length() && Character.isDigit(text.charAt(at))) {
            at++;
        }
        try {
            return Long.valueOf(text.substring(start, at));
        } catch (NumberFormatException e) {
            throw wrong("a whole number");
        }
    }

    private String readText() {
        expect('"');
        StringBuilder read = new StringBuilder();
        while (peek() != '"') {
            char c = text.charAt(at++);
            if (c == '\\') {
                read.append(escaped());
            } else if (c < ' ') {
                throw wrong("no control character in a text");
            } else {
                read.append(c);
            }
        }
        at++;
        return read.toString();
    }

    private char escaped() {
        char c = peek();
        at++;
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> {
                if (at + 4 > text.length()) {
                    throw wrong("four hex digits");
                }
                String digits = text.substring(at, at + 4);
                at += 4;
                try {
                    yield (char) Integer.parseInt(digits, 16);
                } catch (NumberFormatException e) {
                    throw wrong("four hex digits");
                }
            }
            default -> throw wrong("an escape that JSON knows");
        };
    }

    private void space() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private char peek() {
        if (at >= text.length()) {
            throw wrong("more");
        }
        return text.charAt(at);
    }

    private void expect(char c) {
        if (peek() != c) {
            throw wrong("'" + c + "'");
        }
        at++;
    }

    private IllegalArgumentException wrong(String expected) {
        return new IllegalArgumentException("character " + at + ": expected " + expected);
    }
}
