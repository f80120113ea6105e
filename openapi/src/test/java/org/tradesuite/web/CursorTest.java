package org.tradesuite.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tradesuite.openapi.problem.ProblemCode;

class CursorTest {

    @Test
    void a_cursor_comes_back_as_it_went_out() {
        var cursor = Cursor.of("2026-11-20T09:00:00.000001Z", "O-1|x ü");
        assertThat(cursor.toString()).matches("[A-Za-z0-9_-]+");
        assertThat(Cursor.parse(cursor.toString(), 2)).contains(cursor);
    }

    @Test
    void the_first_page_has_no_cursor() {
        assertThat(Cursor.parse(null, 2)).isEmpty();
    }

    @Test
    void a_cursor_of_another_list_is_refused() {
        assertThatThrownBy(() -> Cursor.parse(Cursor.of("a").toString(), 2))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.code()).isEqualTo(ProblemCode.INVALID_CURSOR));
        assertThatThrownBy(() -> Cursor.parse("!", 2)).isInstanceOf(ProblemException.class);
    }

    @Test
    void a_cursor_that_was_cut_or_made_up_is_refused_and_is_not_a_place_in_the_list() {
        var cursor = Cursor.of("O-20261120-000004").toString();
        for (int length = 0; length < cursor.length(); length++) {
            var cut = cursor.substring(0, length);
            assertThatThrownBy(() -> Cursor.parse(cut, 1)).as(cut).isInstanceOf(ProblemException.class);
        }
        assertThatThrownBy(() -> Cursor.parse("xxx", 1)).isInstanceOf(ProblemException.class);
    }

    @Test
    void one_row_more_than_the_limit_means_another_page() {
        var page = Page.of(List.of("a", "b", "c"), 2, Cursor::of);
        assertThat(page.items()).containsExactly("a", "b");
        assertThat(page.nextCursor()).isEqualTo(Cursor.of("b").toString());
    }

    @Test
    void the_last_page_has_no_next() {
        assertThat(Page.of(List.of("a", "b"), 2, Cursor::of).nextCursor()).isNull();
    }
}
