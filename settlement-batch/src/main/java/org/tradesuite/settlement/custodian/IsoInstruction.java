package org.tradesuite.settlement.custodian;

import com.prowidesoftware.swift.model.mx.BusinessAppHdrV02;
import com.prowidesoftware.swift.model.mx.MxReadConfiguration;
import com.prowidesoftware.swift.model.mx.MxSese02300112;
import com.prowidesoftware.swift.model.mx.MxWriteParams;
import com.prowidesoftware.swift.model.mx.dic.ActiveCurrencyAndAmount;
import com.prowidesoftware.swift.model.mx.dic.AmountAndDirection94;
import com.prowidesoftware.swift.model.mx.dic.BranchAndFinancialInstitutionIdentification6;
import com.prowidesoftware.swift.model.mx.dic.BusinessApplicationHeaderV02Impl;
import com.prowidesoftware.swift.model.mx.dic.CreditDebitCode;
import com.prowidesoftware.swift.model.mx.dic.DateAndDateTime2Choice;
import com.prowidesoftware.swift.model.mx.dic.DeliveryReceiptType2Code;
import com.prowidesoftware.swift.model.mx.dic.FinancialInstitutionIdentification18;
import com.prowidesoftware.swift.model.mx.dic.FinancialInstrumentQuantity33Choice;
import com.prowidesoftware.swift.model.mx.dic.MarketIdentification1Choice;
import com.prowidesoftware.swift.model.mx.dic.MarketIdentification84;
import com.prowidesoftware.swift.model.mx.dic.MarketType8Choice;
import com.prowidesoftware.swift.model.mx.dic.Party44Choice;
import com.prowidesoftware.swift.model.mx.dic.PartyIdentification120Choice;
import com.prowidesoftware.swift.model.mx.dic.PartyIdentification257Choice;
import com.prowidesoftware.swift.model.mx.dic.PartyIdentification315;
import com.prowidesoftware.swift.model.mx.dic.PartyIdentificationAndAccount196;
import com.prowidesoftware.swift.model.mx.dic.PlaceOfTradeIdentification1;
import com.prowidesoftware.swift.model.mx.dic.Quantity51Choice;
import com.prowidesoftware.swift.model.mx.dic.QuantityAndAccount117;
import com.prowidesoftware.swift.model.mx.dic.ReceiveDelivery1Code;
import com.prowidesoftware.swift.model.mx.dic.SecuritiesAccount19;
import com.prowidesoftware.swift.model.mx.dic.SecuritiesSettlementTransactionInstructionV12;
import com.prowidesoftware.swift.model.mx.dic.SecuritiesTradeDetails142;
import com.prowidesoftware.swift.model.mx.dic.SecuritiesTransactionType23Code;
import com.prowidesoftware.swift.model.mx.dic.SecuritiesTransactionType47Choice;
import com.prowidesoftware.swift.model.mx.dic.SecurityIdentification19;
import com.prowidesoftware.swift.model.mx.dic.SettlementDate17Choice;
import com.prowidesoftware.swift.model.mx.dic.SettlementDetails219;
import com.prowidesoftware.swift.model.mx.dic.SettlementParties126;
import com.prowidesoftware.swift.model.mx.dic.SettlementTypeAndAdditionalParameters23;
import com.prowidesoftware.swift.model.mx.dic.TradeDate8Choice;
import jakarta.xml.bind.JAXBContext;
import jakarta.xml.bind.JAXBException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.tradesuite.market.Bic;
import org.tradesuite.market.Mic;
import org.tradesuite.settlement.instruction.Direction;
import org.tradesuite.settlement.instruction.Terms;

/** The same instruction as sese.023.001.12 under a business application header, times in UTC written with Z. */
final class IsoInstruction {

    /**
     * Prowide makes a JAXB context for every message, which takes a hundred times longer than the message. Writing needs
     * one each for header and document, or both get the wrong namespaces; reading needs both in one.
     */
    private static final JAXBContext HEADER = context(BusinessApplicationHeaderV02Impl._classes);

    private static final JAXBContext DOCUMENT = context(MxSese02300112.class);
    private static final JAXBContext BOTH =
            context(MxSese02300112.class, BusinessAppHdrV02.class, BusinessApplicationHeaderV02Impl.class);

    private IsoInstruction() {}

    static String write(Terms terms, Instant preparedAt) {
        var message = new MxSese02300112();
        message.setAppHdr(header(terms, preparedAt));
        message.setSctiesSttlmTxInstr(document(terms));
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <RequestPayload>
                """ + message.header(layout(HEADER)) + "\n" + message.document(layout(DOCUMENT))
                + "\n</RequestPayload>\n";
    }

    /** Reads back what {@link #write} has written. */
    static MxSese02300112 parse(String text) {
        var reading = new MxReadConfiguration();
        reading.context = BOTH;
        return MxSese02300112.parse(text, reading);
    }

    private static MxWriteParams layout(JAXBContext context) {
        var layout = new MxWriteParams();
        layout.context = context;
        layout.includeXMLDeclaration = false;
        return layout;
    }

    private static JAXBContext context(Class<?>... classes) {
        try {
            return JAXBContext.newInstance(classes);
        } catch (JAXBException broken) {
            throw new IllegalStateException("Prowide's classes of sese.023 are not what they were", broken);
        }
    }

    private static BusinessAppHdrV02 header(Terms terms, Instant preparedAt) {
        var header = new BusinessAppHdrV02();
        header.setUseZuluCreationDateTime(true);
        header.setFr(institution(terms.us()));
        header.setTo(institution(terms.custodian()));
        header.setBizMsgIdr(terms.reference());
        header.setMsgDefIdr("sese.023.001.12");
        header.setCreDt(preparedAt.truncatedTo(ChronoUnit.SECONDS).atOffset(ZoneOffset.UTC));
        return header;
    }

    private static SecuritiesSettlementTransactionInstructionV12 document(Terms terms) {
        var receive = terms.direction() == Direction.RECE;
        var theirs = parties(
                terms.placeOfSettlement(),
                terms.counterpartyAgent(),
                terms.counterpartyAccount(),
                party(terms.counterparty(), null));
        var ours = parties(terms.placeOfSettlement(), terms.custodian(), null, null);
        return new SecuritiesSettlementTransactionInstructionV12()
                .setTxId(terms.reference())
                .setSttlmTpAndAddtlParams(new SettlementTypeAndAdditionalParameters23()
                        .setSctiesMvmntTp(receive ? ReceiveDelivery1Code.RECE : ReceiveDelivery1Code.DELI)
                        .setPmt(DeliveryReceiptType2Code.APMT))
                .setTradDtls(new SecuritiesTradeDetails142()
                        .setPlcOfTrad(placeOfTrade(terms.placeOfTrade()))
                        .setTradDt(new TradeDate8Choice().setDt(date(terms.tradeDate())))
                        .setSttlmDt(new SettlementDate17Choice().setDt(date(terms.settlementDate()))))
                .setFinInstrmId(
                        new SecurityIdentification19().setISIN(terms.isin().value()))
                .setQtyAndAcctDtls(new QuantityAndAccount117()
                        .setSttlmQty(new Quantity51Choice()
                                .setQty(new FinancialInstrumentQuantity33Choice()
                                        .setUnit(terms.quantity().value())))
                        .setSfkpgAcct(new SecuritiesAccount19().setId(terms.safekeepingAccount())))
                .setSttlmParams(new SettlementDetails219()
                        .setSctiesTxTp(
                                new SecuritiesTransactionType47Choice().setCd(SecuritiesTransactionType23Code.TRAD)))
                .setDlvrgSttlmPties(receive ? theirs : ours)
                .setRcvgSttlmPties(receive ? ours : theirs)
                .setSttlmAmt(new AmountAndDirection94()
                        .setAmt(new ActiveCurrencyAndAmount()
                                .setCcy(terms.amount().currency().code())
                                .setValue(terms.amount().amount()))
                        .setCdtDbtInd(receive ? CreditDebitCode.DBIT : CreditDebitCode.CRDT));
    }

    private static @Nullable PlaceOfTradeIdentification1 placeOfTrade(@Nullable Mic mic) {
        return mic == null
                ? null
                : new PlaceOfTradeIdentification1()
                        .setMktTpAndId(new MarketIdentification84()
                                .setId(new MarketIdentification1Choice().setMktIdrCd(mic.value()))
                                .setTp(new MarketType8Choice()
                                        .setCd(com.prowidesoftware.swift.model.mx.dic.MarketType2Code.EXCH)));
    }

    private static SettlementParties126 parties(
            Bic placeOfSettlement,
            Bic agent,
            @Nullable String accountAtAgent,
            @Nullable PartyIdentificationAndAccount196 client) {
        return new SettlementParties126()
                .setDpstry(new PartyIdentification315()
                        .setId(new PartyIdentification257Choice().setAnyBIC(placeOfSettlement.value())))
                .setPty1(party(agent, accountAtAgent))
                .setPty2(client);
    }

    private static PartyIdentificationAndAccount196 party(Bic bic, @Nullable String account) {
        var party =
                new PartyIdentificationAndAccount196().setId(new PartyIdentification120Choice().setAnyBIC(bic.value()));
        return account == null ? party : party.setSfkpgAcct(new SecuritiesAccount19().setId(account));
    }

    private static DateAndDateTime2Choice date(LocalDate date) {
        return new DateAndDateTime2Choice().setDt(date);
    }

    private static Party44Choice institution(Bic bic) {
        return new Party44Choice()
                .setFIId(new BranchAndFinancialInstitutionIdentification6()
                        .setFinInstnId(new FinancialInstitutionIdentification18().setBICFI(bic.withBranch())));
    }
}
