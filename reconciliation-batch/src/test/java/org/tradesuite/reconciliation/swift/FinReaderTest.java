package org.tradesuite.reconciliation.swift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tradesuite.reconciliation.swift.FinText.cash;
import static org.tradesuite.reconciliation.swift.FinText.holdings;
import static org.tradesuite.reconciliation.swift.FinText.message;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tradesuite.reconciliation.statement.Feed;
import org.tradesuite.reconciliation.statement.KeptPage;
import org.tradesuite.reconciliation.statement.Line.CashEntry;
import org.tradesuite.reconciliation.statement.Line.EntryStatus;
import org.tradesuite.reconciliation.statement.Line.Holding;
import org.tradesuite.reconciliation.statement.Line.Movement;
import org.tradesuite.reconciliation.statement.Line.Pending;
import org.tradesuite.reconciliation.statement.Line.QuantityType;
import org.tradesuite.reconciliation.statement.Page;
import org.tradesuite.reconciliation.statement.ReadPages;
import org.tradesuite.reconciliation.statement.Refusal;

class FinReaderTest {

    private static final String VOD = "GB00BH4HKS39 UNIT/100,";
    private static final String AAPL = "US0378331005 UNIT/7,5";
    private static final LocalDate TUE_24_NOV_2026 = LocalDate.of(2026, 11, 24);

    // The file

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "\r\n", "$", "$\r\n", "\n\n", "\u0003   \u0000\u0000\u0001"})
    void a_file_may_hold_several_messages_whatever_stands_between_them(String between) {
        var one = holdings("SAFE1", "20261124", "1/ONLY", List.of(VOD));
        var two = cash("GEQ1GBP01", "1/1", "60F:C261124GBP1,00", List.of(), "62F:C261124GBP1,00");
        var read = ReadPages.ofFin("\u0001" + one + between + two + between + one);
        assertThat(read.unread).isEmpty();
        assertThat(read.pages).extracting(page -> page.page().message()).containsExactly("MT535", "MT950", "MT535");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{5:{CHK:123456789ABC}}", "{5:{CHK:123456789ABC}{TNG:}}{S:{COP:P}}", "\n{5:{CHK:1}}"})
    void trailers_belong_to_their_message(String trailer) {
        var one = holdings("SAFE1", "20261124", "1/ONLY", List.of(VOD));
        var read = ReadPages.ofFin(one + trailer + one + trailer);
        assertThat(read.unread).isEmpty();
        assertThat(read.pages).hasSize(2);
    }

    @Test
    void lines_may_end_in_either_way() {
        var text = cash(
                "GEQ1GBP01",
                "1/1",
                "60F:C261124GBP1000,00",
                List.of("2611241124D250,00NSECSEME1//X1"),
                "62F:C261124GBP750,00");
        var read = ReadPages.ofFin(text.replace("\n", "\r\n"));
        assertThat(read.only().contentKey())
                .isEqualTo(ReadPages.ofFin(text).only().contentKey());
    }

    @Test
    void blocks_1_2_and_5_may_be_missing() {
        for (var text : List.of(
                holdings("SAFE1", "20261124", "1/ONLY", List.of(VOD)),
                cash("GEQ1GBP01", "1/1", "60F:C261124GBP1,00", List.of(), "62F:C261124GBP1,00"))) {
            var block = text.substring(text.indexOf("{4:"));
            var bare = block.substring(4, block.length() - 2);
            for (var form : List.of(block, bare, bare + "-", bare + "-\n" + bare + "-\n", bare + "$\n" + bare)) {
                var read = ReadPages.ofFin(form);
                assertThat(read.unread).as(form).isEmpty();
                assertThat(read.pages.getFirst().page().key().sender()).isEmpty();
            }
        }
    }

    @Test
    void an_advice_without_its_header_is_not_guessed() {
        var text = message("900", ":20:A1\n:21:SEME1\n:25:GEQ1GBP01\n:32A:261124GBP5,00\n");
        assertThat(ReadPages.ofFin(text.substring(text.indexOf("{4:"))).wrong().reason())
                .contains("MT910");
    }

    @Test
    void an_acknowledgement_of_the_network_is_passed_over() {
        var one = holdings("SAFE1", "20261124", "1/ONLY", List.of(VOD));
        var read = ReadPages.ofFin("{1:F21TRSUGB2LAXXX0000000000}{4:{177:2611241800}{451:0}}" + one
                + "\n{1:F21TRSUGB2LAXXX0000000000}{4:{177:2611241800}{451:0}}\n");
        assertThat(read.unread).isEmpty();
        assertThat(read.pages).hasSize(1);
    }

    @Test
    void text_between_messages_is_named_with_its_line() {
        var one = holdings("SAFE1", "20261124", "1/ONLY", List.of(VOD));
        var read = ReadPages.ofFin(one + "\nDear client,\nplease find attached\n" + one);
        assertThat(read.pages).hasSize(2);
        assertThat(read.unread).hasSize(1);
        assertThat(read.unread.getFirst().verdict().reason()).contains("Line 20", "Dear client,");
    }

    @Test
    void a_message_cut_off_anywhere_is_refused() {
        for (var whole : List.of(
                holdings("SAFE1", "20261124", "1/ONLY", List.of(VOD, AAPL)),
                cash(
                        "GEQ1GBP01",
                        "1/1",
                        "60F:C261124GBP1000,00",
                        List.of("2611241124D250,00NSECSEME1//X1"),
                        "62F:C261124GBP750,00"))) {
            for (var length = 1; length < whole.length(); length++) {
                var read = ReadPages.ofFin(whole.substring(0, length));
                assertThat(read.pages).as(whole.substring(0, length)).isEmpty();
                assertThat(read.unread).hasSize(1);
            }
        }
    }

    @Test
    void a_message_cut_off_spoils_not_the_next_one() {
        var one = holdings("SAFE1", "20261124", "1/ONLY", List.of(VOD));
        var read = ReadPages.ofFin(one.substring(0, one.length() - 30) + "\n" + one);
        assertThat(read.pages).hasSize(1);
        assertThat(read.unread).hasSize(1);
        assertThat(read.unread.getFirst().verdict().refusal()).isEqualTo(Refusal.STATEMENT_GAP);
        assertThat(read.unread.getFirst().account()).isEqualTo("SAFE1");
    }

    @ParameterizedTest
    @CsvSource({
        "':93B::AGGR//UNIT/100,', ':93B:AGGR//UNIT/100,\n:9x:what', Line 17",
        "':17B::ACTI//Y', ':17B::ACTI//Y\nnot a tag at all:', Line 12",
        "':16S:GENL', ':16S:GENL\n:ABC:lost', Line 13",
        "':16R:GENL', ':16R:GENL\u0007', character sets",
    })
    void a_line_that_the_parser_would_drop_refuses_the_message(String right, String wrong, String words) {
        var text = holdings("SAFE1", "20261124", "1/ONLY", List.of(VOD)).replace(right, wrong);
        var verdict = ReadPages.ofFin(text).wrong();
        assertThat(verdict.refusal()).isEqualTo(Refusal.STATEMENT_UNREADABLE);
        assertThat(verdict.reason()).contains(words);
    }

    @Test
    void a_message_without_end_is_given_up_in_time() {
        var read = ReadPages.ofFin("{1:F01A}{2:O535}{4:\n" + ":20C::SEME//X\n".repeat(10_000), 50_000);
        assertThat(read.wrong().refusal()).isEqualTo(Refusal.FILE_UNREADABLE);
        assertThat(ReadPages.ofFin("{1:" + "x".repeat(100_000)).wrong().reason())
                .contains("the rest is not read");
    }

    @Test
    void the_place_of_a_message_and_of_a_line_is_that_in_the_file() {
        var one = holdings("SAFE1", "20261124", "1/ONLY", List.of(VOD, AAPL)).replace("\n", "\r\n");
        var text = one + "\r\n" + one;
        var read = ReadPages.ofFin(text);
        var page = read.pages.getLast().page().span();
        assertThat(text.substring((int) page.from(), (int) page.from() + page.length()))
                .isEqualTo(one);
        var holding = read.lines.getLast().getLast().span();
        assertThat(text.substring((int) holding.from(), (int) holding.from() + holding.length()))
                .isEqualTo(":35B:ISIN US0378331005\r\n:93B::AGGR//UNIT/7,5\r\n");
        assertThat(text.lines().toList().get((int) holding.line() - 1)).isEqualTo(":35B:ISIN US0378331005");
    }

    // MT535

    @Test
    void a_holding_is_read_with_its_sub_balances() {
        var text = """
            GB00BH4HKS39
            VODAFONE GROUP PLC
            :93B::AGGR//UNIT/100,
            :93B::AVAI//UNIT/60,
            :93B::NAVL//UNIT/40,
            :16R:SUBBAL
            :93C::BLOK//UNIT/NAVL/40,
            :16S:SUBBAL
            :16R:SUBBAL
            :93B::LOAN//UNIT/5,
            :16S:SUBBAL\
            """;
        var raw = message(
                "535",
                ":16R:GENL\n"
                        + ":28E:1/ONLY\n"
                        + ":20C::SEME//H1\n"
                        + ":23G:NEWM\n"
                        + ":98C::STAT//20261124180000\n"
                        + ":22F::CODE//DELT\n"
                        + ":22F::STBA//TRAD\n"
                        + ":97A::SAFE//SAFE1\n"
                        + ":17B::ACTI//Y\n"
                        + ":16S:GENL\n"
                        + ":16R:SUBSAFE\n"
                        + ":16R:FIN\n"
                        + ":35B:ISIN " + text
                        + "\n:16S:FIN\n:16S:SUBSAFE\n");
        var read = ReadPages.ofFin(raw);
        assertThat(read.unread).isEmpty();
        var holding = (Holding) read.allLines().getFirst();
        assertThat(holding.isin()).isEqualTo("GB00BH4HKS39");
        assertThat(holding.otherId()).isEqualTo("VODAFONE GROUP PLC");
        assertThat(holding.available()).isEqualByComparingTo("60");
        assertThat(holding.notAvailable()).isEqualByComparingTo("40");
        assertThat(holding.subBalances())
                .extracting(part -> part.code() + " " + part.available() + " " + part.quantity())
                .containsExactly("BLOK NAVL 40", "LOAN null 5");
        var page = read.pages.getFirst().page();
        assertThat(page.basis()).isEqualTo(Page.Basis.TRAD);
        assertThat(page.complete()).isFalse();
        assertThat(page.key().date()).isEqualTo(TUE_24_NOV_2026);
    }

    @ParameterizedTest
    @CsvSource({
        "'UNIT/N5,', UNIT, -5, ''",
        "'UNIT/0,', UNIT, 0, ''",
        "'FAMT/1000000,', FAMT, 1000000, ''",
        "'AMOR/950000,5', AMOR, 950000.5, ''",
        "'FAMT/1000000,\n:93B::AGGR//AMOR/950000,', FAMT, 1000000, 950000",
        "'AMOR/950000,\n:93B::AGGR//FAMT/1000000,', FAMT, 1000000, 950000",
    })
    void quantities_keep_their_sign_and_face_and_amortised_amounts_are_told_apart(
            String stated, QuantityType type, BigDecimal quantity, String amortised) {
        var read = ReadPages.ofFin(holdings("SAFE1", "20261124", "1/ONLY", List.of("GB00BH4HKS39 " + stated)));
        var holding = (Holding) read.allLines().getFirst();
        assertThat(holding.type()).isEqualTo(type);
        assertThat(holding.quantity()).isEqualByComparingTo(quantity);
        if (amortised.isEmpty()) {
            assertThat(holding.amortised()).isNull();
        } else {
            assertThat(holding.amortised()).isEqualByComparingTo(amortised);
        }
    }

    @Test
    void a_security_without_isin_is_a_holding_with_another_name() {
        var text = holdings("SAFE1", "20261124", "1/ONLY", List.of(VOD))
                .replace(":35B:ISIN GB00BH4HKS39", ":35B:/US/037833100\nAPPLE INC");
        var holding = (Holding) ReadPages.ofFin(text).allLines().getFirst();
        assertThat(holding.isin()).isNull();
        assertThat(holding.otherId()).isEqualTo("/US/037833100 APPLE INC");
    }

    @Test
    void no_holdings_is_a_statement_too_and_must_have_none() {
        var none = holdings("SAFE1", "20261124", "1/ONLY", List.of()).replace("ACTI//Y", "ACTI//N");
        assertThat(ReadPages.ofFin(none).only().lines()).isZero();
        var some = holdings("SAFE1", "20261124", "1/ONLY", List.of(VOD)).replace("ACTI//Y", "ACTI//N");
        assertThat(ReadPages.ofFin(some).wrong().refusal()).isEqualTo(Refusal.STATEMENT_NOT_FOOTING);
    }

    @Test
    void holdings_of_another_account_inside_are_refused() {
        var text = holdings("SAFE1", "20261124", "1/ONLY", List.of(VOD))
                .replace(":16R:SUBSAFE\n", ":16R:SUBSAFE\n:97A::SAFE//SAFE2\n");
        assertThat(ReadPages.ofFin(text).wrong().refusal()).isEqualTo(Refusal.ACCOUNT);
    }

    @ParameterizedTest
    @CsvSource({
        "':28E:1/ONLY', ':28E:1', STATEMENT_UNREADABLE, Page (28E)",
        "':97A::SAFE//SAFE1\n', '', STATEMENT_UNREADABLE, safekeeping account",
        "'STAT//20261124', 'STAT//20260230', IMPOSSIBLE_DATE, not a date",
        "'GB00BH4HKS39', 'GB00BH4HKS38', STATEMENT_UNREADABLE, check digit",
        "'AGGR//UNIT/100,', 'AGGR//100', STATEMENT_UNREADABLE, not a type and a quantity",
        "'AGGR//UNIT/100,', 'AGGR//UNIT/100', STATEMENT_UNREADABLE, not a type and a quantity",
        "':93B::AGGR//UNIT/100,\n', '', STATEMENT_UNREADABLE, no aggregate balance",
        "'STBA//SETT', 'STBA//WHAT', STATEMENT_UNREADABLE, none of SETT",
        "':16S:FIN\n', '', STATEMENT_GAP, lines are missing",
        "'{2:O535', '{2:O599', STATEMENT_UNREADABLE, no statement that is read here",
    })
    void a_field_that_is_wrong_or_missing_is_named(String right, String wrong, Refusal refusal, String words) {
        var text = holdings("SAFE1", "20261124", "1/ONLY", List.of(VOD)).replace(right, wrong);
        var verdict = ReadPages.ofFin(text).wrong();
        assertThat(verdict.refusal()).isEqualTo(refusal);
        assertThat(verdict.reason()).contains(words);
    }

    // Cash

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2611241124D361,50NSECSEME1//X1 | BOOK | -361.50 | false | SEME1 | X1 | 2026-11-24",
                "261124C1,NTRFNONREF//X2 | BOOK | 1 | false | | X2 |",
                "2611241124RC10,00NMSCSEME3 | BOOK | -10.00 | true | SEME3 | | 2026-11-24",
                "2611241124RD10,00S202SEME3//X4 | BOOK | 10.00 | true | SEME3 | X4 | 2026-11-24",
                "261124DP10,5FCHGFEE//X5 | BOOK | -10.5 | false | FEE | X5 |",
                "2611241124CD10,NSECSEME6//X6 | BOOK | 10 | false | SEME6 | X6 | 2026-11-24",
                "261124EC7,NSECSEME7//X7 | PDNG | 7 | false | SEME7 | X7 |",
                "2612310102C7,NSECSEME8//X8 | BOOK | 7 | false | SEME8 | X8 | 2027-01-02",
                "2701021231C7,NSECSEME8//X8 | BOOK | 7 | false | SEME8 | X8 | 2026-12-31",
            })
    void every_form_of_an_entry_is_read(
            String text,
            EntryStatus status,
            BigDecimal amount,
            boolean reversal,
            String reference,
            String theirs,
            LocalDate booked) {
        var opening = "60F:C261124GBP0,";
        var closing = "62F:" + (amount.signum() < 0 ? "D" : "C") + "261124GBP"
                + amount.abs().toPlainString().replace(".", ",") + (amount.scale() > 0 ? "" : ",");
        var read = ReadPages.ofFin(cash("GEQ1GBP01", "1/1", opening, List.of(text), closing));
        assertThat(read.unread).isEmpty();
        var entry = (CashEntry) read.allLines().getFirst();
        assertThat(entry.status()).isEqualTo(status);
        assertThat(entry.amount()).isEqualByComparingTo(amount);
        assertThat(entry.reversal()).isEqualTo(reversal);
        assertThat(entry.reference()).isEqualTo(reference);
        assertThat(entry.theirReference()).isEqualTo(theirs);
        assertThat(entry.bookingDate()).isEqualTo(booked);
    }

    @Test
    void a_narrative_belongs_to_the_entry_before_it() {
        var text = message("940", """
            :20:S1
            :25:GEQ1GBP01
            :28C:1/1
            :60F:C261124GBP10,00
            :61:261124D1,00NSECSEME1//X1
            DETAILS
            :86:BOUGHT
            VOD
            :61:261124D2,00NSECSEME2//X2
            :62F:C261124GBP7,00
            :64:C261124GBP6,00
            :86:Of the statement
            """);
        var read = ReadPages.ofFin(text);
        assertThat(read.allLines())
                .extracting(line -> ((CashEntry) line).text())
                .containsExactly("DETAILS\nBOUGHT\nVOD", null);
        assertThat(read.pages.getFirst().page().balances())
                .extracting(balance -> balance.code() + " " + balance.amount())
                .containsExactly("OPBD 10.00", "CLBD 7.00", "CLAV 6.00");
    }

    @ParameterizedTest
    @CsvSource({
        "'62F:C261124GBP', '62F:C261124EUR', MIXED_CURRENCIES, another in EUR",
        "'62F:C261124', '62F:C260230', IMPOSSIBLE_DATE, '260230'",
        "'2611241124D', '2602301124D', IMPOSSIBLE_DATE, not a date",
        "'2611241124D', '2611240230D', IMPOSSIBLE_DATE, not a date",
        "'D250,00NSEC', 'X250,00NSEC', STATEMENT_UNREADABLE, mark",
        "'D250,00NSEC', 'D250.00NSEC', STATEMENT_UNREADABLE, an amount",
        "'GBP1000,00', 'GBP1000000000000000000,00', STATEMENT_UNREADABLE, a currency and an amount",
        "':28C:1/1', ':28C:first', STATEMENT_UNREADABLE, not numbers",
    })
    void a_cash_statement_that_is_wrong_is_named(String right, String wrong, Refusal refusal, String words) {
        var text = cash(
                "GEQ1GBP01",
                "1/1",
                "60F:C261124GBP1000,00",
                List.of("2611241124D250,00NSECSEME1//X1"),
                "62F:C261124GBP750,00");
        var verdict = ReadPages.ofFin(text.replace(right, wrong)).wrong();
        assertThat(verdict.refusal()).isEqualTo(refusal);
        assertThat(verdict.reason()).contains(words);
    }

    @Test
    void cash_within_the_day_has_sums_that_are_checked() {
        var text = message("942", """
            :20:I1
            :25:GEQ1GBP01
            :28C:7/1
            :34F:GBP0,
            :13D:2611241200+0000
            :61:261124D1,00NSECSEME1//X1
            :61:261124C5,00NSECSEME2//X2
            :90D:1GBP1,00
            :90C:1GBP5,00
            """);
        var read = ReadPages.ofFin(text);
        assertThat(read.only().key().feed()).isEqualTo(Feed.CUSTODIAN_INTRADAY);
        assertThat(read.only().key().part()).isEqualTo("7/1");
        assertThat(ReadPages.ofFin(text.replace(":90C:1GBP5", ":90C:1GBP6"))
                        .wrong()
                        .refusal())
                .isEqualTo(Refusal.STATEMENT_NOT_FOOTING);
        assertThat(ReadPages.ofFin(text.replace(":90C:1GBP5", ":90C:1EUR5"))
                        .wrong()
                        .refusal())
                .isEqualTo(Refusal.MIXED_CURRENCIES);
    }

    @Test
    void advices_are_one_entry_each() {
        var body = ":20:A1\n:21:SEME1\n:25:GEQ1GBP01\n:32A:261124GBP5,00\n";
        var debit = (CashEntry) ReadPages.ofFin(message("900", body)).allLines().getFirst();
        var credit =
                (CashEntry) ReadPages.ofFin(message("910", body)).allLines().getFirst();
        assertThat(debit.amount()).isEqualByComparingTo("-5");
        assertThat(credit.amount()).isEqualByComparingTo("5");
        assertThat(credit.reference()).isEqualTo("SEME1");
        assertThat(credit.theirReference()).isEqualTo("A1");
    }

    // Movements and pending instructions

    private static final String GENERAL = """
        :16R:GENL
        :28E:1/ONLY
        :20C::SEME//M1
        :23G:NEWM
        :69A::STAT//20261123/20261124
        :97A::SAFE//SAFE1
        :17B::ACTI//Y
        :16S:GENL
        """;

    private static String movement(String direction, String reversal) {
        return message(
                "536",
                GENERAL
                        + ":16R:SUBSAFE\n"
                        + ":16R:FIN\n"
                        + ":35B:ISIN GB00BH4HKS39\n"
                        + ":16R:TRAN\n"
                        + ":16R:LINK\n"
                        + ":20C::RELA//SEME1\n"
                        + ":16S:LINK\n"
                        + ":16R:LINK\n"
                        + ":20C::ASRF//X1\n"
                        + ":16S:LINK\n"
                        + ":16R:TRANSDET\n"
                        + ":36B::PSTA//UNIT/500,\n"
                        + ":19A::PSTA//GBP361,5\n"
                        + ":22F::TRAN//SETT\n"
                        + ":22H::REDE//" + direction
                        + "\n:22H::PAYM//APMT\n:98A::ESET//20261124\n:98A::TRAD//20261120\n" + reversal
                        + ":16S:TRANSDET\n:16S:TRAN\n:16S:FIN\n:16S:SUBSAFE\n");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                ":22F::TRAN//SETT, -",
                ":22F::TRAN//CORP, CORP",
                "':22F::TRAN//CORP\n:22F::CAEV//SPLF', SPLF",
                ":22F::TRAN/BANK/CORPUS, -"
            })
    void a_movement_says_the_corporate_action_it_belongs_to(String indicators, String event) {
        var read = ReadPages.ofFin(movement("RECE", "").replace(":22F::TRAN//SETT", indicators));
        assertThat(read.unread).isEmpty();
        assertThat(((Movement) read.allLines().getFirst()).corporateAction()).isEqualTo(event);
    }

    @ParameterizedTest
    @CsvSource({"RECE, '', 500, -361.5", "DELI, '', -500, 361.5", "RECE, ':25D::MOVE//REVE\n', -500, 361.5"})
    void a_movement_has_the_sign_of_what_it_does_to_us(
            String direction, String reversal, BigDecimal quantity, BigDecimal amount) {
        var text = movement(direction, reversal);
        var read = ReadPages.ofFin(text);
        assertThat(read.unread).isEmpty();
        var movement = (Movement) read.allLines().getFirst();
        assertThat(movement.quantity()).isEqualByComparingTo(quantity);
        assertThat(movement.amount()).isEqualByComparingTo(amount);
        assertThat(movement.reversal()).isEqualTo(!reversal.isEmpty());
        assertThat(movement.reference()).isEqualTo("SEME1");
        assertThat(movement.theirReference()).isEqualTo("X1");
        assertThat(movement.settledOn()).isEqualTo(TUE_24_NOV_2026);
        assertThat(read.pages).extracting(KeptPage::number).containsExactly(1);
        assertThat(read.pages.getFirst().page().from()).isEqualTo(LocalDate.of(2026, 11, 23));
    }

    private static final String DETAILS = """
        :16R:LINK
        :20C::RELA//%s
        :16S:LINK
        :16R:TRANSDET
        :35B:ISIN GB00BH4HKS39
        :36B::SETT//UNIT/500,
        :19A::SETT//GBP361,5
        :22H::REDE//RECE
        :22H::PAYM//APMT
        :98A::SETT//20261124
        :98A::TRAD//20261120
        :16S:TRANSDET
        """;
    private static final String FAILING = ":25D::SETT//PENF\n:16R:REAS\n:24B::PENF//CLAC\n:16S:REAS\n";

    @Test
    void pending_instructions_are_read_below_their_status_and_above_it_and_penalties_are_neither() {
        var text = message(
                "537",
                GENERAL.replace(":69A::STAT//20261123/20261124", ":98A::STAT//20261124") + ":16R:STAT\n" + FAILING
                        + ":16R:TRAN\n"
                        + DETAILS.formatted("SEME1") + ":16S:TRAN\n:16R:TRAN\n" + DETAILS.formatted("SEME2")
                        + ":16S:TRAN\n:16S:STAT\n"
                        + ":16R:TRANS\n" + DETAILS.formatted("SEME3")
                        + ":16R:STAT\n:25D::MTCH//NMAT\n:16R:REAS\n:24B::NMAT//CMIS\n:16S:REAS\n:16S:STAT\n"
                        + ":16S:TRANS\n:16R:PENA\n:16R:STAT\n:25D::PNST//ACTV\n:16S:STAT\n:16S:PENA\n");
        var read = ReadPages.ofFin(text);
        assertThat(read.unread).isEmpty();
        assertThat(read.allLines())
                .extracting(line -> ((Pending) line).reference() + " " + ((Pending) line).status() + " "
                        + ((Pending) line).reasons())
                .containsExactly("SEME1 SETT//PENF [CLAC]", "SEME2 SETT//PENF [CLAC]", "SEME3 MTCH//NMAT [CMIS]");
        assertThat(read.findings).hasSize(1);
        assertThat(read.findings.getFirst().detail()).contains("PENA");
    }

    @ParameterizedTest
    @CsvSource({
        "545, NEWM, 500, -361.5",
        "547, NEWM, -500, 361.5",
        "544, RVSL, -500, 361.5",
    })
    void a_confirmation_is_one_movement(String type, String function, BigDecimal quantity, BigDecimal amount) {
        var text = message(
                type,
                ":16R:GENL\n:20C::SEME//X1\n:23G:" + function
                        + "\n"
                        + ":16R:LINK\n"
                        + ":20C::RELA//SEME1\n"
                        + ":16S:LINK\n"
                        + ":16S:GENL\n"
                        + ":16R:TRADDET\n"
                        + ":98A::ESET//20261124\n"
                        + ":35B:ISIN GB00BH4HKS39\n"
                        + ":16S:TRADDET\n"
                        + ":16R:FIAC\n"
                        + ":36B::ESTT//UNIT/500,\n"
                        + ":97A::SAFE//SAFE1\n"
                        + ":16S:FIAC\n"
                        + ":16R:SETDET\n"
                        + ":16R:AMT\n"
                        + ":19A::ESTT//GBP361,5\n"
                        + ":16S:AMT\n"
                        + ":16S:SETDET\n");
        var read = ReadPages.ofFin(text);
        assertThat(read.unread).isEmpty();
        var movement = (Movement) read.allLines().getFirst();
        assertThat(movement.quantity()).isEqualByComparingTo(quantity);
        assertThat(movement.amount()).isEqualByComparingTo(amount);
        assertThat(movement.reference()).isEqualTo("SEME1");
        assertThat(read.pages.getFirst().page().key().account()).isEqualTo("SAFE1");
    }
}
