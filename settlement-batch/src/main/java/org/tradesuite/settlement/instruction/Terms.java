package org.tradesuite.settlement.instruction;

import java.time.LocalDate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tradesuite.market.AccountId;
import org.tradesuite.market.Bic;
import org.tradesuite.market.InstrumentId;
import org.tradesuite.market.Isin;
import org.tradesuite.market.Mic;
import org.tradesuite.market.Money;
import org.tradesuite.market.Quantity;

/**
 * What we ask the custodian to do. It never changes once sent: a correction is a new instruction under a new reference.
 * The standing instruction it was built from is named with its version, so that an edit made tomorrow does not change
 * what we say we sent today.
 *
 * @param reference our sender's message reference (SEME), at most 16 characters, never used twice
 * @param amount the cash against the securities, above zero, in the settlement currency
 * @param counterpartyAgent the custodian of the other side: delivering agent when we receive, receiving agent when we
 *     deliver
 * @param standing where the counterparty delivers, as it stood
 */
public record Terms(
        String reference,
        String tradeId,
        AccountId account,
        String safekeepingAccount,
        InstrumentId instrument,
        Isin isin,
        @Nullable Mic placeOfTrade,
        Direction direction,
        Quantity quantity,
        Money amount,
        LocalDate tradeDate,
        LocalDate settlementDate,
        Bic us,
        Bic custodian,
        Bic placeOfSettlement,
        Bic counterparty,
        Bic counterpartyAgent,
        @Nullable String counterpartyAccount,
        StandingVersion standing) {

    private static final Pattern REFERENCE = Pattern.compile("[A-Z0-9]{1,16}");
    private static final Pattern ACCOUNT = Pattern.compile("[A-Za-z0-9/?:().,'+-]{1,35}");

    /** Which standing instruction was used, as it stood. */
    public record StandingVersion(String id, int version) {}

    public Terms {
        if (!REFERENCE.matcher(reference).matches()) {
            throw new IllegalArgumentException("Reference '" + reference
                    + "' is not 1 to 16 capital letters and digits: field 20C SEME holds no more.");
        }
        checkAccount(safekeepingAccount);
        if (counterpartyAccount != null) {
            checkAccount(counterpartyAccount);
        }
        if (quantity.isZero()) {
            throw new IllegalArgumentException("Instruction " + reference + " moves no securities: quantity is zero.");
        }
        if (amount.amount().signum() <= 0) {
            throw new IllegalArgumentException("Instruction " + reference + " is against payment of " + amount
                    + ": the amount must be above zero, the direction says who pays.");
        }
        if (settlementDate.isBefore(tradeDate)) {
            throw new IllegalArgumentException("Instruction " + reference + " would settle on " + settlementDate
                    + ", before its trade of " + tradeDate + ".");
        }
    }

    /**
     * Field 97A takes 35 characters of the SWIFT set; a slash at either end or two together would end the field early.
     *
     * @throws IllegalArgumentException if it does not fit
     */
    public static void checkAccount(String account) {
        if (!ACCOUNT.matcher(account).matches()
                || account.startsWith("/")
                || account.endsWith("/")
                || account.contains("//")) {
            throw new IllegalArgumentException("Account '" + account
                    + "' is not 1 to 35 characters of the SWIFT set without leading, trailing or double slash.");
        }
    }
}
