package org.tradesuite.reconciliation.iso;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tradesuite.reconciliation.iso.IsoText.cash;
import static org.tradesuite.reconciliation.iso.IsoText.document;
import static org.tradesuite.reconciliation.iso.IsoText.entry;
import static org.tradesuite.reconciliation.iso.IsoText.holdings;
import static org.tradesuite.reconciliation.iso.IsoText.statement;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tradesuite.reconciliation.statement.Feed;
import org.tradesuite.reconciliation.statement.Line.CashEntry;
import org.tradesuite.reconciliation.statement.Line.EntryStatus;
import org.tradesuite.reconciliation.statement.Line.Holding;
import org.tradesuite.reconciliation.statement.Line.Movement;
import org.tradesuite.reconciliation.statement.Line.Pending;
import org.tradesuite.reconciliation.statement.Line.QuantityType;
import org.tradesuite.reconciliation.statement.Page;
import org.tradesuite.reconciliation.statement.ReadPages;
import org.tradesuite.reconciliation.statement.Refusal;

class IsoReaderTest {

    private static final String VOD = "GB00BH4HKS39 LONG 100";
    private static final String ENTRY = entry("GBP", "250.00", "DBIT", "BOOK", "2026-11-24", "SEME1", "X1");
    private static final String STATEMENT = statement(
            "GEQ1GBP01", "GBP", "2026-11-24", List.of("OPBD CRDT 1000.00", "CLBD CRDT 750.00"), List.of(ENTRY));
    private static final LocalDate TUE_24_NOV_2026 = LocalDate.of(2026, 11, 24);

    // Holdings

    @Test
    void holdings_are_read() {
        var read = ReadPages.ofXml(holdings("SAFE1", "2026-11-24", 1, false, List.of(VOD, "US0378331005 SHOR 7.5")));
        assertThat(read.unread).isEmpty();
        var page = read.pages.getFirst().page();
        assertThat(page.key())
                .isEqualTo(new Page.Key(Feed.CUSTODIAN_POSITION, "CUSTGB2L", "SAFE1", null, TUE_24_NOV_2026, ""));
        assertThat(page.more()).isTrue();
        assertThat(page.basis()).isEqualTo(Page.Basis.SETT);
        assertThat(read.allLines())
                .extracting(line -> ((Holding) line).quantity().toPlainString())
                .containsExactly("100", "-7.5");
    }

    @Test
    void parts_of_a_holding_and_what_is_not_an_isin_are_read() {
        var text = holdings("SAFE1", "2026-11-24", 1, true, List.of(VOD))
                .replace(
                        "<ISIN>GB00BH4HKS39</ISIN>",
                        "<OthrId><Id>BH4HKS3</Id><Tp><Cd>SEDL</Cd></Tp></OthrId><Desc>VODAFONE</Desc>")
                .replace(
                        "<Qty><Qty><Qty><Unit>100</Unit></Qty></Qty></Qty></AggtBal>",
                        "<Qty><Qty><OrgnlAndCurFace><FaceAmt>100</FaceAmt><AmtsdVal>95</AmtsdVal></OrgnlAndCurFace></Qty></Qty></AggtBal>"
                            + "<AvlblBal><Qty><Qty><FaceAmt>60</FaceAmt></Qty></Qty></AvlblBal>"
                            + "<NotAvlblBal><Qty><FaceAmt>40</FaceAmt></Qty></NotAvlblBal>"
                            + "<BalBrkdwn><SubBalTp><Cd>BLOK</Cd></SubBalTp><Qty><Qty><QtyAndAvlbty><Qty><FaceAmt>40</FaceAmt></Qty>"
                            + "<AvlbtyInd>false</AvlbtyInd></QtyAndAvlbty></Qty></Qty></BalBrkdwn>");
        var read = ReadPages.ofXml(text);
        assertThat(read.unread).isEmpty();
        var holding = (Holding) read.allLines().getFirst();
        assertThat(holding.isin()).isNull();
        assertThat(holding.otherId()).isEqualTo("BH4HKS3 VODAFONE");
        assertThat(holding.type()).isEqualTo(QuantityType.FAMT);
        assertThat(holding.amortised()).isEqualByComparingTo("95");
        assertThat(holding.available()).isEqualByComparingTo("60");
        assertThat(holding.notAvailable()).isEqualByComparingTo("40");
        assertThat(holding.subBalances())
                .extracting(part -> part.code() + " " + part.available() + " " + part.quantity())
                .containsExactly("BLOK NAVL 40");
    }

    // Cash

    @Test
    void a_document_may_hold_several_statements_and_one_that_is_wrong_spoils_no_other() {
        var wrong = STATEMENT
                .replace("GEQ1GBP01", "GEQ1GBP02")
                .replace("2026-11-24</Dt></ValDt>", "2026-02-30</Dt></ValDt>");
        var read = ReadPages.ofXml(cash(STATEMENT, wrong, STATEMENT.replace("GEQ1GBP01", "GEQ1GBP03")));
        assertThat(read.pages)
                .extracting(page -> page.page().key().account())
                .containsExactly("GEQ1GBP01", "GEQ1GBP03");
        assertThat(read.unread).hasSize(1);
        assertThat(read.unread.getFirst().account()).isEqualTo("GEQ1GBP02");
        assertThat(read.unread.getFirst().verdict().refusal()).isEqualTo(Refusal.IMPOSSIBLE_DATE);
        assertThat(read.lines).extracting(List::size).containsExactly(1, 1);
    }

    @Test
    void only_what_is_booked_counts() {
        var read = ReadPages.ofXml(cash(STATEMENT.replace(
                "</Stmt>",
                entry("GBP", "5.00", "CRDT", "PDNG", "2026-11-25", "SEME2", "X2")
                        + entry("GBP", "6.00", "CRDT", "INFO", "2026-11-25", "SEME3", "X3") + "</Stmt>")));
        assertThat(read.only().refused()).isNull();
        assertThat(read.allLines())
                .extracting(line -> ((CashEntry) line).status())
                .containsExactly(EntryStatus.BOOK, EntryStatus.PDNG, EntryStatus.INFO);
    }

    @Test
    void a_reversal_has_the_sign_of_what_it_does() {
        var text = STATEMENT
                .replace("<CdtDbtInd>DBIT</CdtDbtInd><Sts>", "<CdtDbtInd>CRDT</CdtDbtInd><RvslInd>true</RvslInd><Sts>")
                .replace("750.00", "1250.00");
        var read = ReadPages.ofXml(cash(text));
        assertThat(read.only().refused()).isNull();
        var entry = (CashEntry) read.allLines().getFirst();
        assertThat(entry.amount()).isEqualByComparingTo("250");
        assertThat(entry.reversal()).isTrue();
    }

    private static String part(String amount, String reference) {
        return "<TxDtls><Refs><AcctOwnrTxId>" + reference + "</AcctOwnrTxId></Refs><Amt Ccy=\"GBP\">" + amount
                + "</Amt><CdtDbtInd>DBIT</CdtDbtInd></TxDtls>";
    }

    @Test
    void a_batch_is_given_by_its_parts_when_they_are_the_whole() {
        var batch = STATEMENT.replaceAll("<TxDtls>.*</TxDtls>", part("100.00", "SEME1") + part("150.00", "SEME2"));
        var read = ReadPages.ofXml(cash(batch));
        assertThat(read.only().refused()).isNull();
        assertThat(read.allLines())
                .extracting(line -> ((CashEntry) line).reference() + " " + ((CashEntry) line).amount() + " "
                        + ((CashEntry) line).batch())
                .containsExactly("SEME1 -100.00 1", "SEME2 -150.00 1");
        var broken = ReadPages.ofXml(cash(batch.replace("150.00", "151.00")));
        assertThat(broken.only().refused()).isNull();
        assertThat(broken.allLines()).hasSize(1);
        assertThat(broken.findings).hasSize(1);
        assertThat(broken.findings.getFirst().detail()).contains("come to -251.00, the entry is -250.00");
    }

    @ParameterizedTest
    @ValueSource(strings = {"02", "03", "04", "05", "06", "07", "08", "09", "10", "11", "12", "13"})
    void every_version_in_use_is_read(String version) {
        for (var message : List.of("camt.052", "camt.053", "camt.054")) {
            var text = cash(STATEMENT).replace("camt.053.001.08", message + ".001." + version);
            if (Integer.parseInt(version) < 7) {
                text = text.replace("<Sts><Cd>BOOK</Cd></Sts>", "<Sts>BOOK</Sts>")
                        .replace(
                                "<Refs><AcctOwnrTxId>SEME1</AcctOwnrTxId><AcctSvcrTxId>X1</AcctSvcrTxId></Refs>",
                                "<Refs><AcctSvcrRef>X1</AcctSvcrRef><InstrId>SEME1</InstrId></Refs>");
            }
            if (Integer.parseInt(version) > 2 && Integer.parseInt(version) < 7) {
                text = text.replace(
                        "</Refs></TxDtls>", "</Refs><Amt Ccy=\"GBP\">250.00</Amt><CdtDbtInd>DBIT</CdtDbtInd></TxDtls>");
            }
            if (version.equals("02")) {
                text = text.replace("BICFI", "BIC");
            }
            if (!message.equals("camt.053")) {
                var page = message.equals("camt.052") ? "Rpt" : "Ntfctn";
                text = text.replace(
                                "BkToCstmrStmt",
                                message.equals("camt.052") ? "BkToCstmrAcctRpt" : "BkToCstmrDbtCdtNtfctn")
                        .replace("<Stmt>", "<" + page + ">")
                        .replace("</Stmt>", "</" + page + ">");
            }
            if (message.equals("camt.054")) {
                text = text.replaceAll("<Bal>.*</Bal>\\n", "");
            }
            var read = ReadPages.ofXml(text);
            assertThat(read.unread).as(message + " " + version).isEmpty();
            var entry = (CashEntry) read.allLines().getFirst();
            assertThat(entry.amount()).isEqualByComparingTo("-250");
            assertThat(entry.reference()).isEqualTo("SEME1");
            assertThat(entry.theirReference()).isEqualTo("X1");
            assertThat(read.pages.getFirst().page().key().sender()).isEqualTo("CUSTGB2L");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'Ccy=\"GBP\">250.00', 'Ccy=\"EUR\">250.00', MIXED_CURRENCIES, an amount in EUR",
        "'<Cd>CLBD</Cd>', '<Cd>CLAV</Cd>', STATEMENT_UNREADABLE, closing balance",
        "'<Ntry>', '<Ntryy>', STATEMENT_UNREADABLE, no element Ntryy",
        "'<BkTxCd>', '<BkTxCode>', STATEMENT_UNREADABLE, no element BkTxCode",
        "'<CdtDbtInd>DBIT</CdtDbtInd>', '', STATEMENT_UNREADABLE, Ntry has no CdtDbtInd",
        "'<CdtDbtInd>DBIT</CdtDbtInd>', '<CdtDbtInd>OUT</CdtDbtInd>', STATEMENT_UNREADABLE, no code that CdtDbtInd may"
                + " have",
        "'<BookgDt>', '<Extra>1</Extra><BookgDt>', STATEMENT_UNREADABLE, no element Extra",
        "'<Ccy>GBP</Ccy>', '<Ccy>GBP</Ccy><Ccy>EUR</Ccy>', STATEMENT_UNREADABLE, twice",
        "'<Ntry>', 'lost<Ntry>', STATEMENT_UNREADABLE, 'lost'",
        "'>250.00<', '>250.0000000000000001<', STATEMENT_UNREADABLE, more than 18 digits",
        "'>250.00<', '>-250.00<', STATEMENT_UNREADABLE, not a number",
        "'>2026-11-24</Dt></ValDt>', '>2026-02-30</Dt></ValDt>', IMPOSSIBLE_DATE, not a date",
        "'camt.053.001.08', 'camt.053.001.99', STATEMENT_UNREADABLE, not known here",
        "'camt.053.001.08', 'camt.053.001.01', STATEMENT_UNREADABLE, 02 or newer",
        "'camt.053.001.08', 'pacs.008.001.08', STATEMENT_UNREADABLE, no statement that is read here",
        "'urn:iso', 'urn:other', STATEMENT_UNREADABLE, no ISO 20022 message",
        "'</Document>', '', STATEMENT_GAP, cut off",
        "'<Document', '<Letter/><Document', STATEMENT_UNREADABLE, well-formed",
    })
    void xml_that_is_wrong_is_named_with_its_line(String right, String wrong, Refusal refusal, String words) {
        var verdict = ReadPages.ofXml(cash(STATEMENT).replaceFirst(java.util.regex.Pattern.quote(right), wrong))
                .unread
                .getFirst()
                .verdict();
        assertThat(verdict.reason()).contains(words);
        assertThat(verdict.refusal()).isEqualTo(refusal);
    }

    @Test
    void a_document_cut_off_anywhere_gives_no_statement_that_is_not_whole() {
        var whole = cash(STATEMENT);
        for (var length = 60; length < whole.length() - 12; length += 7) {
            var read = ReadPages.ofXml(whole.substring(0, length));
            assertThat(read.unread).as(whole.substring(0, length)).hasSize(1);
            assertThat(read.pages.size()).isLessThanOrEqualTo(length > whole.indexOf("</Stmt>") ? 1 : 0);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE Document [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>",
                "<!DOCTYPE Document SYSTEM \"http://example.org/x.dtd\">",
                "<!DOCTYPE Document [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\">]>",
            })
    void a_document_type_is_refused_and_nothing_it_names_is_read(String type) {
        var text = cash(STATEMENT).replaceFirst("<Document", type + "<Document").replace("<Id>S1</Id>", "<Id>&x;</Id>");
        var verdict = ReadPages.ofXml(text).wrong();
        assertThat(verdict.reason()).contains("document type", "Line 2").doesNotContain("root");
    }

    @Test
    void an_entity_without_a_document_type_is_refused() {
        assertThat(ReadPages.ofXml(cash(STATEMENT).replace("<Id>S1</Id>", "<Id>&x;</Id>")).unread)
                .hasSize(1);
    }

    @Test
    void a_text_without_end_is_given_up() {
        assertThat(ReadPages.ofXml("<?xml version=\"1.0\"?><Document xmlns=\"" + "x".repeat(5_000_000)).unread)
                .hasSize(1);
        assertThat(ReadPages.ofXml(cash(STATEMENT.replace("<Id>S1</Id>", "<Id>" + "x".repeat(100_000) + "</Id>")))
                        .unread)
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ISO-8859-1", "UTF-8", "UTF-16"})
    void the_character_set_is_the_declared_one(String charset) {
        var text = cash(STATEMENT.replace("</Ntry>", "<AddtlNtryInf>Gebühr</AddtlNtryInf></Ntry>"))
                .replace("UTF-8", charset);
        var read = ReadPages.ofXml(text.getBytes(java.nio.charset.Charset.forName(charset)));
        assertThat(read.unread).isEmpty();
        assertThat(((CashEntry) read.allLines().getFirst()).text()).isEqualTo("Gebühr");
    }

    @Test
    void characters_that_the_declared_set_does_not_have_are_named() {
        var text = cash(STATEMENT.replace("</Ntry>", "<AddtlNtryInf>Gebühr</AddtlNtryInf></Ntry>"));
        assertThat(ReadPages.ofXml(text.getBytes(StandardCharsets.ISO_8859_1)).unread)
                .hasSize(1);
    }

    @Test
    void an_envelope_may_stand_around_it_and_names_the_sender() {
        var plain = cash(STATEMENT)
                .replaceAll("<Svcr>.*</Svcr>", "")
                .replace("<?xml version=\"1.0\" encoding=\"UTF-8\"?>", "");
        var read = ReadPages.ofXml(
                "<Envelope><AppHdr xmlns=\"urn:iso:std:iso:20022:tech:xsd:head.001.001.02\"><Fr><FIId><FinInstnId>"
                        + "<BICFI>CUSTGB2LXXX</BICFI></FinInstnId></FIId></Fr></AppHdr>" + plain + "</Envelope>");
        assertThat(read.unread).isEmpty();
        assertThat(read.pages.getFirst().page().key().sender()).isEqualTo("CUSTGB2L");
    }

    @Test
    void numbers_and_sums_that_the_sender_gives_are_checked() {
        var summary =
                "<TxsSummry><TtlNtries><NbOfNtries>1</NbOfNtries></TtlNtries><TtlDbtNtries><Sum>250.00</Sum></TtlDbtNtries></TxsSummry><Ntry>";
        var text = cash(STATEMENT.replace("<Ntry>", summary));
        assertThat(ReadPages.ofXml(text).only().refused()).isNull();
        assertThat(ReadPages.ofXml(text.replace("<NbOfNtries>1", "<NbOfNtries>2"))
                        .wrong()
                        .refusal())
                .isEqualTo(Refusal.STATEMENT_GAP);
        assertThat(ReadPages.ofXml(text.replace("<Sum>250", "<Sum>251")).wrong().refusal())
                .isEqualTo(Refusal.STATEMENT_NOT_FOOTING);
    }

    @Test
    void pages_of_cash_go_on_from_each_other() {
        var first = cash(STATEMENT
                .replace(
                        "</Id><CreDtTm>",
                        "</Id><StmtPgntn><PgNb>1</PgNb><LastPgInd>false</LastPgInd></StmtPgntn><CreDtTm>")
                .replace("<Cd>CLBD</Cd></CdOrPrtry>", "<Cd>CLBD</Cd></CdOrPrtry><SubTp><Cd>INTM</Cd></SubTp>"));
        var second = cash(STATEMENT
                .replace(
                        "</Id><CreDtTm>",
                        "</Id><StmtPgntn><PgNb>2</PgNb><LastPgInd>true</LastPgInd></StmtPgntn><CreDtTm>")
                .replace("<Cd>OPBD</Cd></CdOrPrtry>", "<Cd>OPBD</Cd></CdOrPrtry><SubTp><Cd>INTM</Cd></SubTp>")
                .replace("750.00", "500.00")
                .replace("1000.00", "750.00"));
        var read = ReadPages.ofXml(first);
        read.pages.addAll(ReadPages.ofXml(second).pages);
        assertThat(read.only().refused()).isNull();
        assertThat(read.only().closing()).isEqualByComparingTo("500");
        assertThat(ReadPages.ofXml(first).only().refused()).isNotNull();
    }

    // Movements and pending instructions

    private static final String GENERAL =
            "<Pgntn><PgNb>1</PgNb><LastPgInd>true</LastPgInd></Pgntn><StmtGnlDtls><StmtId>M1</StmtId>%s"
                    + "<ActvtyInd>true</ActvtyInd>%s</StmtGnlDtls><SfkpgAcct><Id>SAFE1</Id></SfkpgAcct>";
    private static final String DETAILS =
            "<TxActvty><Cd>SETT</Cd></TxActvty><SctiesMvmntTp>%s</SctiesMvmntTp><Pmt>APMT</Pmt>%s"
                    + "<PstngQty><Qty><Unit>500</Unit></Qty></PstngQty>";

    private static String movement(String direction, String mark, String reversal) {
        return document(
                "semt.017.001.12",
                "<SctiesTxPstngRpt>"
                        + GENERAL.formatted(
                                "<StmtPrd><FrDtToDt><FrDt>2026-11-23</FrDt><ToDt>2026-11-24</ToDt></FrDtToDt></StmtPrd><StmtBsis><Cd>SETT</Cd></StmtBsis>",
                                "<SubAcctInd>false</SubAcctInd>")
                        + "<FinInstrmDtls><FinInstrmId><ISIN>GB00BH4HKS39</ISIN></FinInstrmId><Tx><AcctOwnrTxId>SEME1</AcctOwnrTxId><AcctSvcrTxId>X1</AcctSvcrTxId><TxDtls>"
                        + DETAILS.formatted(direction, "") + "<PstngAmt><Amt Ccy=\"GBP\">361.50</Amt><CdtDbt>" + mark
                        + "</CdtDbt></PstngAmt>"
                        + "<TradDt><Dt><Dt>2026-11-20</Dt></Dt></TradDt><FctvSttlmDt><Dt>2026-11-24</Dt></FctvSttlmDt>"
                        + reversal
                        + "</TxDtls></Tx></FinInstrmDtls></SctiesTxPstngRpt>");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "<Cd>SETT</Cd>, '', -",
                "<Cd>CORP</Cd>, '', CORP",
                "<Cd>CORP</Cd>, <CorpActnEvtTp><Cd>SPLF</Cd></CorpActnEvtTp>, SPLF",
                "<Cd>SETT</Cd>, <SctiesTxTp><Cd>TRAD</Cd></SctiesTxTp>, -"
            })
    void a_movement_says_the_corporate_action_it_belongs_to(String activity, String type, String event) {
        var text = movement("RECE", "DBIT", "")
                .replace(
                        "<Cd>SETT</Cd></TxActvty>",
                        activity + "</TxActvty>"
                                + (type.isEmpty()
                                        ? ""
                                        : "<SttlmTxOrCorpActnEvtTp>" + type + "</SttlmTxOrCorpActnEvtTp>"));
        var read = ReadPages.ofXml(text);
        assertThat(((Movement) read.allLines().getFirst()).corporateAction()).isEqualTo(event);
    }

    @ParameterizedTest
    @CsvSource({
        "RECE, DBIT, '', 500, -361.5",
        "DELI, CRDT, '', -500, 361.5",
        "RECE, CRDT, <RvslInd>true</RvslInd>, -500, 361.5"
    })
    void a_movement_has_the_sign_of_what_it_does_to_us(
            String direction, String mark, String reversal, BigDecimal quantity, BigDecimal amount) {
        var text = movement(direction, mark, reversal);
        var read = ReadPages.ofXml(text);
        assertThat(read.unread).isEmpty();
        var movement = (Movement) read.allLines().getFirst();
        assertThat(movement.isin()).isEqualTo("GB00BH4HKS39");
        assertThat(movement.quantity()).isEqualByComparingTo(quantity);
        assertThat(movement.amount()).isEqualByComparingTo(amount);
        assertThat(movement.currency()).isEqualTo("GBP");
        assertThat(movement.reference()).isEqualTo("SEME1");
        assertThat(movement.settledOn()).isEqualTo(TUE_24_NOV_2026);
        assertThat(movement.tradeDate()).isEqualTo(LocalDate.of(2026, 11, 20));
        assertThat(read.pages.getFirst().page().key().date()).isEqualTo(TUE_24_NOV_2026);
        assertThat(read.pages.getFirst().page().from()).isEqualTo(LocalDate.of(2026, 11, 23));
    }

    @Test
    void pending_instructions_are_read_below_their_status_and_above_it() {
        var details = "<TxDtls>" + DETAILS.formatted("RECE", "<FinInstrmId><ISIN>GB00BH4HKS39</ISIN></FinInstrmId>")
                + "<SttlmDt><Dt><Dt>2026-11-24</Dt></Dt></SttlmDt></TxDtls>";
        var failing = "<StsAndRsn><SttlmSts><Flng><Rsn><Cd><Cd>CLAC</Cd></Cd></Rsn></Flng></SttlmSts></StsAndRsn>";
        var unmatched =
                "<StsAndRsn><MtchgSts><Umtchd><Rsn><Cd><Cd>CMIS</Cd></Cd></Rsn></Umtchd></MtchgSts></StsAndRsn>";
        var text = document(
                "semt.018.001.13",
                "<SctiesTxPdgRpt>"
                        + GENERAL.formatted("<StmtDtTm><Dt>2026-11-24</Dt></StmtDtTm><StmtStr>STAT</StmtStr>", "")
                        + "<Sts>" + failing
                        + "<Tx><AcctOwnrTxId>SEME1</AcctOwnrTxId>" + details
                        + "</Tx></Sts><Txs><AcctOwnrTxId>SEME3</AcctOwnrTxId>" + details
                        + unmatched + "</Txs></SctiesTxPdgRpt>");
        var read = ReadPages.ofXml(text);
        assertThat(read.unread).isEmpty();
        assertThat(read.allLines())
                .extracting(line -> ((Pending) line).reference() + " " + ((Pending) line).status() + " "
                        + ((Pending) line).reasons() + " " + ((Pending) line).settlementDate())
                .containsExactly("SEME1 SETT//PENF [CLAC] 2026-11-24", "SEME3 MTCH//NMAT [CMIS] 2026-11-24");
    }

    @Test
    void the_place_of_an_entry_is_that_in_the_file() {
        var text = cash(STATEMENT);
        var span = ReadPages.ofXml(text).allLines().getFirst().span();
        assertThat(text.substring((int) span.from(), (int) span.from() + span.length()))
                .startsWith("<TxDtls>")
                .endsWith("</TxDtls>");
    }
}
