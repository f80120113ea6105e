package org.tradesuite.suite.day;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** A day's {@code totals.csv}, to be held against that of another telling of the same day. */
record Totals(TreeMap<String, Total> byName) {

    /** @param rule {@code equal}, or {@code least..most} */
    record Total(String value, String rule) {

        boolean isEqual() {
            return rule.equals("equal");
        }

        boolean isAllowed() {
            if (isEqual()) return true;
            var bounds = rule.split("\\.\\.", -1);
            var number = new BigDecimal(value);
            return number.compareTo(new BigDecimal(bounds[0])) >= 0 && number.compareTo(new BigDecimal(bounds[1])) <= 0;
        }
    }

    static Totals of(Path file) {
        var totals = new TreeMap<String, Total>();
        try {
            for (var line : Files.readAllLines(file).stream().skip(1).toList()) {
                var fields = line.split(",", -1);
                if (totals.put(fields[0] + " " + fields[1], new Total(fields[2], fields[3])) != null)
                    throw new IllegalStateException("twice in " + file + ": " + line);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Totals(totals);
    }

    /** Where the other day breaks a rule, or has another rule, or one of the two lacks a total. */
    List<String> differences(Totals other) {
        var differences = new ArrayList<String>();
        var left = new TreeMap<>(other.byName());
        byName.forEach((name, ours) -> {
            var theirs = left.remove(name);
            if (theirs == null
                    || !theirs.rule().equals(ours.rule())
                    || !ours.isAllowed()
                    || !theirs.isAllowed()
                    || (ours.isEqual() && !ours.value().equals(theirs.value())))
                differences.add(name + ": " + ours + " and " + theirs);
        });
        left.forEach((name, theirs) -> differences.add(name + ": nothing and " + theirs));
        return differences;
    }

    /** What an average VWAP has executed of what it ordered, from 0 to 1. */
    double executedOfVwap() {
        return byName.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith("decision ")
                        && entry.getValue().value().startsWith("VWAP "))
                .map(entry -> entry.getKey().substring("decision ".length()))
                .mapToDouble(key -> number("executed " + key) / number("ordered " + key))
                .average()
                .orElseThrow();
    }

    private double number(String name) {
        var total = byName.get(name);
        if (total == null) throw new IllegalStateException("there is no total " + name);
        return Double.parseDouble(total.value());
    }

    /** How many totals of that kind must not differ at all. */
    long equal(String kind) {
        return byName.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(kind + " ")
                        && entry.getValue().isEqual())
                .count();
    }
}
