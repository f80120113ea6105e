package org.tradesuite.settlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tradesuite.settlement.SettlementDesk.MON_19_OCT_2026;
import static org.tradesuite.settlement.SettlementDesk.THU_15_OCT_2026;
import static org.tradesuite.settlement.SettlementDesk.TUE_13_OCT_2026;
import static org.tradesuite.settlement.SettlementDesk.WED_14_OCT_2026;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tradesuite.runsheet.intake.Quarantine;

/** Checks 1, 2, 3 and 8 of the rulebook's section 6, and everything a custodian can send that is wrong. */
class SettlementDayTest {

    @TempDir
    Path folder;

    private SettlementDesk desk;

    @BeforeEach
    void open() {
        desk = new SettlementDesk(folder);
    }

    @AfterEach
    void close() {
        desk.close();
    }

    @Test
    void a_day_goes_from_trades_to_settled_positions_and_cash() throws IOException {
        desk.tradesOf(TUE_13_OCT_2026, THU_15_OCT_2026);
        evening(TUE_13_OCT_2026);
        assertThat(desk.instructions(TUE_13_OCT_2026))
                .containsExactly(
                        "S26101300001A",
                        "S26101300002A",
                        "S26101300003A",
                        "S26101300004A",
                        "S26101300005A",
                        "S26101300006A");
        assertThat(Files.readString(desk.drop.resolve("custodian/to/S26101300004A.fin")))
                .contains("{2:I541CUSTGB2LXXXXN}", ":19A::SETT//JPY810000,", ":95P::PSET//JJSDJPJTXXX");
        assertThat(Files.readString(desk.drop.resolve("custodian/to/S26101300002A.xml")))
                .contains("DELI");
        assertThat(Files.readAllLines(desk.out.resolve("2026-10-13/settlement/instructions.csv")))
                .hasSize(7);
        assertThat(desk.out.resolve("2026-10-13/settlement/sent/S26101300001A.fin"))
                .exists();

        for (var message : desk.conversation(TUE_13_OCT_2026, THU_15_OCT_2026)) {
            desk.answer(message);
        }
        desk.run("apply-status", THU_15_OCT_2026);
        desk.run("age-fails", THU_15_OCT_2026);

        assertThat(statuses(TUE_13_OCT_2026))
                .containsExactly("SETTLED", "FAILING", "PARTIALLY_SETTLED", "REJECTED", "SETTLED", "FAILING");
        assertThat(query("select instrument_id || ' ' || quantity from settlement_api.settled_position order by 1"))
                .containsExactly("ALV.XETR 4000", "BTCUSD.XBTS 2", "VOD.XLON 6050");
        assertThat(query("select currency || ' ' || balance || ' ' || venue_amount from"
                        + " settlement_api.cash_balance order by 1"))
                .containsExactly("EUR -200000.00 0", "GBP 99242.55 0", "USD 320000.00 -180000.00");
        assertThat(query("""
            select instruction_id || ' ' || at_fault || ' ' || business_days || ' ' || quantity || ' '
                || coalesce(penalty_estimate::text, 'no penalty')
            from settlement_api.fail order by 1\
            """))
                .containsExactly(
                        "S26101300002A THEM 0 400 no penalty",
                        "S26101300003A THEM 0 6000 30.00",
                        "S26101300006A UNKNOWN 0 20 0.10");
        assertThat(query("select kind || ' ' || owner from settlement.exception where closed_at is null"))
                .containsExactly("REJECTED SETTLEMENTS");
        assertThat(Files.readAllLines(desk.out.resolve("2026-10-15/settlement/fails.csv")))
                .hasSize(4);
        assertThat(waiting()).isEmpty();
    }

    @Test
    void a_fail_ages_by_business_days_and_settles_late() {
        desk.trade(TUE_13_OCT_2026, "VOD.XLON", "BUY", 1000, "721.45", THU_15_OCT_2026);
        evening(TUE_13_OCT_2026);
        desk.run("apply-status", THU_15_OCT_2026);
        desk.run("age-fails", THU_15_OCT_2026);
        desk.run("apply-status", MON_19_OCT_2026);
        desk.run("age-fails", MON_19_OCT_2026);
        assertThat(query("select failing_since || ' ' || business_days || ' ' || age from settlement_api.fail"))
                .containsExactly("2026-10-15 2 2-3");
        var id = desk.instructions(TUE_13_OCT_2026).getFirst();
        desk.answer(desk.confirmation(
                id, "C1", java.time.Instant.parse("2026-10-20T10:00:00Z"), 100, LocalDate.of(2026, 10, 20), null));
        desk.run("apply-status", LocalDate.of(2026, 10, 20));
        assertThat(desk.status(id)).isEqualTo("SETTLED");
        assertThat(query("select instruction_id from settlement_api.fail")).isEmpty();
    }

    @Test
    void the_same_day_twice_changes_nothing() {
        wholeDay(TUE_13_OCT_2026, THU_15_OCT_2026);
        var once = desk.totals(TUE_13_OCT_2026);
        evening(TUE_13_OCT_2026);
        desk.conversation(TUE_13_OCT_2026, THU_15_OCT_2026).forEach(desk::answer);
        desk.run("apply-status", THU_15_OCT_2026);
        desk.run("age-fails", THU_15_OCT_2026);
        assertThat(desk.totals(TUE_13_OCT_2026)).isEqualTo(once);
    }

    @Test
    void every_message_twice_and_in_random_order_gives_the_same_end() {
        wholeDay(TUE_13_OCT_2026, THU_15_OCT_2026);
        var expected = ends(desk.totals(TUE_13_OCT_2026));
        for (var seed = 1; seed <= 5; seed++) {
            var date = TUE_13_OCT_2026.plusWeeks(seed);
            desk.tradesOf(date, date.plusDays(2));
            evening(date);
            var messages = new ArrayList<>(desk.conversation(date, date.plusDays(2)));
            // A second copy differs by a line end, so that its file is not recognised as the same content.
            messages.addAll(messages.stream().map(m -> m + "\n").toList());
            Collections.shuffle(messages, new Random(seed));
            for (var i = 0; i < messages.size(); i += 7) {
                messages.subList(i, Math.min(messages.size(), i + 7)).forEach(desk::answer);
                desk.run("apply-status", date.plusDays(2));
            }
            desk.run("age-fails", date.plusDays(2));
            assertThat(ends(desk.totals(date))).as("seed %s", seed).isEqualTo(expected);
        }
    }

    @Test
    void killed_at_any_commit_of_any_job_and_restarted_the_day_ends_the_same() {
        wholeDay(TUE_13_OCT_2026, THU_15_OCT_2026);
        var unbroken = desk.totals(TUE_13_OCT_2026);
        var date = TUE_13_OCT_2026;
        var kills = 0;
        var before = 0;
        for (var commit = 1; kills > before || commit == 1; commit++) {
            before = kills;
            date = date.plusWeeks(1);
            kills += dayWithPowerCuts(date, commit);
            assertThat(desk.totals(date)).as("killed at commit %s", commit).isEqualTo(unbroken);
        }
        // The four jobs commit more often than they have steps; far fewer would mean the cut does not work.
        assertThat(kills).isGreaterThan(40);
    }

    @Test
    void a_file_that_cannot_be_read_is_refused_with_its_reason_and_nothing_is_lost() throws IOException {
        desk.tradesOf(TUE_13_OCT_2026, THU_15_OCT_2026);
        evening(TUE_13_OCT_2026);
        var id = desk.instructions(TUE_13_OCT_2026).getFirst();
        var good = desk.conversation(TUE_13_OCT_2026, THU_15_OCT_2026);
        var unknown = good.getFirst().replace(id, "S26101399999A");
        desk.answer(good.getFirst().substring(0, 200));
        desk.answer(good.get(6).replaceAll(":19A::ESTT.*\n", ""));
        desk.answer("");
        desk.answer(good.get(5) + "$" + good.get(5).replace("MTCH//MACH", "MTCH//EVER"));
        desk.answer(unknown);
        desk.run("apply-status", TUE_13_OCT_2026);

        assertThat(desk.status(id)).isEqualTo("MATCHED");
        assertThat(waiting()).isEmpty();
        var refused = desk.drop.resolve("custodian/from/refused");
        try (var files = Files.list(refused)) {
            assertThat(files.map(file -> file.getFileName().toString()).sorted())
                    .containsExactly(
                            "00001.fin",
                            "00001.fin.reason.txt",
                            "00002.fin",
                            "00002.fin.reason.txt",
                            "00003.fin",
                            "00003.fin.reason.txt",
                            "00004.fin",
                            "00004.fin.reason.txt");
        }
        assertThat(Files.readString(refused.resolve("00001.fin.reason.txt"))).contains("CUT_OFF");
        assertThat(query("select error_class from settlement.quarantined_row order by row_id"))
                .containsExactly("CUT_OFF", "FIELD_MISSING", "NOT_A_MESSAGE", "STATUS_UNKNOWN", "UNKNOWN_INSTRUCTION");
    }

    @Test
    void a_message_corrected_and_released_from_quarantine_is_applied() {
        desk.tradesOf(TUE_13_OCT_2026, THU_15_OCT_2026);
        evening(TUE_13_OCT_2026);
        var right = desk.conversation(TUE_13_OCT_2026, THU_15_OCT_2026).get(6);
        var id = desk.instructions(TUE_13_OCT_2026).getFirst();
        desk.answer(right.replace(id, "S26101399999A"));
        desk.run("apply-status", THU_15_OCT_2026);
        var quarantine = desk.bean(Quarantine.class);
        var held = quarantine.page(null, null, Long.MAX_VALUE, 10).getFirst();
        quarantine.release(held.number(), right, "operations", "The custodian mistyped our reference.");
        desk.run("apply-status", THU_15_OCT_2026);
        assertThat(desk.status(id)).isEqualTo("SETTLED");
        assertThat(query("select status from settlement.quarantined_row")).containsExactly("APPLIED");
    }

    @Test
    void a_trade_nobody_confirmed_is_held_and_instructed_once_it_is() {
        var late = desk.trade(
                TUE_13_OCT_2026, "VOD.XLON", "BUY", 10, "7.20", THU_15_OCT_2026, "UNCONFIRMED", "ALFAGB2LXXX");
        desk.trade(TUE_13_OCT_2026, "VOD.XLON", "SELL", 10, "7.20", THU_15_OCT_2026, "MISMATCHED", "ALFAGB2LXXX");
        desk.trade(TUE_13_OCT_2026, "VOD.XLON", "BUY", 20, "14.40", THU_15_OCT_2026, "AFFIRMED", "BRAVDEFFXXX");
        evening(TUE_13_OCT_2026);
        assertThat(desk.instructions(TUE_13_OCT_2026)).isEmpty();
        assertThat(query("select kind || ' ' || owner from settlement.exception order by exception_id"))
                .containsExactly(
                        "UNCONFIRMED MIDDLE_OFFICE", "MISMATCHED MIDDLE_OFFICE", "NO_STANDING_INSTRUCTION STATIC_DATA");
        desk.execution
                .sql("update execution.confirmed_trade set confirm_status = 'AFFIRMED' where trade_id = :id")
                .param("id", late)
                .update();
        desk.standing("BRAVDEFFXXX", "CRSTGB22XXX", null, "BRAVO-01");
        evening(WED_14_OCT_2026);
        assertThat(desk.instructions(TUE_13_OCT_2026)).containsExactly("S26101300001A", "S26101300003A");
        assertThat(query("select kind from settlement.exception where closed_at is null"))
                .containsExactly("MISMATCHED");
    }

    @Test
    void a_more_specific_standing_instruction_wins_and_a_tie_is_an_exception() {
        desk.standing("ALFAGB2LXXX", "CRSTGB22XXX", "GBP", "ALFA-GBP");
        desk.trade(TUE_13_OCT_2026, "VOD.XLON", "BUY", 10, "7.20", THU_15_OCT_2026);
        evening(TUE_13_OCT_2026);
        assertThat(query("select agent_account from settlement.obligation")).containsExactly("ALFA-GBP");
    }

    @Test
    void a_rejected_instruction_is_sent_again_under_a_new_reference_once_it_is_repaired() {
        desk.trade(TUE_13_OCT_2026, "VOD.XLON", "BUY", 10, "7.20", THU_15_OCT_2026);
        evening(TUE_13_OCT_2026);
        desk.answer(desk.statusMessage(
                "S26101300001A", "R1", java.time.Instant.parse("2026-10-13T22:00:00Z"), "IPRC//REJT", "SAFE"));
        desk.run("apply-status", TUE_13_OCT_2026);
        evening(WED_14_OCT_2026);
        assertThat(desk.instructions(TUE_13_OCT_2026)).containsExactly("S26101300001A");
        desk.standing("ALFAGB2LXXX", "CRSTGB22XXX", null, "ALFA-02");
        evening(THU_15_OCT_2026);
        assertThat(desk.instructions(TUE_13_OCT_2026)).containsExactly("S26101300001A", "S26101300001B");
        assertThat(statuses(TUE_13_OCT_2026)).containsExactly("REJECTED", "INSTRUCTED");
        assertThat(query("select kind from settlement.exception where closed_at is null"))
                .isEmpty();
    }

    /**
     * A whole day with the power cut at that commit of each of its jobs, in turn right before and right after it.
     * Returns how many jobs had that many commits.
     */
    private int dayWithPowerCuts(LocalDate date, int commit) {
        var settlement = date.plusDays(2);
        desk.tradesOf(date, settlement);
        var kills = 0;
        for (var job : List.of("confirm-trades", "instruct", "apply-status", "age-fails")) {
            var day = job.equals("apply-status") || job.equals("age-fails") ? settlement : date;
            if (job.equals("apply-status")) {
                desk.conversation(date, settlement).forEach(desk::answer);
            }
            var happened = desk.runThroughPowerCut(job, day, commit, (commit + job.length()) % 2 == 0);
            kills += happened ? 1 : 0;
        }
        return kills;
    }

    private void wholeDay(LocalDate date, LocalDate settlement) {
        desk.tradesOf(date, settlement);
        evening(date);
        desk.conversation(date, settlement).forEach(desk::answer);
        desk.run("apply-status", settlement);
        desk.run("age-fails", settlement);
    }

    private void evening(LocalDate date) {
        desk.run("confirm-trades", date);
        desk.run("instruct", date);
    }

    /** Without the count of messages, which does differ when everything comes twice. */
    private static Map<String, List<String>> ends(Map<String, List<String>> totals) {
        var ends = new java.util.TreeMap<>(totals);
        ends.remove("messages");
        return ends;
    }

    private List<String> statuses(LocalDate date) {
        return desk.instructions(date).stream().map(desk::status).toList();
    }

    private List<String> waiting() throws IOException {
        try (var files = Files.list(desk.drop.resolve("custodian/from"))) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .toList();
        }
    }

    private List<String> query(String sql) {
        return desk.own.sql(sql).query((row, n) -> row.getString(1)).list();
    }
}
