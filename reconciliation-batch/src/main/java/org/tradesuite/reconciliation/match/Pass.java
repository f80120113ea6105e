package org.tradesuite.reconciliation.match;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One pass over what the passes before it have left, as data.
 *
 * @param name stored with every match it makes
 * @param keys columns in which both say the same; an item without one of them takes no part
 * @param references REFERENCE: the column of which one reference in common is enough; COPIES: only items that have one
 * @param sum the column that has to add up where one item stands against several
 * @param nearest REFERENCE only: if several of theirs name one of ours and do not add up, the nearest in these columns,
 *     in this order, is taken
 * @param tolerances UNIQUE only
 * @param severalToSeveral SUM only: several against several, too, if the sums inside the key are equal
 * @param proposed whether a person has to agree; what is proposed takes no part in later passes
 */
public record Pass(
        String name,
        Kind kind,
        List<String> keys,
        @Nullable String references,
        @Nullable String sum,
        List<String> nearest,
        List<Tolerance> tolerances,
        boolean severalToSeveral,
        boolean proposed) {

    /** How it pairs. */
    public enum Kind {
        /**
         * They name one of ours and no other. Several that name the same one are taken together if they add up, else the
         * nearest of them.
         */
        REFERENCE,
        /** Takes out what says in every column, references included, what another of the same side says. */
        COPIES,
        /** Equal keys: the k-th of ours with the k-th of theirs, in the order of all that they say. */
        EXACT,
        /** Equal keys and within the tolerances, where neither fits any other. */
        UNIQUE,
        /** Equal keys: one of ours against all of theirs or the other way round, if they add up. */
        SUM
    }

    public Pass {
        keys = keys == null ? List.of() : List.copyOf(keys);
        nearest = nearest == null ? List.of() : List.copyOf(nearest);
        tolerances = tolerances == null ? List.of() : List.copyOf(tolerances);
        if (name.isBlank()) {
            throw new IllegalArgumentException("A pass needs a name; it is stored with its matches.");
        }
        require(name, kind != Kind.REFERENCE || references != null, "references names the column they are in");
        require(
                name,
                references == null || kind == Kind.REFERENCE || kind == Kind.COPIES,
                "references are for REFERENCE and COPIES");
        require(name, kind != Kind.SUM || sum != null, "sum names the column that has to add up");
        require(
                name,
                kind == Kind.REFERENCE || kind == Kind.COPIES || !keys.isEmpty(),
                "keys name the columns that have to be equal");
        require(name, tolerances.isEmpty() || kind == Kind.UNIQUE, "tolerances are for UNIQUE");
        require(name, nearest.isEmpty() || kind == Kind.REFERENCE, "nearest is for REFERENCE");
        require(name, !severalToSeveral || kind == Kind.SUM, "severalToSeveral is for SUM");
        require(
                name,
                !proposed || (kind != Kind.REFERENCE && kind != Kind.COPIES),
                "EXACT, UNIQUE and SUM can be proposed");
    }

    private static void require(String pass, boolean so, String rule) {
        if (!so) {
            throw new IllegalArgumentException("Pass '" + pass + "': " + rule + ".");
        }
    }

    /** @throws IllegalArgumentException if the comparison has not what the pass needs; the message says what */
    public void check(Shape shape) {
        for (var key : keys) {
            require(
                    name,
                    shape.kind(shape.at(key)) != Column.Kind.REFERENCES,
                    "'" + key + "' has several values and cannot be a key");
        }
        if (references != null) {
            require(
                    name,
                    shape.kind(shape.at(references)) == Column.Kind.REFERENCES,
                    "'" + references + "' has no references");
        }
        var numbers = new ArrayList<String>(nearest);
        Stream.ofNullable(sum).forEach(numbers::add);
        for (var number : numbers) {
            require(name, shape.kind(shape.at(number)) == Column.Kind.DECIMAL, "'" + number + "' is no number");
        }
        tolerances.forEach(tolerance -> tolerance.check(shape));
    }
}
