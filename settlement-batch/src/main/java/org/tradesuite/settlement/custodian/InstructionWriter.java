package org.tradesuite.settlement.custodian;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.tradesuite.market.Currency;
import org.tradesuite.market.Money;
import org.tradesuite.market.Quantity;
import org.tradesuite.settlement.instruction.Direction;
import org.tradesuite.settlement.instruction.Terms;

/**
 * Writes an instruction in both of the custodian's languages and reads both back before they may leave: every fact must
 * come back from each as it stands in the terms. A library that drops a field, or a mapping that swaps two parties, is
 * found here and not at the depository.
 */
public final class InstructionWriter {

    /** @param fin MT541 or MT543
     *  @param iso sese.023 */
    public record Written(String fin, String iso) {}

    private InstructionWriter() {}

    /** @throws IllegalStateException if either text does not say what the terms say */
    public static Written write(Terms terms, Instant preparedAt) {
        var fin = FinInstruction.write(terms, preparedAt);
        var iso = IsoInstruction.write(terms, preparedAt);
        agree(terms, "MT" + (isReceive(terms) ? "541" : "543"), factsOfFin(fin));
        agree(terms, "sese.023", factsOfIso(iso));
        return new Written(fin, iso);
    }

    /** What both sides of a settlement must agree on, by name. */
    static Map<String, String> facts(Terms terms) {
        var facts = new TreeMap<String, String>();
        facts.put("reference", terms.reference());
        facts.put("direction", terms.direction().name());
        facts.put(
                "place of trade",
                terms.placeOfTrade() == null ? "" : terms.placeOfTrade().value());
        facts.put("trade date", terms.tradeDate().toString());
        facts.put("settlement date", terms.settlementDate().toString());
        facts.put("isin", terms.isin().value());
        facts.put("quantity", terms.quantity().toString());
        facts.put("account", terms.safekeepingAccount());
        facts.put("place of settlement", terms.placeOfSettlement().value());
        facts.put("counterparty", terms.counterparty().value());
        facts.put("counterparty agent", terms.counterpartyAgent().value());
        facts.put("counterparty account", terms.counterpartyAccount() == null ? "" : terms.counterpartyAccount());
        facts.put("amount", terms.amount().toString());
        facts.put("from", terms.us().withBranch());
        facts.put("to", terms.custodian().withBranch());
        return facts;
    }

    static Map<String, String> factsOfFin(String fin) {
        var text = FinText.parse(fin);
        var receive = text.type().equals("541");
        var parties = text.lines().stream()
                .filter(line -> line.path().equals("SETDET/SETPRTY"))
                .toList();
        var facts = new TreeMap<String, String>();
        facts.put("reference", text.one("GENL", "20C", "SEME"));
        facts.put("direction", receive ? "RECE" : "DELI");
        facts.put(
                "place of trade",
                text.optional("TRADDET", "94B", "TRAD")
                        .map(place -> place.substring(5))
                        .orElse(""));
        facts.put(
                "trade date",
                FinText.date("98A TRAD", text.one("TRADDET", "98A", "TRAD")).toString());
        facts.put(
                "settlement date",
                FinText.date("98A SETT", text.one("TRADDET", "98A", "SETT")).toString());
        facts.put("isin", FinText.isin(text.one("TRADDET", "35B", "")).value());
        facts.put(
                "quantity",
                FinText.units("36B SETT", text.one("FIAC", "36B", "SETT")).toString());
        facts.put("account", text.one("FIAC", "97A", "SAFE"));
        facts.put("place of settlement", text.one("SETDET/SETPRTY", "95P", "PSET"));
        facts.put("counterparty", text.one("SETDET/SETPRTY", "95P", receive ? "SELL" : "BUYR"));
        facts.put("counterparty agent", text.one("SETDET/SETPRTY", "95P", receive ? "DEAG" : "REAG"));
        facts.put(
                "counterparty account",
                text.optional("SETDET/SETPRTY", "97A", "SAFE").orElse(""));
        facts.put(
                "amount",
                FinText.money("19A SETT", text.one("SETDET/AMT", "19A", "SETT")).toString());
        facts.put("from", text.sender().withBranch());
        facts.put("to", text.receiver().withBranch());
        if (parties.size() > 4) {
            throw new IllegalStateException("More parties than written: " + parties);
        }
        return facts;
    }

    static Map<String, String> factsOfIso(String iso) {
        var message = IsoInstruction.parse(iso);
        var header = message.getAppHdr();
        var body = message.getSctiesSttlmTxInstr();
        var receive = body.getSttlmTpAndAddtlParams().getSctiesMvmntTp().value().equals("RECE");
        var theirs = receive ? body.getDlvrgSttlmPties() : body.getRcvgSttlmPties();
        var accountAtAgent = theirs.getPty1().getSfkpgAcct();
        var placeOfTrade = body.getTradDtls().getPlcOfTrad();
        var amount = body.getSttlmAmt().getAmt();
        if (receive != body.getSttlmAmt().getCdtDbtInd().value().equals("DBIT")) {
            throw new IllegalStateException(
                    "sese.023 of " + body.getTxId() + ": cash and securities move the same way");
        }
        var facts = new TreeMap<String, String>();
        facts.put("reference", body.getTxId());
        facts.put(
                "direction", body.getSttlmTpAndAddtlParams().getSctiesMvmntTp().value());
        facts.put(
                "place of trade",
                placeOfTrade == null ? "" : placeOfTrade.getMktTpAndId().getId().getMktIdrCd());
        facts.put("trade date", body.getTradDtls().getTradDt().getDt().getDt().toString());
        facts.put(
                "settlement date",
                body.getTradDtls().getSttlmDt().getDt().getDt().toString());
        facts.put("isin", body.getFinInstrmId().getISIN());
        facts.put(
                "quantity",
                Quantity.of(body.getQtyAndAcctDtls().getSttlmQty().getQty().getUnit())
                        .toString());
        facts.put("account", body.getQtyAndAcctDtls().getSfkpgAcct().getId());
        facts.put("place of settlement", theirs.getDpstry().getId().getAnyBIC());
        facts.put("counterparty", theirs.getPty2().getId().getAnyBIC());
        facts.put("counterparty agent", theirs.getPty1().getId().getAnyBIC());
        facts.put("counterparty account", accountAtAgent == null ? "" : accountAtAgent.getId());
        facts.put(
                "amount",
                Money.of(amount.getValue(), Currency.of(amount.getCcy())).toString());
        facts.put("from", header.from());
        facts.put("to", header.to());
        if (!header.reference().equals(body.getTxId())) {
            throw new IllegalStateException("sese.023 header names " + header.reference() + ", not " + body.getTxId());
        }
        return facts;
    }

    private static void agree(Terms terms, String language, Map<String, String> written) {
        var meant = facts(terms);
        for (var fact : meant.entrySet()) {
            var read = written.get(fact.getKey());
            if (!fact.getValue().equals(read)) {
                throw new IllegalStateException(language + " of " + terms.reference() + " says " + fact.getKey() + " '"
                        + read + "', the terms say '" + fact.getValue() + "': the instruction must not leave.");
            }
        }
    }

    private static boolean isReceive(Terms terms) {
        return terms.direction() == Direction.RECE;
    }
}
