package org.tradesuite.execution.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.tradesuite.execution.risk.Check;
import org.tradesuite.execution.risk.Seen;
import org.tradesuite.execution.risk.Sight;
import org.tradesuite.execution.risk.Verdict;
import org.tradesuite.market.Price;
import org.tradesuite.market.Quantity;

/** Answers are read as they were given, whatever of them stood in the answers before. */
class AnswerProperties {

    /** Few, so that many answers repeat what others had; the same number in two scales is written in two ways. */
    private static final List<Object> VALUES = List.of(
            BigDecimal.ONE,
            new BigDecimal("1.0"),
            new BigDecimal("-27523900498.56"),
            Price.of("0.7224"),
            Quantity.of("1000"),
            5,
            7L,
            "2026-11-20",
            "1",
            "");

    @Property
    void answers_are_read_as_they_were_given(@ForAll("lists") List<List<Check>> lists) {
        var forms = new AnswerForms();
        var writer = new AnswerWriter(forms);
        var written = lists.stream().map(writer::write).toList();
        for (var place = 0; place < lists.size(); place++) {
            assertThat(inWords(AnswerReader.read(written.get(place), forms))).isEqualTo(inWords(lists.get(place)));
        }
    }

    @Example
    void what_the_answer_before_had_is_not_written_again() {
        var seen = Sight.of("held", new BigDecimal("27.50"), "adds", new BigDecimal("0.72"), "of", "market");
        var longer = Sight.of(
                "held",
                new BigDecimal("27.50"),
                "adds",
                new BigDecimal("0.73"),
                "of",
                "market",
                "to",
                null,
                "by",
                null);
        var answers = List.of(
                check("A", null, seen),
                check("B", null, seen),
                check("C", null, longer),
                check("D", null, Sight.of()),
                check("E", new BigDecimal("27.5"), seen));
        assertThat(new AnswerWriter(new AnswerForms()).write(answers))
                .isEqualTo("[[1,27.50,0.72,\"market\"],[2],[3,27.50,0.73,\"market\",null,null],4,"
                        + "[5,27.5,null,27.50,0.72,\"market\"]]");
    }

    @Provide
    Arbitrary<List<List<Check>>> lists() {
        return answers().list().ofMaxSize(12).list().ofMinSize(1).ofMaxSize(3);
    }

    private static Arbitrary<Check> answers() {
        var numbers = Arbitraries.of(BigDecimal.ONE, new BigDecimal("1.0"), new BigDecimal("0.05"))
                .injectNull(0.3);
        var seen = Arbitraries.of(VALUES).injectNull(0.1).list().ofMaxSize(20).map(AnswerProperties::named);
        return Combinators.combine(Arbitraries.of("A", "B", "C"), numbers, numbers, seen)
                .as((rule, measured, limit, saw) ->
                        new Check(rule, 1, measured, limit, "GBP", Verdict.PASS, null, saw));
    }

    private static Check check(String rule, @Nullable BigDecimal measured, Seen seen) {
        return new Check(rule, 1, measured, null, "", Verdict.PASS, null, seen);
    }

    private static Seen named(List<@Nullable Object> values) {
        var namesAndValues = new ArrayList<@Nullable Object>();
        for (var value : values) {
            namesAndValues.add("name" + namesAndValues.size() / 2);
            namesAndValues.add(value);
        }
        return Sight.of(namesAndValues.toArray());
    }

    private static List<String> inWords(List<Check> answers) {
        return answers.stream().map(Check::toString).toList();
    }
}
