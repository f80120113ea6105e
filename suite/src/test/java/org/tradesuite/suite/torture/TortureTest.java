package org.tradesuite.suite.torture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tradesuite.suite.torture.Cable.Fault;
import org.tradesuite.suite.torture.Trial.Victim;

/** The short form of the torture: everybody is killed once and one order and one report arrive half. */
class TortureTest {

    @TempDir
    Path folder;

    @Test
    void nothing_is_lost_or_done_twice_when_each_is_killed_under_load_and_messages_are_cut_in_the_middle()
            throws Exception {
        var settings = new TortureSettings(3, 20261118, Duration.ofMinutes(5), 12, 100, Duration.ZERO, false);
        var said = new ByteArrayOutputStream();
        var addsUp = Torture.torture(
                new PrintStream(said, true, StandardCharsets.UTF_8),
                settings,
                List.of(
                        kill(Victim.SUITE, 700),
                        new Trial.Wire(Duration.ofMillis(100), "BRAVO", Fault.CUT, true, 1),
                        kill(Victim.DATABASE, 300),
                        kill(Victim.CHARLIE, 200),
                        new Trial.Wire(Duration.ofMillis(100), "ALFA", Fault.CUT, false, 2)),
                folder);
        assertThat(addsUp).as(said.toString(StandardCharsets.UTF_8)).isTrue();
        assertThat(said.toString(StandardCharsets.UTF_8).split("a message cut after", -1))
                .as("both cuts have hit a message")
                .hasSize(3);
    }

    private static Trial kill(Victim victim, int afterMillis) {
        return new Trial.Kill(Duration.ofMillis(afterMillis), List.of(victim), Duration.ZERO, Duration.ZERO);
    }
}
