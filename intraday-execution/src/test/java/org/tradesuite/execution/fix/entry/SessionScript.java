package org.tradesuite.execution.fix.entry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.tradesuite.execution.fix.entry.Client.Version;
import org.tradesuite.execution.fix.entry.RawClient.Heard;

/**
 * One conversation, a line each: {@code I} we say it to the house, {@code E} we expect it from the house ({@code *} any
 * value, {@code ~} contains), {@code X} the house cuts the line, {@code C} we connect again once the house has noticed
 * that we were gone, {@code C!} without waiting, {@code BACK} we go on with the line before, {@code R} raw bytes,
 * {@code S} the house has a report for us, {@code K} the same while we are away, {@code H} what the desk heard of us,
 * {@code DESK} whether it takes anything, {@code REFUSED} once it did not.
 */
final class SessionScript {
    private final Version version;
    private final SessionHouse house;
    private final Deque<RawClient> lines = new ArrayDeque<>();
    private int next = 1;

    SessionScript(Version version, SessionHouse house) {
        this.version = version;
        this.house = house;
    }

    static boolean isFor(Path script, Version version) throws IOException {
        List<String> all = Files.readAllLines(script);
        return all.isEmpty()
                || !all.getFirst().startsWith("# only ")
                || List.of(all.getFirst().substring("# only ".length()).split(",", -1))
                        .contains(version.application);
    }

    void run(Path script) throws Exception {
        connect();
        int number = 0;
        try {
            for (String line : Files.readAllLines(script)) {
                number++;
                if (!line.startsWith("#") && !line.isBlank()) {
                    step(line.strip());
                }
            }
        } catch (AssertionError | RuntimeException failed) {
            throw new AssertionError(script.getFileName() + " line " + number + ": " + failed.getMessage(), failed);
        } finally {
            for (RawClient each : lines) {
                each.close();
            }
        }
    }

    private void connect() throws IOException {
        lines.push(new RawClient(house.port, version.beginString, "CLIENT", "TRADESUITE", next));
    }

    private RawClient line() {
        return lines.getFirst();
    }

    private void step(String text) throws Exception {
        String rest = text.substring(Math.min(text.length(), text.indexOf(' ') + 1));
        switch (text.split(" ", 2)[0]) {
            case "I" -> {
                line().say(expand(rest));
                next = line().next;
            }
            case "E" -> expect(rest);
            case "X" -> {
                Heard after = hear(false);
                assertThat(after).as("the line is cut").isNull();
            }
            case "C" -> {
                house.isGone();
                connect();
            }
            case "C!" -> connect();
            case "BACK" -> lines.pop().close();
            case "R" -> line().raw(rest.replace('|', '\u0001'));
            case "S" -> {
                house.isThere();
                house.reports(rest);
            }
            case "K" -> house.reports(rest);
            case "H" -> house.heard(rest);
            case "DESK" -> house.takes(rest.equals("open"));
            case "REFUSED" -> house.hasRefused();
            default -> throw new IllegalArgumentException("no such step: " + text);
        }
    }

    private String expand(String text) {
        String expanded = text;
        if (expanded.startsWith("<LOGON")) {
            int end = expanded.indexOf('>');
            String kind = expanded.substring(6, end);
            String password = kind.startsWith(" WITH ") ? kind.substring(6) : "secret";
            String logon = "35=A|98=0|108=30";
            if (!kind.equals(" WITHOUT PASSWORD")) {
                logon += version == Version.FIX42
                        ? "|95=" + password.length() + "|96=" + password
                        : "|553=CLIENT|554=" + password;
            }
            expanded = logon + (version == Version.FIX50SP2 ? "|1137=9" : "") + expanded.substring(end + 1);
        }
        if (expanded.startsWith("<ORDER")) {
            int end = expanded.indexOf('>');
            String kind = expanded.substring(6, end);
            String order = "35=D|11=C1|1=CORE|21=1|55=VOD|207=XLON|54=1|60=<TIME>|38=1000|40=2|44=0.72|59=0";
            if (kind.startsWith(" WITHOUT ")) {
                order = order.replaceAll("\\|" + kind.substring(9) + "=[^|]*", "");
            }
            expanded = order + expanded.substring(end + 1);
        }
        return expanded;
    }

    /** Heartbeats come when they come; they count only where one is expected. */
    private @Nullable Heard hear(boolean heartbeats) throws IOException {
        Heard heard = line().hear();
        while (!heartbeats && heard != null && "0".equals(heard.get(35)) && heard.get(112) == null) {
            heard = line().hear();
        }
        return heard;
    }

    private void expect(String fields) throws IOException {
        Heard heard = Objects.requireNonNull(hear(fields.startsWith("35=0")), () -> "the line is cut before " + fields);
        for (String field : fields.split("\\|", -1)) {
            boolean part = field.matches("\\d+~.*");
            int sign = part ? field.indexOf('~') : field.indexOf('=');
            String value = heard.get(Integer.parseInt(field.substring(0, sign)));
            String wanted = field.substring(sign + 1);
            assertThat(value).as(field + " in " + heard).isNotNull();
            if (part) {
                assertThat(value).as(heard.toString()).containsIgnoringCase(wanted);
            } else if (!wanted.equals("*")) {
                assertThat(value).as(field + " in " + heard).isEqualTo(wanted);
            }
        }
    }
}
