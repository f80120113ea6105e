package org.tradesuite.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/**
 * What check digits promise: a single wrong digit is noticed, and in an LEI a wrong letter and two swapped neighbours as
 * well. They promise nothing for a digit in place of a letter, which counts for two: B1 and 1B are both 111.
 */
class IdentifierProperties {

    @Property
    void a_computed_isin_is_valid_and_one_wrong_character_is_noticed(
            @ForAll("isinBodies") String body, @ForAll @IntRange(max = 10) int place, @ForAll("digits") char other) {
        var isin = body + Isin.checkDigit(body);
        assertThat(Isin.of(isin)).hasToString(isin);
        Assume.that(Character.isDigit(isin.charAt(place)) && isin.charAt(place) != other);
        var wrong = isin.substring(0, place) + other + isin.substring(place + 1);
        assertThatThrownBy(() -> Isin.of(wrong)).isInstanceOf(IllegalArgumentException.class);
    }

    @Property
    void a_computed_lei_is_valid_and_one_wrong_character_is_noticed(
            @ForAll("leiBodies") String body, @ForAll @IntRange(max = 17) int place, @ForAll("characters") char other) {
        var lei = body + Lei.checkDigits(body);
        assertThat(Lei.of(lei)).hasToString(lei);
        Assume.that(lei.charAt(place) != other && sameKind(lei.charAt(place), other));
        var wrong = lei.substring(0, place) + other + lei.substring(place + 1);
        assertThatThrownBy(() -> Lei.of(wrong)).isInstanceOf(IllegalArgumentException.class);
    }

    @Property
    void two_neighbours_swapped_in_an_lei_are_noticed(
            @ForAll("leiBodies") String body, @ForAll @IntRange(max = 16) int place) {
        Assume.that(
                body.charAt(place) != body.charAt(place + 1) && sameKind(body.charAt(place), body.charAt(place + 1)));
        var lei = body + Lei.checkDigits(body);
        var wrong = lei.substring(0, place) + lei.charAt(place + 1) + lei.charAt(place) + lei.substring(place + 2);
        assertThatThrownBy(() -> Lei.of(wrong)).isInstanceOf(IllegalArgumentException.class);
    }

    @Provide
    Arbitrary<String> isinBodies() {
        return Combinators.combine(
                        Arbitraries.strings().withCharRange('A', 'Z').ofLength(2),
                        characters().list().ofSize(9).map(IdentifierProperties::joined))
                .as(String::concat);
    }

    @Provide
    Arbitrary<String> leiBodies() {
        return characters().list().ofSize(18).map(IdentifierProperties::joined);
    }

    @Provide
    Arbitrary<Character> digits() {
        return Arbitraries.chars().numeric();
    }

    @Provide
    Arbitrary<Character> characters() {
        return Arbitraries.chars().range('A', 'Z').numeric();
    }

    private static boolean sameKind(char one, char other) {
        return Character.isDigit(one) == Character.isDigit(other);
    }

    private static String joined(List<Character> characters) {
        var text = new StringBuilder();
        characters.forEach(text::append);
        return text.toString();
    }
}
