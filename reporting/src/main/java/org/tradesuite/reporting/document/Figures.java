package org.tradesuite.reporting.document;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Numbers as a page shows them: thousands set off by a comma, a point before decimals, in every country. */
public final class Figures {

    private Figures() {}

    /** Two decimals. */
    public static String money(BigDecimal amount) {
        return plain(amount, 2);
    }

    /** Rounded half to even to that many decimals. */
    public static String plain(BigDecimal number, int decimals) {
        DecimalFormat format = new DecimalFormat("#,##0", DecimalFormatSymbols.getInstance(Locale.ROOT));
        format.setMinimumFractionDigits(decimals);
        format.setMaximumFractionDigits(decimals);
        format.setRoundingMode(RoundingMode.HALF_EVEN);
        return format.format(number);
    }

    /** As many decimals as the number has. */
    public static String quantity(BigDecimal number) {
        BigDecimal stripped = number.stripTrailingZeros();
        return plain(stripped, Math.max(0, stripped.scale()));
    }

    /** Empty for what is not known. */
    public static String optional(@Nullable BigDecimal number, int decimals) {
        return number == null ? "" : plain(number, decimals);
    }

    /**
     * A name of words between underscores with blanks instead, so that it goes on in the next line after a word and never
     * in the middle of one. The files have it as it is.
     */
    public static String words(String name) {
        return name.replace('_', ' ');
    }
}
