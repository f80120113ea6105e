package org.tradesuite.execution.reference;

import org.jspecify.annotations.Nullable;
import org.tradesuite.market.Currency;
import org.tradesuite.market.InstrumentId;

/** By which of its traits a rule of a mandate looks at what is held. */
public enum MandateDimension {
    INSTRUMENT,
    /** By LEI, or by name where the reference data has no LEI. */
    ISSUER,
    SECTOR,
    COUNTRY,
    CURRENCY,
    ASSET_CLASS,
    /** The account as a whole. */
    ACCOUNT;

    /** The trait of that instrument; null if the reference data does not know it, and for the account as a whole. */
    public @Nullable String of(Instrument instrument) {
        return switch (this) {
            case INSTRUMENT -> instrument.id().value();
            case ISSUER -> {
                var lei = instrument.issuerLei();
                yield lei != null ? lei.value() : instrument.issuer();
            }
            case SECTOR -> instrument.sector();
            case COUNTRY -> instrument.country();
            case CURRENCY -> instrument.currency().code();
            case ASSET_CLASS -> instrument.assetClass().name();
            case ACCOUNT -> null;
        };
    }

    /** @throws IllegalArgumentException if nothing can have such a trait */
    void check(String value) {
        if (value.equals(MandateRule.EACH)) {
            return;
        }
        switch (this) {
            case INSTRUMENT -> InstrumentId.of(value);
            case CURRENCY -> Currency.of(value);
            case COUNTRY -> Column.country("value").value(value);
            case ASSET_CLASS -> Column.oneOf("value", AssetClass.class).value(value);
            case ISSUER, SECTOR -> {}
            case ACCOUNT ->
                throw new IllegalArgumentException("'" + value + "' is no part of an account: send * for the whole.");
        }
    }
}
