package org.tradesuite.reconciliation.statement;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.tradesuite.reconciliation.iso.IsoText;
import org.tradesuite.reconciliation.swift.FinText;

/** Random statements written by hand in SWIFT's and in ISO 20022's words are read to the same records. */
class BothLanguagesTest {

    private static final LocalDate TUE_24_NOV_2026 = LocalDate.of(2026, 11, 24);
    private static final DateTimeFormatter SIX = DateTimeFormatter.ofPattern("yyMMdd");
    private static final List<String> ISINS =
            List.of("GB00BH4HKS39", "GB0009895292", "DE0007164600", "US0378331005", "FR0000120271");

    record Held(String isin, BigDecimal quantity, BigDecimal blocked) {}

    record Booked(
            BigDecimal amount, LocalDate valueDate, boolean reversal, boolean pending, String ours, String theirs) {}

    @Property(tries = 200)
    void holdings(@ForAll("held") List<Held> holdings) {
        var swift = ReadPages.ofFin(FinText.holdings(
                "SAFE1",
                "20261124",
                "1/ONLY",
                holdings.stream().map(BothLanguagesTest::fin).toList()));
        var iso = ReadPages.ofXml(isoHoldings(holdings));
        assertThat(swift.unread).isEmpty();
        assertThat(iso.unread).isEmpty();
        assertThat(records(iso)).isEqualTo(records(swift));
        assertThat(iso.only().contentKey()).isEqualTo(swift.only().contentKey());
        assertThat(swift.only().refused()).isNull();
    }

    @Property(tries = 200)
    void cash(@ForAll("opening") BigDecimal opening, @ForAll("booked") List<Booked> entries) {
        var closing = entries.stream()
                .filter(entry -> !entry.pending())
                .map(Booked::amount)
                .reduce(opening, BigDecimal::add);
        var swift = ReadPages.ofFin(FinText.cash(
                "GEQ1GBP01",
                "1/1",
                "60F:" + finBalance(opening),
                entries.stream().map(BothLanguagesTest::fin).toList(),
                "62F:" + finBalance(closing)));
        var iso = ReadPages.ofXml(IsoText.cash(IsoText.statement(
                "GEQ1GBP01",
                "GBP",
                "2026-11-24",
                List.of("OPBD " + isoBalance(opening), "CLBD " + isoBalance(closing)),
                entries.stream().map(BothLanguagesTest::iso).toList())));
        assertThat(swift.unread).isEmpty();
        assertThat(iso.unread).isEmpty();
        assertThat(records(iso)).isEqualTo(records(swift));
        assertThat(iso.only().contentKey()).isEqualTo(swift.only().contentKey());
        assertThat(iso.only().movementKey()).isEqualTo(swift.only().movementKey());
        assertThat(swift.only().refused()).isNull();
        assertThat(iso.only().refused()).isNull();
    }

    /** What the records have in common: place, narrative and the sender's own codes are each language's own. */
    private static List<String> records(ReadPages read) {
        var page = read.pages.getFirst().page();
        var records = new ArrayList<String>();
        records.add(page.key() + " " + page.number() + " " + page.more() + " " + page.basis() + " " + page.complete());
        for (var line : read.allLines()) {
            records.add(
                    switch (line) {
                        case Line.Holding holding ->
                            holding.isin() + " " + holding.type() + " " + plain(holding.quantity()) + " "
                                    + plain(holding.available()) + " " + plain(holding.notAvailable()) + " "
                                    + holding.subBalances();
                        case Line.CashEntry entry ->
                            entry.status() + " " + entry.valueDate() + " " + entry.bookingDate() + " "
                                    + plain(entry.amount()) + " " + entry.reversal() + " " + entry.reference() + " "
                                    + entry.theirReference();
                        default -> throw new AssertionError(line);
                    });
        }
        return records;
    }

    private static String plain(@Nullable BigDecimal number) {
        return Objects.requireNonNullElse(number, BigDecimal.ZERO)
                .stripTrailingZeros()
                .toPlainString();
    }

    // Writers

    private static String comma(BigDecimal number) {
        var text = number.abs().toPlainString().replace('.', ',');
        return text.contains(",") ? text : text + ",";
    }

    private static String signed(BigDecimal number) {
        return (number.signum() < 0 ? "N" : "") + comma(number);
    }

    private static String fin(Held held) {
        var free = held.quantity().subtract(held.blocked());
        return held.isin() + " UNIT/" + signed(held.quantity())
                + (held.blocked().signum() == 0
                        ? ""
                        : "\n:93B::AVAI//UNIT/" + signed(free) + "\n:93B::NAVL//UNIT/" + signed(held.blocked())
                                + "\n:16R:SUBBAL\n:93C::BLOK//UNIT/NAVL/" + signed(held.blocked()) + "\n:16S:SUBBAL");
    }

    private static String isoHoldings(List<Held> holdings) {
        var text = IsoText.holdings(
                "SAFE1",
                "2026-11-24",
                1,
                true,
                holdings.stream()
                        .map(held -> held.isin() + " " + (held.quantity().signum() < 0 ? "SHOR" : "LONG") + " "
                                + held.quantity().abs().toPlainString())
                        .toList());
        var parts = text.split("</AggtBal>", -1);
        var whole = new StringBuilder(parts[0]);
        for (var i = 0; i < holdings.size(); i++) {
            var held = holdings.get(i);
            whole.append("</AggtBal>");
            if (held.blocked().signum() != 0) {
                var free = held.quantity().subtract(held.blocked()).toPlainString();
                var blocked = held.blocked().toPlainString();
                whole.append("<AvlblBal><Qty><Qty><Unit>")
                        .append(free)
                        .append("</Unit></Qty></Qty></AvlblBal><NotAvlblBal><Qty><Unit>")
                        .append(blocked)
                        .append(
                                "</Unit></Qty></NotAvlblBal><BalBrkdwn><SubBalTp><Cd>BLOK</Cd></SubBalTp><Qty><Qty><QtyAndAvlbty>")
                        .append("<Qty><Unit>")
                        .append(blocked)
                        .append("</Unit></Qty><AvlbtyInd>false</AvlbtyInd></QtyAndAvlbty></Qty></Qty></BalBrkdwn>");
            }
            whole.append(parts[i + 1]);
        }
        return whole.toString();
    }

    private static String finBalance(BigDecimal amount) {
        return (amount.signum() < 0 ? "D" : "C") + "261124GBP" + comma(amount);
    }

    private static String isoBalance(BigDecimal amount) {
        return (amount.signum() < 0 ? "DBIT " : "CRDT ") + amount.abs().toPlainString();
    }

    private static String fin(Booked entry) {
        var credit = entry.amount().signum() >= 0;
        var mark = entry.pending()
                ? (credit ? "EC" : "ED")
                : entry.reversal() ? (credit ? "RD" : "RC") : credit ? "C" : "D";
        return SIX.format(entry.valueDate()) + SIX.format(entry.valueDate()).substring(2) + mark + comma(entry.amount())
                + "NSEC" + entry.ours() + "//" + entry.theirs();
    }

    private static String iso(Booked entry) {
        var text = IsoText.entry(
                "GBP",
                entry.amount().abs().toPlainString(),
                entry.amount().signum() >= 0 ? "CRDT" : "DBIT",
                entry.pending() ? "PDNG" : "BOOK",
                entry.valueDate().toString(),
                entry.ours(),
                entry.theirs());
        return entry.reversal() ? text.replace("<Sts>", "<RvslInd>true</RvslInd><Sts>") : text;
    }

    // Statements

    @Provide
    Arbitrary<List<Held>> held() {
        var quantity = Arbitraries.bigDecimals()
                .between(new BigDecimal("-999999999"), new BigDecimal("999999999"))
                .ofScale(4);
        var one = Combinators.combine(
                        Arbitraries.of(ISINS), quantity, Arbitraries.integers().between(0, 2))
                .as((isin, held, part) -> new Held(
                        isin,
                        held,
                        part == 0 || held.signum() <= 0 ? BigDecimal.ZERO : held.divide(BigDecimal.valueOf(4 / part))));
        return one.list().ofMaxSize(20);
    }

    @Provide
    Arbitrary<BigDecimal> opening() {
        return Arbitraries.bigDecimals()
                .between(new BigDecimal("-99999999"), new BigDecimal("99999999"))
                .ofScale(2);
    }

    @Provide
    Arbitrary<List<Booked>> booked() {
        var reference = Arbitraries.strings()
                .withCharRange('A', 'Z')
                .numeric()
                .ofMinLength(1)
                .ofMaxLength(12);
        var one = Combinators.combine(
                        opening().filter(amount -> amount.signum() != 0),
                        Arbitraries.integers().between(-300, 300),
                        Arbitraries.of(true, false),
                        Arbitraries.of(true, false, false),
                        reference,
                        reference)
                .as((amount, days, reversal, pending, ours, theirs) -> new Booked(
                        amount, TUE_24_NOV_2026.plusDays(days), reversal && !pending, pending, ours, theirs));
        return one.list().ofMaxSize(20);
    }
}
