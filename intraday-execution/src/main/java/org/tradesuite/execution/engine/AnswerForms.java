package org.tradesuite.execution.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tradesuite.execution.risk.AnswerForm;
import org.tradesuite.execution.risk.Check;

/**
 * The forms of the rules' answers, by number. A form is told in the journal before the first answer of that form. One
 * thread adds, the engine's, and only while nobody else reads.
 */
final class AnswerForms {

    /** The stream they are told in; the number of a form is the version of its event. */
    static final String STREAM = "answer-forms";

    /**
     * @param number from 1
     * @param measures whether the answer has a measure or a limit
     * @param limits whether the limit stands in each answer
     * @param values how many there are to be told of such an answer: its measure, its limit, what stands in the gaps
     */
    record Numbered(int number, AnswerForm form, boolean measures, boolean limits, int values) {
        private Numbered(int number, AnswerForm form) {
            this(number, form, form.measures(), form.measures() && form.limit() == null);
        }

        private Numbered(int number, AnswerForm form, boolean measures, boolean limits) {
            this(number, form, measures, limits, (measures ? 1 : 0) + (limits ? 1 : 0) + form.gaps());
        }

        /** Whether nothing else is to be told of such an answer. */
        boolean saysAll() {
            return values == 0;
        }
    }

    /** An answer that was given, and its form: another that is like it at a glance has the same. */
    private record Given(Check answer, Numbered is) {}

    /** What one rule said, by what an answer is like; and what it said last, which many rules say every time. */
    private static final class OfRule {
        private final Map<Integer, Given> given = new HashMap<>();
        private @Nullable Given last;
    }

    private final Map<String, OfRule> byRule = new HashMap<>();
    private final Map<AnswerForm, Numbered> byForm = new HashMap<>();
    private final List<Numbered> byNumber = new ArrayList<>();
    private int told;

    /** The form of that answer. One that is new gets the next number, and is to be told. */
    Numbered of(Check check) {
        var of = byRule.get(check.rule());
        if (of == null) {
            of = new OfRule();
            byRule.put(check.rule(), of);
        }
        var given = of.last;
        if (given == null || !check.isPlainlyLike(given.answer())) {
            given = find(of, check);
            of.last = given;
        }
        return given.is();
    }

    private Given find(OfRule of, Check check) {
        Integer like = check.likeness();
        var given = of.given.get(like);
        if (given == null || !check.isPlainlyLike(given.answer())) {
            var form = AnswerForm.of(check);
            var known = byForm.get(form);
            given = new Given(check, known == null ? add(form) : known);
            of.given.put(like, given);
        }
        return given;
    }

    /** @throws IllegalStateException if nobody told it */
    Numbered get(int number) {
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
        var numbered = new Numbered(byNumber.size() + 1, form);
        byNumber.add(numbered);
        byForm.put(form, numbered);
        return numbered;
    }

    /** Those that are to be told in the journal before anything else, each given out once. */
    List<Numbered> untold() {
        if (told == byNumber.size()) {
            return List.of();
        }
        var untold = new ArrayList<Numbered>();
        while (told < byNumber.size()) {
            untold.add(byNumber.get(told++));
        }
        return untold;
    }
}
