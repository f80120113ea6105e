package org.tradesuite.suite.custodian;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * One error in a statement: the truth a reconciliation is tested against. {@code account} is ours, {@code number} the
 * custodian's safekeeping or cash account, {@code subject} the ISIN or the reference of the cash line; {@code correct} is
 * what the custodian's books say, {@code reported} what the statement says, null where there is no such line.
 */
public record SeededFault(
        LocalDate date,
        StatementFault fault,
        String account,
        String number,
        String subject,
        @Nullable String correct,
        @Nullable String reported) {}
