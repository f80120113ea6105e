package org.tradesuite.execution.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tradesuite.execution.risk.AnswerForm;
import org.tradesuite.execution.risk.Check;

/**
 * The forms of the rules' answers that the journal knows, by number. A form is told in the journal before the first answer
 * of that form. One thread adds, and only while nobody else reads.
 */
final class AnswerForms {

    /** The stream they are told in; the number of a form is the version of its event. */
    static final String STREAM = "answer-forms";

    private record Numbered(int number, AnswerForm form) {}

    /** What one rule says: a handful, and what it said last, which many rules say every time. */
    private static final class OfRule {
        private final List<Numbered> all = new ArrayList<>(4);
        private @Nullable Check last;
        private @Nullable Numbered lastIs;
    }

    private final Map<String, OfRule> byRule = new HashMap<>();
    private final List<AnswerForm> byNumber = new ArrayList<>();
    private int told;

    /** From 1; a form that is new gets the next, and is to be told. */
    @SuppressWarnings("ReferenceEquality") // an answer that is always the same is one object
    int number(Check check) {
        var known = byRule.computeIfAbsent(check.rule(), rule -> new OfRule());
        var is = known.lastIs;
        if (is == null || (known.last != check && !is.form().fits(check))) {
            is = find(known.all, check);
        }
        known.last = check;
        known.lastIs = is;
        return is.number();
    }

    private Numbered find(List<Numbered> known, Check check) {
        for (var each : known) {
            if (each.form().fits(check)) {
                return each;
            }
        }
        return add(AnswerForm.of(check));
    }

    /** @throws IllegalStateException if nobody told it */
    AnswerForm get(int number) {
        if (number < 1 || number > byNumber.size()) {
            throw new IllegalStateException("The journal has an answer of form " + number + " and tells of "
                    + byNumber.size() + " forms only: a part of it is missing.");
        }
        return byNumber.get(number - 1);
    }

    /** One that the journal has told. */
    void tell(int number, AnswerForm form) {
        if (number != byNumber.size() + 1) {
            throw new IllegalStateException("The journal tells of form " + number + " where " + (byNumber.size() + 1)
                    + " is the next: a part of it is missing.");
        }
        add(form);
        told = number;
    }

    private Numbered add(AnswerForm form) {
        byNumber.add(form);
        var numbered = new Numbered(byNumber.size(), form);
        byRule.computeIfAbsent(form.rule(), rule -> new OfRule()).all.add(numbered);
        return numbered;
    }

    /** The number of the next one that is to be told, which is told by this; 0 if there is none. */
    int nextToTell() {
        return told == byNumber.size() ? 0 : ++told;
    }
}
