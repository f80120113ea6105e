package org.tradesuite.suite.custodian;

import static org.assertj.core.api.Assertions.assertThat;

import com.prowidesoftware.swift.model.field.Field61;
import com.prowidesoftware.swift.model.mt.AbstractMT;
import com.prowidesoftware.swift.model.mt.mt5xx.MT535;
import com.prowidesoftware.swift.model.mt.mt5xx.MT545;
import com.prowidesoftware.swift.model.mt.mt5xx.MT547;
import com.prowidesoftware.swift.model.mt.mt5xx.MT548;
import com.prowidesoftware.swift.model.mt.mt9xx.MT950;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tradesuite.suite.custodian.SimulatedCustodian.Behaviour;
import org.tradesuite.suite.market.ReferenceFiles;
import org.tradesuite.suite.market.SettableClock;

class SimulatedCustodianTest {

    private static final LocalDate TRADE_MONDAY = LocalDate.of(2026, 1, 5);
    private static final LocalDate SETTLE_WEDNESDAY = LocalDate.of(2026, 1, 7);
    private static final String HSBC = "GB0005405286";
    private static final String SAFE = "SAFEGEQ1001";
    private static final List<String> SECURITIES = List.of(
            HSBC,
            "GB00BH4HKS39",
            "GB00BP6MXD84",
            "GB0009895292",
            "GB0007980591",
            "GB00BN7SWP63",
            "GB0007188757",
            "GB0031348658");

    @TempDir
    Path folder;

    private final SettableClock clock = new SettableClock(Instant.parse("2026-01-05T18:00:00Z"));

    private SimulatedCustodian custodian(Behaviour behaviour) {
        return new SimulatedCustodian(
                ReferenceFiles.onClassPath(),
                7,
                clock,
                behaviour,
                folder.resolve("drop"),
                folder.resolve("data"),
                folder.resolve("truth"));
    }

    @Test
    void an_instruction_is_acknowledged_matched_and_pending_until_its_day() throws Exception {
        SimulatedCustodian custodian = custodian(Behaviour.faultless());
        instruct("I1", true, 1_000, "9000.00");
        custodian.process();

        assertThat(statuses()).containsExactly("I1 IPRC//PACK", "I1 MTCH//MACH", "I1 SETT//PEND");
        assertThat(folder.resolve("drop/custodian/to/done/I1.fin")).exists();
    }

    @Test
    void the_same_instruction_in_both_languages_is_one_instruction() throws Exception {
        SimulatedCustodian custodian = custodian(Behaviour.faultless());
        instruct("I1", true, 1_000, "9000.00");
        put("I1.xml", sese023("I1", 1_000, "9000.00"));
        custodian.process();

        assertThat(statuses()).hasSize(3);
    }

    @Test
    void an_iso_instruction_settles_like_a_fin_one() throws Exception {
        SimulatedCustodian custodian = custodian(Behaviour.faultless());
        put("X1.xml", sese023("X1", 1_000, "9000.00"));
        custodian.settle(SETTLE_WEDNESDAY);

        MT545 confirmation = new MT545(only("MT545"));
        assertThat(confirmation.getField36B()).hasSize(1);
        assertThat(only("MT545")).contains(":RELA//X1").contains(":19A::ESTT//GBP9000,");
    }

    @Test
    void what_cannot_be_read_is_put_aside_with_the_reason() throws Exception {
        SimulatedCustodian custodian = custodian(Behaviour.faultless());
        put("CUT.fin", mt54x("CUT", true, 1_000, "9000.00", SAFE).substring(0, 200));
        custodian.process();

        assertThat(folder.resolve("drop/custodian/to/refused/CUT.fin.reason.txt"))
                .content()
                .contains("block 4 closed");
    }

    @Test
    void an_unknown_safekeeping_account_is_rejected() throws Exception {
        SimulatedCustodian custodian = custodian(Behaviour.faultless());
        put("N1.fin", mt54x("N1", true, 1_000, "9000.00", "SAFENOSUCH"));
        custodian.process();

        assertThat(statuses()).containsExactly("N1 IPRC//REJT");
    }

    @Test
    void a_delivery_of_more_than_is_held_fails_for_lack_of_securities() throws Exception {
        SimulatedCustodian custodian = custodian(Behaviour.faultless());
        instruct("D1", false, 9_000_000, "81000000.00");
        custodian.settle(SETTLE_WEDNESDAY);

        assertThat(statuses()).last().isEqualTo("D1 SETT//PENF");
        assertThat(texts("MT548").getLast()).contains(":24B::PENF//LACK");
    }

    @Test
    void on_the_day_some_fail_one_settles_in_part_and_all_is_settled_two_days_later() throws Exception {
        SimulatedCustodian custodian = custodian(new Behaviour(0, 2, 1, List.of()));
        for (int i = 0; i < 8; i++) {
            instruct("T" + i, SECURITIES.get(i), 1_000 + i);
        }
        custodian.settle(SETTLE_WEDNESDAY);

        assertThat(texts("MT545")).hasSize(6);
        assertThat(texts("MT545").stream().filter(t -> t.contains(":PARS//PAIN")))
                .hasSize(1);
        assertThat(statuses().stream().filter(s -> s.endsWith("PENF"))).hasSize(2);

        custodian.settle(SETTLE_WEDNESDAY);
        assertThat(texts("MT545")).hasSize(6);

        custodian.settle(SETTLE_WEDNESDAY.plusDays(1));
        assertThat(texts("MT545")).hasSize(9);
        String rest = texts("MT545").stream()
                .filter(t -> t.contains(":PARS//PARC"))
                .findFirst()
                .orElseThrow();
        assertThat(rest).contains(":RSTT//UNIT/0,");
        custodian.statements(SETTLE_WEDNESDAY.plusDays(1));
        assertThat(holdings(SAFE).get(HSBC)).isEqualByComparingTo(BigDecimal.valueOf(420_000 + 1_000));
    }

    @Test
    void a_settlement_cut_short_by_a_kill_goes_on_with_the_same_choice() throws Exception {
        SimulatedCustodian custodian = custodian(new Behaviour(0, 2, 1, List.of()));
        for (int i = 0; i < 8; i++) {
            instruct("T" + i, SECURITIES.get(i), 1_000 + i);
        }
        custodian.settle(SETTLE_WEDNESDAY);
        custodian.stop();
        List<String> told = outcome();
        Path log = folder.resolve("data/custodian/log.jsonl");
        List<String> lines = Files.readAllLines(log);
        for (Path file : files("MT")) {
            Files.delete(file);
        }
        Files.writeString(log, String.join("\n", lines.subList(0, lines.size() - 5)) + "\n{\"type\":\"mess");

        SimulatedCustodian again = custodian(new Behaviour(0, 2, 1, List.of()));
        again.settle(SETTLE_WEDNESDAY);

        assertThat(outcome()).isEqualTo(told);
    }

    private List<String> outcome() throws IOException {
        List<String> outcome = new ArrayList<>(statuses());
        texts("MT545")
                .forEach(text ->
                        outcome.add(text.replaceAll("(?s).*:RELA//([^\r]*).*?:36B::ESTT//([^\r]*).*", "$1 $2")));
        outcome.sort(Comparator.naturalOrder());
        return outcome;
    }

    @Test
    void who_fails_depends_on_what_is_received_and_not_on_reference_or_quantity() throws Exception {
        SimulatedCustodian first = custodian(new Behaviour(0, 1, 1, List.of()));
        for (int i = 0; i < 6; i++) {
            instruct("A" + i, SECURITIES.get(i), 1_000 + i);
        }
        first.settle(SETTLE_WEDNESDAY);
        String failed =
                statuses().stream().filter(s -> s.endsWith("PENF")).findFirst().orElseThrow();
        folder = folder.resolve("again");
        SimulatedCustodian second = custodian(new Behaviour(0, 1, 1, List.of()));
        for (int i = 5; i >= 0; i--) {
            instruct("B" + i, SECURITIES.get(i), 2_000 + i);
        }
        second.settle(SETTLE_WEDNESDAY);

        assertThat(statuses()).contains(failed.replace('A', 'B'));
    }

    @Test
    void half_of_what_is_received_settles_however_many_instructions_it_comes_in() throws Exception {
        SimulatedCustodian custodian = custodian(new Behaviour(0, 0, 1, List.of()));
        instruct("H1", HSBC, 101);
        instruct("H2", HSBC, 300);
        instruct("H3", HSBC, 500);
        custodian.settle(SETTLE_WEDNESDAY);

        assertThat(outcome())
                .contains("H1 UNIT/101,", "H2 UNIT/300,", "H3 UNIT/49,")
                .noneMatch(told -> told.endsWith("PENF"));

        custodian.settle(SETTLE_WEDNESDAY.plusDays(1));
        assertThat(outcome()).contains("H3 UNIT/451,");
    }

    @Test
    void statements_foot_and_chain_over_days_and_pages() throws Exception {
        SimulatedCustodian custodian = custodian(Behaviour.faultless());
        for (int i = 0; i < 10; i++) {
            instruct("R" + i, true, 100 + i, "900.50");
        }
        instruct("S1", false, 1_000, "9100.25");
        custodian.settle(SETTLE_WEDNESDAY);
        custodian.statements(SETTLE_WEDNESDAY);
        custodian.statements(SETTLE_WEDNESDAY.plusDays(1));

        List<MT950> pages = cashPages("GEQ1GBP01");
        assertThat(pages).hasSize(3);
        assertThat(pages.get(0).getField60F().getAmountAsBigDecimal()).isEqualByComparingTo("60000000.00");
        assertThat(pages.get(0).getField62M().getAmount())
                .isEqualTo(pages.get(1).getField60M().getAmount());
        assertThat(pages.get(1).getField62F().getAmountAsBigDecimal())
                .isEqualByComparingTo(new BigDecimal("60000000.00")
                        .subtract(new BigDecimal("9005.00"))
                        .add(new BigDecimal("9100.25")));
        assertThat(pages.get(2).getField60F().getAmount())
                .isEqualTo(pages.get(1).getField62F().getAmount());
        for (MT950 page : pages) {
            assertThat(closing(page)).isEqualByComparingTo(opening(page).add(moved(page)));
        }
        List<MT535> holdings =
                texts("MT535-" + SAFE + "-20260107").stream().map(MT535::new).toList();
        assertThat(holdings).hasSizeGreaterThan(1);
        assertThat(holdings.getFirst().getField28E().getValue()).isEqualTo("1/MORE");
        assertThat(holdings.getLast().getField28E().getValue()).isEqualTo(holdings.size() + "/LAST");
    }

    @Test
    void seeded_faults_are_in_the_statements_and_on_record_and_still_foot() throws Exception {
        SimulatedCustodian custodian = custodian(new Behaviour(0, 0, 0, List.of(StatementFault.values())));
        instruct("F1", true, 1_000, "9000.00");
        put("F2.fin", mt54x("F2", true, 500, "4500.00", SAFE).replace("GBP4500", "EUR4500"));
        custodian.settle(SETTLE_WEDNESDAY);
        List<SeededFault> faults = custodian.statements(SETTLE_WEDNESDAY);

        assertThat(faults).extracting(SeededFault::fault).containsExactly(StatementFault.values());
        assertThat(folder.resolve("truth/seeded-CUSTODIAN-20260107.json"))
                .content()
                .contains("WRONG_AMOUNT");
        for (SeededFault fault : faults.subList(0, 3)) {
            BigDecimal shown = holdings(fault.number()).get(fault.subject());
            assertThat(shown == null ? null : shown.toPlainString()).isEqualTo(fault.reported());
        }
        for (MT950 page : cashPages("")) {
            assertThat(closing(page)).isEqualByComparingTo(opening(page).add(moved(page)));
        }
    }

    @Test
    void the_next_statements_make_good_what_was_wrong_and_are_wrong_elsewhere() throws Exception {
        SimulatedCustodian custodian = custodian(new Behaviour(0, 0, 0, List.of(StatementFault.values())));
        instruct("F1", true, 1_000, "9000.00");
        put("F2.fin", mt54x("F2", true, 500, "4500.00", SAFE).replace("GBP4500", "EUR4500"));
        custodian.settle(SETTLE_WEDNESDAY);
        List<SeededFault> faults = custodian.statements(SETTLE_WEDNESDAY);
        custodian.stop();

        SimulatedCustodian again = custodian(new Behaviour(0, 0, 0, List.of(StatementFault.values())));
        List<SeededFault> next = again.statements(SETTLE_WEDNESDAY.plusDays(1));

        SeededFault missing = faults.get(3);
        assertThat(lines(missing.number()))
                .containsExactly(mark(missing.correct()) + " " + plain(missing.correct()) + " " + missing.subject());
        SeededFault wrong = faults.get(4);
        assertThat(lines(wrong.number()))
                .containsExactly(
                        "R" + mark(wrong.reported()) + " " + plain(wrong.reported()) + " " + wrong.subject(),
                        mark(wrong.correct()) + " " + plain(wrong.correct()) + " " + wrong.subject());
        // No cash moved since, so that no new line can be wrong.
        assertThat(next)
                .extracting(SeededFault::fault)
                .containsExactly(
                        StatementFault.WRONG_QUANTITY, StatementFault.MISSING_HOLDING, StatementFault.EXTRA_HOLDING);
        assertThat(next)
                .extracting(fault -> fault.number() + fault.subject())
                .doesNotContainAnyElementsOf(faults.stream()
                        .map(fault -> fault.number() + fault.subject())
                        .toList());
        for (MT950 page : cashPages("")) {
            assertThat(closing(page)).isEqualByComparingTo(opening(page).add(moved(page)));
        }
    }

    /** Mark, amount and reference of the lines in the account's last statement. */
    private List<String> lines(String number) throws IOException {
        return cashPages(number).getLast().getField61().stream()
                .map(line -> line.getDebitCreditMark() + " "
                        + plain(line.getAmount().replace(',', '.')) + " " + line.getReferenceForTheAccountOwner())
                .toList();
    }

    private static String mark(@Nullable String amount) {
        return new BigDecimal(String.valueOf(amount)).signum() < 0 ? "D" : "C";
    }

    private static String plain(@Nullable String amount) {
        return new BigDecimal(String.valueOf(amount))
                .abs()
                .setScale(2, RoundingMode.UNNECESSARY)
                .toPlainString();
    }

    @Test
    void killed_and_started_again_the_custodian_remembers_and_makes_good_lost_files() throws Exception {
        SimulatedCustodian custodian = custodian(Behaviour.faultless());
        instruct("K1", true, 1_000, "9000.00");
        custodian.settle(SETTLE_WEDNESDAY);
        custodian.stop();
        Path lost = files("MT545").getFirst();
        Files.delete(lost);

        SimulatedCustodian again = custodian(Behaviour.faultless());
        assertThat(lost).exists();
        instruct("K1", true, 1_000, "9000.00");
        again.settle(SETTLE_WEDNESDAY);
        again.statements(SETTLE_WEDNESDAY);

        assertThat(files("MT545")).hasSize(1);
        assertThat(holdings(SAFE).get(HSBC)).isEqualByComparingTo("421000");
    }

    @Test
    void every_message_reads_back_with_prowide() throws Exception {
        SimulatedCustodian custodian = custodian(Behaviour.usual());
        for (int i = 0; i < 12; i++) {
            instruct("P" + i, i % 3 != 0, 1_000 + i, "9000.00");
        }
        custodian.settle(SETTLE_WEDNESDAY);
        // What failed on its day, the deliveries perhaps among it.
        custodian.settle(SETTLE_WEDNESDAY.plusDays(1));
        custodian.statements(SETTLE_WEDNESDAY.plusDays(1));

        for (Path file : files("MT")) {
            AbstractMT message = AbstractMT.parse(Files.readString(file));
            assertThat(file.getFileName().toString()).startsWith("MT" + message.getMessageType());
            assertThat(message.getSwiftMessage().getUnparsedTextsSize()).isZero();
            assertThat(message.getSwiftMessage().getBlock5()).isNotNull();
        }
        assertThat(new MT547(texts("MT547").getFirst()).getField19A()).hasSize(1);
        assertThat(new MT548(texts("MT548").getFirst()).getField25D().getFirst().getStatusCode())
                .isEqualTo("PACK");
    }

    // Files

    private void instruct(String reference, boolean receive, long quantity, String amount) throws IOException {
        put(reference + ".fin", mt54x(reference, receive, quantity, amount, SAFE));
    }

    private void instruct(String reference, String isin, long quantity) throws IOException {
        put(
                reference + ".fin",
                mt54x(reference, true, quantity, "9000.00", SAFE).replace(HSBC, isin));
    }

    private void put(String name, String text) throws IOException {
        Path to = Files.createDirectories(folder.resolve("drop/custodian/to"));
        Files.writeString(to.resolve(name), text);
    }

    private static String mt54x(String reference, boolean receive, long quantity, String amount, String safe) {
        String type = receive ? "541" : "543";
        return String.join(
                "\r\n",
                "{1:F01TRSUGB2LAXXX0000000000}{2:I" + type + "CUSTGB2LXXXXN}{4:",
                ":16R:GENL",
                ":20C::SEME//" + reference,
                ":23G:NEWM",
                ":98C::PREP//20260105170000",
                ":16S:GENL",
                ":16R:TRADDET",
                ":98A::SETT//20260107",
                ":98A::TRAD//" + TRADE_MONDAY.toString().replace("-", ""),
                ":35B:ISIN " + HSBC,
                ":16S:TRADDET",
                ":16R:FIAC",
                ":36B::SETT//UNIT/" + quantity + ",",
                ":97A::SAFE//" + safe,
                ":16S:FIAC",
                ":16R:SETDET",
                ":22F::SETR//TRAD",
                ":16R:SETPRTY",
                ":95P::" + (receive ? "SELL" : "BUYR") + "//ALFAGB2LXXX",
                ":16S:SETPRTY",
                ":16R:SETPRTY",
                ":95P::PSET//CRSTGB22XXX",
                ":16S:SETPRTY",
                ":16R:AMT",
                ":19A::SETT//GBP" + amount.replace('.', ','),
                ":16S:AMT",
                ":16S:SETDET",
                "-}{5:{CHK:0123456789AB}}");
    }

    private static String sese023(String reference, long quantity, String amount) {
        return """
            <RequestPayload><Document xmlns="urn:iso:std:iso:20022:tech:xsd:sese.023.001.12"><SctiesSttlmTxInstr>
            <TxId>%s</TxId>
            <SttlmTpAndAddtlParams><SctiesMvmntTp>RECE</SctiesMvmntTp><Pmt>APMT</Pmt></SttlmTpAndAddtlParams>
            <TradDtls><TradDt><Dt><Dt>2026-01-05</Dt></Dt></TradDt><SttlmDt><Dt><Dt>2026-01-07</Dt></Dt></SttlmDt></TradDtls>
            <FinInstrmId><ISIN>%s</ISIN></FinInstrmId>
            <QtyAndAcctDtls><SttlmQty><Qty><Unit>%d</Unit></Qty></SttlmQty><SfkpgAcct><Id>%s</Id></SfkpgAcct></QtyAndAcctDtls>
            <DlvrgSttlmPties><Dpstry><Id><AnyBIC>CRSTGB22XXX</AnyBIC></Id></Dpstry>
            <Pty2><Id><AnyBIC>ALFAGB2LXXX</AnyBIC></Id></Pty2></DlvrgSttlmPties>
            <SttlmAmt><Amt Ccy="GBP">%s</Amt><CdtDbtInd>DBIT</CdtDbtInd></SttlmAmt>
            </SctiesSttlmTxInstr></Document></RequestPayload>
            """.formatted(reference, HSBC, quantity, SAFE, amount);
    }

    private List<Path> files(String prefix) throws IOException {
        List<Path> found = new ArrayList<>();
        for (String place : List.of("from", "statements")) {
            Path inside = folder.resolve("drop/custodian").resolve(place);
            if (Files.exists(inside)) {
                try (Stream<Path> all = Files.list(inside)) {
                    all.filter(f -> f.getFileName().toString().startsWith(prefix))
                            .forEach(found::add);
                }
            }
        }
        found.sort(Comparator.comparing(f -> f.getFileName().toString()));
        return found;
    }

    private List<String> texts(String prefix) throws IOException {
        List<String> texts = new ArrayList<>();
        for (Path file : files(prefix)) {
            texts.add(Files.readString(file));
        }
        return texts;
    }

    private String only(String prefix) throws IOException {
        assertThat(texts(prefix)).hasSize(1);
        return texts(prefix).getFirst();
    }

    private List<String> statuses() throws IOException {
        return texts("MT548").stream()
                .map(text -> {
                    MT548 message = new MT548(text);
                    return message.getSequenceA1List()
                                    .getFirst()
                                    .getFieldByName("20C", "RELA")
                                    .getValue()
                                    .substring(7) + " "
                            + message.getField25D().getFirst().getValue().substring(1);
                })
                .toList();
    }

    private Map<String, BigDecimal> holdings(String safe) throws IOException {
        Map<String, BigDecimal> holdings = new TreeMap<>();
        String isin = "";
        for (String page : texts("MT535-" + safe)) {
            for (String line : page.lines().toList()) {
                if (line.startsWith(":35B:ISIN ")) {
                    isin = line.substring(10);
                } else if (line.startsWith(":93B::AGGR//UNIT/")) {
                    holdings.put(isin, new BigDecimal(line.substring(17).replace(",", "")));
                }
            }
        }
        return holdings;
    }

    private List<MT950> cashPages(String number) throws IOException {
        return texts("MT950-" + number).stream().map(MT950::new).toList();
    }

    private static BigDecimal opening(MT950 page) {
        return page.getField60F() == null
                ? page.getField60M().getAmountAsBigDecimal()
                : page.getField60F().getAmountAsBigDecimal();
    }

    private static BigDecimal closing(MT950 page) {
        return page.getField62F() == null
                ? page.getField62M().getAmountAsBigDecimal()
                : page.getField62F().getAmountAsBigDecimal();
    }

    private static BigDecimal moved(MT950 page) {
        BigDecimal sum = BigDecimal.ZERO;
        for (Field61 line : page.getField61()) {
            sum = List.of("D", "RC").contains(line.getDebitCreditMark())
                    ? sum.subtract(line.getAmountAsBigDecimal())
                    : sum.add(line.getAmountAsBigDecimal());
        }
        return sum;
    }
}
