package org.tradesuite.reporting.mifir;

import com.prowidesoftware.swift.model.mx.MxAuth01600101;
import com.prowidesoftware.swift.model.mx.MxWriteConfiguration;
import com.prowidesoftware.swift.model.mx.adapters.IsoDateTimeAdapter;
import com.prowidesoftware.swift.model.mx.dic.ActiveCurrencyAnd13DecimalAmount;
import com.prowidesoftware.swift.model.mx.dic.AmountAndDirection61;
import com.prowidesoftware.swift.model.mx.dic.ExecutingParty1Choice;
import com.prowidesoftware.swift.model.mx.dic.FinancialInstrumentAttributes3Choice;
import com.prowidesoftware.swift.model.mx.dic.FinancialInstrumentQuantity25Choice;
import com.prowidesoftware.swift.model.mx.dic.FinancialInstrumentReportingTransactionReportV01;
import com.prowidesoftware.swift.model.mx.dic.GenericPersonIdentification1;
import com.prowidesoftware.swift.model.mx.dic.InvestmentParty1Choice;
import com.prowidesoftware.swift.model.mx.dic.PartyIdentification76;
import com.prowidesoftware.swift.model.mx.dic.PartyIdentification79;
import com.prowidesoftware.swift.model.mx.dic.PersonIdentification12;
import com.prowidesoftware.swift.model.mx.dic.PersonIdentificationSchemeName1Choice;
import com.prowidesoftware.swift.model.mx.dic.PersonOrOrganisation1Choice;
import com.prowidesoftware.swift.model.mx.dic.PersonOrOrganisation2Choice;
import com.prowidesoftware.swift.model.mx.dic.RegulatoryTradingCapacity1Code;
import com.prowidesoftware.swift.model.mx.dic.ReportingTransactionType1Choice;
import com.prowidesoftware.swift.model.mx.dic.SecuritiesTransaction1;
import com.prowidesoftware.swift.model.mx.dic.SecuritiesTransactionIndicator2;
import com.prowidesoftware.swift.model.mx.dic.SecuritiesTransactionPrice2Choice;
import com.prowidesoftware.swift.model.mx.dic.SecuritiesTransactionPrice4Choice;
import com.prowidesoftware.swift.model.mx.dic.SecuritiesTransactionReport2;
import com.prowidesoftware.swift.model.mx.dic.SecuritiesTransactionReport4;
import com.prowidesoftware.swift.model.mx.dic.SecuritiesTransactionTransmission2;
import com.prowidesoftware.swift.model.mx.dic.Side5Code;
import jakarta.xml.bind.annotation.adapters.XmlAdapter;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tradesuite.market.Lei;
import org.tradesuite.market.Side;

/**
 * The file as it is sent: BizData (head.003) around AppHdr (head.001) and the report (auth.016.001.01). Times are UTC with
 * six digits and a Z, since fewer digits read as a coarser clock (RTS 25); numbers are written in full. Equal records
 * give equal bytes.
 */
final class TransactionFile {

    private static final DateTimeFormatter MICROSECONDS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'");
    private static final String MESSAGE = "auth.016.001.01";
    /** The venue field of a firm that is not itself facing the market. */
    private static final String NOT_MARKET_FACING = "XOFF";

    private final Firm firm;
    private final String authority;

    TransactionFile(Firm firm, String authority) {
        this.firm = firm;
        this.authority = authority;
    }

    /**
     * Writes the file.
     *
     * @param identifier business message identifier, at most 35 characters, never used before
     * @param createdAt when the file says it was made
     */
    byte[] write(
            String identifier, Instant createdAt, List<Transaction> transactions, List<Cancellation> cancellations) {
        MxAuth01600101 message = new MxAuth01600101();
        FinancialInstrumentReportingTransactionReportV01 report =
                new FinancialInstrumentReportingTransactionReportV01();
        cancellations.forEach(cancellation ->
                report.addTx(new ReportingTransactionType1Choice().setCxl(toCancellation(cancellation))));
        transactions.forEach(
                transaction -> report.addTx(new ReportingTransactionType1Choice().setNew(toReport(transaction))));
        message.setFinInstrmRptgTxRpt(report);
        String file = """
            <?xml version="1.0" encoding="UTF-8"?>
            <BizData xmlns="urn:iso:std:iso:20022:tech:xsd:head.003.001.01">
            <Hdr>
            <AppHdr xmlns="urn:iso:std:iso:20022:tech:xsd:head.001.001.01">
            <Fr><OrgId><Id><OrgId><Othr><Id>%s</Id></Othr></OrgId></Id></OrgId></Fr>
            <To><OrgId><Id><OrgId><Othr><Id>%s</Id></Othr></OrgId></Id></OrgId></To>
            <BizMsgIdr>%s</BizMsgIdr>
            <MsgDefIdr>%s</MsgDefIdr>
            <CreDt>%s</CreDt>
            </AppHdr>
            </Hdr>
            <Pyld>
            %s
            </Pyld>
            </BizData>
            """.formatted(
                        firm.lei(),
                        escaped(authority),
                        escaped(identifier),
                        MESSAGE,
                        MICROSECONDS.format(createdAt.atOffset(ZoneOffset.UTC)),
                        message.message(form()).strip());
        return file.getBytes(StandardCharsets.UTF_8);
    }

    private static MxWriteConfiguration form() {
        MxWriteConfiguration form = new MxWriteConfiguration();
        form.includeXMLDeclaration = false;
        form.useCategoryAsDocumentPrefix = false;
        form.documentPrefix = null;
        form.adapters.dateTimeAdapter = new IsoDateTimeAdapter(new SixDigits());
        return form;
    }

    private SecuritiesTransactionReport2 toCancellation(Cancellation cancellation) {
        return new SecuritiesTransactionReport2()
                .setTxId(cancellation.trn())
                .setExctgPty(firm.lei().toString())
                .setSubmitgPty(firm.lei().toString());
    }

    private SecuritiesTransactionReport4 toReport(Transaction transaction) {
        PartyIdentification79 client = client(transaction.accountOwner());
        PartyIdentification79 broker = party(transaction.broker());
        boolean buys = transaction.side() == Side.BUY;
        return new SecuritiesTransactionReport4()
                .setTxId(transaction.trn())
                .setExctgPty(firm.lei().toString())
                .setInvstmtPtyInd(true)
                .setSubmitgPty(firm.lei().toString())
                .setBuyr(buys ? client : broker)
                .setSellr(buys ? broker : client)
                .setOrdrTrnsmssn(new SecuritiesTransactionTransmission2().setTrnsmssnInd(false))
                .setTx(new SecuritiesTransaction1()
                        .setTradDt(transaction.executedAt().atOffset(ZoneOffset.UTC))
                        .setTradgCpcty(RegulatoryTradingCapacity1Code.AOTC)
                        .setQty(new FinancialInstrumentQuantity25Choice().setUnit(plain(transaction.quantity())))
                        .setPric(new SecuritiesTransactionPrice4Choice()
                                .setPric(new SecuritiesTransactionPrice2Choice()
                                        .setMntryVal(new AmountAndDirection61().setAmt(amount(transaction)))))
                        .setTradVn(NOT_MARKET_FACING))
                .setFinInstrm(new FinancialInstrumentAttributes3Choice()
                        .setId(transaction.isin().toString()))
                .setInvstmtDcsnPrsn(new InvestmentParty1Choice().setAlgo(transaction.decisionAlgorithm()))
                .setExctgPrsn(executor(transaction))
                .setAddtlAttrbts(attributes(transaction.shortSale()));
    }

    /** The owner of the account, with us as decision maker under the mandate and our country as branch. */
    private PartyIdentification79 client(Lei owner) {
        return new PartyIdentification79()
                .addAcctOwnr(new PartyIdentification76()
                        .setId(new PersonOrOrganisation1Choice().setLEI(owner.toString()))
                        .setCtryOfBrnch(firm.country()))
                .addDcsnMakr(new PersonOrOrganisation2Choice().setLEI(firm.lei().toString()));
    }

    private static PartyIdentification79 party(Lei broker) {
        return new PartyIdentification79()
                .addAcctOwnr(
                        new PartyIdentification76().setId(new PersonOrOrganisation1Choice().setLEI(broker.toString())));
    }

    private static ActiveCurrencyAnd13DecimalAmount amount(Transaction transaction) {
        ActiveCurrencyAnd13DecimalAmount amount = new ActiveCurrencyAnd13DecimalAmount();
        amount.setValue(plain(transaction.price()));
        amount.setCcy(transaction.currency());
        return amount;
    }

    private ExecutingParty1Choice executor(Transaction transaction) {
        Transaction.Person person = transaction.executor();
        if (person == null) {
            return new ExecutingParty1Choice().setAlgo(transaction.executionAlgorithm());
        }
        PersonIdentificationSchemeName1Choice scheme = new PersonIdentificationSchemeName1Choice();
        if (person.scheme() == Transaction.Scheme.CONCAT) {
            scheme.setPrtry("CONCAT");
        } else {
            scheme.setCd(person.scheme().name());
        }
        return new ExecutingParty1Choice()
                .setPrsn(new PersonIdentification12()
                        .setCtryOfBrnch(firm.country())
                        .setOthr(new GenericPersonIdentification1()
                                .setId(person.identifier())
                                .setSchmeNm(scheme)));
    }

    private static SecuritiesTransactionIndicator2 attributes(@Nullable Boolean shortSale) {
        SecuritiesTransactionIndicator2 attributes = new SecuritiesTransactionIndicator2().setSctiesFincgTxInd(false);
        if (shortSale != null) {
            attributes.setShrtSellgInd(shortSale ? Side5Code.SESH : Side5Code.SELL);
        }
        return attributes;
    }

    /** The writer prints what toString gives; a stripped 1000 would come out as 1E+3. */
    private static BigDecimal plain(BigDecimal number) {
        BigDecimal stripped = number.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    /** Always six digits and Z; the library's own adapters print an offset or drop trailing zeros. */
    private static final class SixDigits extends XmlAdapter<String, OffsetDateTime> {
        @Override
        public OffsetDateTime unmarshal(String text) {
            return OffsetDateTime.parse(text);
        }

        @Override
        public String marshal(OffsetDateTime time) {
            return MICROSECONDS.format(time.withOffsetSameInstant(ZoneOffset.UTC));
        }
    }
}
