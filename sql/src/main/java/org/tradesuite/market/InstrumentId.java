package org.tradesuite.market;

import java.util.regex.Pattern;

/** Our name of an instrument on a market: its local symbol, a dot, the market. VOD.XLON, 7203.XTKS, BTC/USD.XBTS. */
public record InstrumentId(String value) implements Comparable<InstrumentId> {

    private static final Pattern FORM = Pattern.compile("[A-Z0-9][A-Z0-9./&_-]{0,23}\\.[A-Z0-9]{4}");

    public InstrumentId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("Instrument '" + value
                    + "' is not a symbol, a dot and a market: send it as in VOD.XLON, in capital letters.");
        }
    }

    public static InstrumentId of(String value) {
        return new InstrumentId(value);
    }

    public static InstrumentId of(String symbol, Mic mic) {
        return new InstrumentId(symbol + "." + mic);
    }

    public String symbol() {
        return value.substring(0, value.length() - 5);
    }

    public Mic mic() {
        return Mic.of(value.substring(value.length() - 4));
    }

    @Override
    public int compareTo(InstrumentId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
