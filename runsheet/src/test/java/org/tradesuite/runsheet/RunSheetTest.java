package org.tradesuite.runsheet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class RunSheetTest {

    @Test
    void a_job_is_on_the_sheet_once() {
        RunSheet.Line line = RunSheet.Line.of("gather", "Gathers.");
        assertThatThrownBy(() -> RunSheet.of("settlement", ZoneOffset.UTC, line, line))
                .hasMessageContaining("gather is on the run sheet twice");
    }

    @Test
    void an_application_is_named_as_its_schema_is() {
        assertThatThrownBy(() -> RunSheet.of("settlement; drop schema journal", ZoneOffset.UTC))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Prerequisite.dayClosed("Execution")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void an_unknown_job_has_no_line() {
        assertThat(RunSheet.of("settlement", ZoneOffset.UTC).line("gather")).isEmpty();
    }
}
