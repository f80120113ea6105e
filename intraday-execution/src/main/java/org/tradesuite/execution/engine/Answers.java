package org.tradesuite.execution.engine;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tradesuite.execution.risk.Check;
import org.tradesuite.execution.risk.Verdict;

/**
 * What all rules said of an order, as a fact has it. The engine writes the answers down for the journal where it has just
 * got them, and keeps as objects only those that warn or block: the others, nearly all of dozens, nobody asks for again,
 * and another thread would have to collect every figure of them from the memory of the first. Does not change.
 */
public final class Answers {

    private static final AnswerForms NO_FORMS = new AnswerForms();

    /** Where no rule was asked. */
    static final Answers NONE = new Answers(NO_FORMS, "[]", List.of(), null);

    private final AnswerForms forms;
    private final @Nullable String written;
    private final List<Check> raised;
    private final @Nullable List<Check> all;

    private Answers(AnswerForms forms, @Nullable String written, List<Check> raised, @Nullable List<Check> all) {
        this.forms = forms;
        this.written = written;
        this.raised = raised;
        this.all = all;
    }

    /** @param written all of them, by these forms */
    static Answers written(List<Check> all, String written, AnswerForms forms) {
        return new Answers(forms, written, raised(all), null);
    }

    public static Answers of(List<Check> all) {
        return new Answers(NO_FORMS, null, raised(all), List.copyOf(all));
    }

    private static List<Check> raised(List<Check> all) {
        var raised = new ArrayList<Check>(0);
        for (var check : all) {
            if (check.verdict() != Verdict.PASS) {
                raised.add(check);
            }
        }
        return List.copyOf(raised);
    }

    /** Those that warn or block, in the order of the rules. */
    public List<Check> raised() {
        return raised;
    }

    /** All, in the order of the rules; read again from what was written. */
    public List<Check> all() {
        if (all != null) {
            return all;
        }
        return written == null ? raised : AnswerReader.read(written, forms);
    }

    /** As the journal has them, in the numbers of these forms. */
    String written(AnswerForms by) {
        return written != null && (forms == by || written.equals("[]")) ? written : new AnswerWriter(by).write(all());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Answers answers && all().equals(answers.all());
    }

    @Override
    public int hashCode() {
        return raised.hashCode();
    }

    @Override
    public String toString() {
        return all().toString();
    }
}
