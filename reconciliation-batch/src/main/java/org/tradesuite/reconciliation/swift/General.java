package org.tradesuite.reconciliation.swift;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.tradesuite.reconciliation.statement.Feed;
import org.tradesuite.reconciliation.statement.Page;
import org.tradesuite.reconciliation.statement.UnreadableException;
import org.tradesuite.reconciliation.swift.Fields.PageNumber;
import org.tradesuite.reconciliation.swift.FinMessage.Sequence;

/**
 * Sequence GENL of a securities statement.
 *
 * @param complete false for a statement of changes only (22F CODE//DELT)
 * @param from null where it is of one day
 * @param active false where there is nothing to report (17B ACTI//N)
 */
record General(
        Sequence sequence,
        Page.Key key,
        PageNumber page,
        String reference,
        boolean complete,
        boolean active,
        @Nullable LocalDate from) {

    static General of(FinMessage message, Feed feed) throws UnreadableException {
        var general = message.body()
                .child("GENL")
                .orElseThrow(() -> new UnreadableException("Sequence GENL is missing: ask the custodian."));
        var page = Fields.page(general);
        var account = general.required("97", "SAFE", "safekeeping account").strip();
        return new General(
                general,
                new Page.Key(feed, message.sender(), account, null, date(general), ""),
                page,
                general.generic("20C", "SEME").map(String::strip).orElse(""),
                general.generic("22F", "CODE")
                        .map(code -> !code.strip().equals("DELT"))
                        .orElse(true),
                general.generic("17B", "ACTI")
                        .map(flag -> !flag.strip().equals("N"))
                        .orElse(true),
                from(general));
    }

    String account() {
        return key.account();
    }

    /** The first day of the period, where there is one. */
    private static @Nullable LocalDate from(Sequence general) throws UnreadableException {
        var period = general.generic("69", "STAT");
        return period.isEmpty() ? null : Fields.date(period.get().strip().split("/", 2)[0]);
    }

    /** The statement date, or the end of the period (69A, from and to). */
    private static LocalDate date(Sequence general) throws UnreadableException {
        var date = Fields.date(general, "STAT");
        if (date.isPresent()) {
            return date.get();
        }
        var period = general.required("69", "STAT", "statement date or period").strip();
        return Fields.date(period.substring(period.lastIndexOf('/') + 1));
    }
}
