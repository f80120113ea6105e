package org.tradesuite.settlement.confirmation;

import java.util.Collection;
import org.tradesuite.market.Bic;
import org.tradesuite.market.Currency;
import org.tradesuite.market.Isin;
import org.tradesuite.market.Money;
import org.tradesuite.settlement.exceptions.ExceptionKind;
import org.tradesuite.settlement.standing.Pick;
import org.tradesuite.settlement.standing.StandingInstruction;
import org.tradesuite.settlement.standing.StandingKey;

/** What is to be done with a trade (rulebook 1.2, steps 1 to 3). */
sealed interface Judgement {

    /** All is known: it can be instructed. */
    record Ready(StandingInstruction standing) implements Judgement {}

    /** It has settled where it was traded. */
    record SettledAtVenue() implements Judgement {}

    record Held(ExceptionKind kind, String detail) implements Judgement {}

    static Judgement of(ConfirmedTrade trade, Collection<StandingInstruction> standing) {
        if (trade.confirmStatus().equals("UNCONFIRMED")) {
            return new Held(
                    ExceptionKind.UNCONFIRMED,
                    trade.brokerId() + " has not confirmed the trade: chase the confirmation.");
        }
        if (trade.confirmStatus().equals("MISMATCHED")) {
            return new Held(
                    ExceptionKind.MISMATCHED,
                    trade.brokerId() + " confirmed other terms: agree the trade with the broker.");
        }
        if (trade.isCrypto()) {
            return new SettledAtVenue();
        }
        var custodian = trade.custodianBic();
        var account = trade.safekeepingAccount();
        if (custodian == null || account == null) {
            return new Held(
                    ExceptionKind.NO_ACCOUNT,
                    "Account " + trade.accountId() + " has no custodian or safekeeping account in reference data.");
        }
        var place = trade.placeOfSettlement();
        if (place == null) {
            return new Held(
                    ExceptionKind.NO_PLACE_OF_SETTLEMENT,
                    "Instrument " + trade.instrumentId() + " has no place of settlement in reference data.");
        }
        try {
            wellFormed(trade);
        } catch (IllegalArgumentException wrong) {
            return new Held(ExceptionKind.NOT_INSTRUCTABLE, String.valueOf(wrong.getMessage()));
        }
        var key = new StandingKey(
                trade.brokerBic(),
                place,
                trade.accountId(),
                String.valueOf(trade.assetClass()),
                trade.currency(),
                trade.settlementDate());
        return switch (Pick.of(standing, key)) {
            case Pick.Chosen(var chosen) -> new Ready(chosen);
            case Pick.None() ->
                new Held(
                        ExceptionKind.NO_STANDING_INSTRUCTION,
                        "No approved standing instruction of " + trade.brokerBic() + " at " + place + " in "
                                + trade.currency() + " is valid on " + trade.settlementDate() + ".");
            case Pick.Tie(var equal) ->
                new Held(
                        ExceptionKind.AMBIGUOUS_STANDING_INSTRUCTION,
                        "Equally specific for " + trade.brokerBic() + " at " + place + ": " + equal
                                + ". Make one of them more specific.");
        };
    }

    private static void wellFormed(ConfirmedTrade trade) {
        var isin = trade.isin();
        if (isin == null) {
            throw new IllegalArgumentException("Instrument " + trade.instrumentId() + " has no ISIN.");
        }
        Isin.of(isin);
        Bic.of(trade.brokerBic());
        var amount = Money.of(trade.netAmount(), Currency.of(trade.currency()));
        if (amount.amount().signum() <= 0) {
            throw new IllegalArgumentException("Net amount " + amount + " is not above zero.");
        }
    }
}
