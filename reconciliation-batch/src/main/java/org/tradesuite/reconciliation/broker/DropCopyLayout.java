package org.tradesuite.reconciliation.broker;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which tags of a drop copy's messages mean what, and which messages report an execution. What may be agreed {@link
 * DropCopyLayoutCheck} says; by it {@link ExecutionFields} reads.
 *
 * @param fields where several hold the same, the first that is there counts
 * @param reports the first that fits a message says what it means; one that none fits reports no execution
 * @param buy values of the side that are a buy
 */
record DropCopyLayout(List<Field> fields, List<Report> reports, List<String> buy, List<String> sell) implements Layout {

    /** @param where only where the message says so; of a tag that stands there several times: the fields up to the next */
    record Field(int tag, Holds holds, @Nullable FixCondition where) {}

    /** @param message its MsgType (35) */
    record Report(String message, @Nullable FixCondition where, Means means) {}

    /** What a tag may hold. */
    enum Holds {
        /** The execution's own id; others that hold it are its other names. */
        EXECUTION("ExecID"),
        /** Other references by which it may be found. */
        REFERENCE("SecondaryExecID"),
        /** Of a bust or a correction: the execution that it is about. */
        CHANGES("ExecRefID"),
        /** What a message repeats that is sent again; else it is another under the same id. */
        SAME("Same"),
        ACCOUNT("Account"),
        SYMBOL("Symbol"),
        ISIN("ISIN"),
        /** A market on which the security is looked for, in their order. */
        MARKET("SecurityExchange"),
        SIDE("Side"),
        QUANTITY("LastQty"),
        PRICE("LastPx"),
        CURRENCY("Currency"),
        SETTLE_DATE("SettlDate"),
        TRADE_DATE("TradeDate"),
        /** An amount in the currency; all that are there add up. */
        COMMISSION("Commission"),
        /** An amount in the currency; all that are there add up. */
        FEES("MiscFeeAmt");

        private final String fix;

        Holds(String fix) {
            this.fix = fix;
        }

        /** As FIX calls it, for whoever has to ask the broker. */
        String named(int tag) {
            return fix + " (" + tag + ")";
        }
    }

    /** What a message means. */
    enum Means {
        EXECUTION,
        /** An execution if it has a quantity; some acknowledge with the same. */
        EXECUTION_IF_QUANTITY,
        CORRECTION,
        BUST,
        /** No execution, whatever comes after. */
        NOTHING,
        /** It cannot be told: held, for a person to ask. */
        UNCLEAR
    }

    DropCopyLayout {
        fields = List.copyOf(fields);
        reports = List.copyOf(reports);
        buy = List.copyOf(buy);
        sell = List.copyOf(sell);
    }

    @Override
    public boolean rowPerFill() {
        return true;
    }

    @Override
    public boolean tellsCharges() {
        return fields.stream().anyMatch(field -> field.holds() == Holds.COMMISSION || field.holds() == Holds.FEES);
    }
}
