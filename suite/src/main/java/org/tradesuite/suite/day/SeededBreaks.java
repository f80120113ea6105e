package org.tradesuite.suite.day;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.tradesuite.openapi.reconciliation.model.ModelBreak;
import org.tradesuite.suite.broker.SeededError;
import org.tradesuite.suite.custodian.SeededFault;
import org.tradesuite.suite.house.Simulators;

/** The errors that the counterparties put into their statements on purpose, as the breaks they must become. */
final class SeededBreaks {

    /** What was found, and what was found too much or missed. */
    record Differences(int found, String classes, List<String> wrong) {}

    private final Simulators world;
    private final LocalDate date;
    private final LocalDate statements;

    /**
     * @param date of the brokers' statements
     * @param statements of the custodian's
     */
    SeededBreaks(Simulators world, LocalDate date, LocalDate statements) {
        this.world = world;
        this.date = date;
        this.statements = statements;
    }

    Differences differences(Collection<ModelBreak> found) {
        var missed = new ArrayList<>(Stream.concat(
                        world.brokerErrors(date).stream().map(SeededBreaks::key),
                        world.custodianFaults(statements).stream().map(SeededBreaks::key))
                .toList());
        var wrong = new ArrayList<String>();
        for (var each : found) {
            var key = key(each);
            if (!missed.remove(key)) wrong.add("not seeded: " + key);
        }
        missed.forEach(key -> wrong.add("missed: " + key));
        return new Differences(found.size(), DaySummary.counts(found, ModelBreak::getBreakClass), wrong);
    }

    private static String key(SeededError error) {
        var breakClass = switch (error.error()) {
            case WRONG_QUANTITY -> "QUANTITY";
            case WRONG_PRICE -> "PRICE";
            case WRONG_COMMISSION -> "AMOUNT";
            case WRONG_SETTLE_DATE -> "SETTLE_DATE";
            case MISSING_ROW -> "MISSING_THEIRS";
            case EXTRA_ROW -> "MISSING_OURS";
            case DUPLICATE_ROW -> "DUPLICATE_THEIRS";
        };
        return "%s %s %s %s.%s".formatted(breakClass, error.brokerId(), error.account(), error.symbol(), error.mic());
    }

    private static String key(SeededFault fault) {
        return switch (fault.fault()) {
            case WRONG_QUANTITY -> "POSITION_QTY holding %s %s".formatted(fault.account(), fault.subject());
            case MISSING_HOLDING -> "MISSING_THEIRS holding %s %s".formatted(fault.account(), fault.subject());
            case EXTRA_HOLDING -> "MISSING_OURS holding %s %s".formatted(fault.account(), fault.subject());
            case MISSING_CASH_LINE -> "MISSING_THEIRS cash %s".formatted(fault.account());
            case WRONG_AMOUNT -> "AMOUNT cash %s".formatted(fault.account());
        };
    }

    private static String key(ModelBreak found) {
        return switch (found.getFeed()) {
            case CUSTODIAN_POSITION ->
                "%s holding %s %s".formatted(found.getBreakClass(), found.getAccountId(), found.getIsin());
            case CUSTODIAN_CASH -> "%s cash %s".formatted(found.getBreakClass(), found.getAccountId());
            case BROKER_TRADE,
                    BROKER_DROP_COPY,
                    CUSTODIAN_MOVEMENT,
                    CUSTODIAN_PENDING,
                    CUSTODIAN_INTRADAY,
                    CUSTODIAN_ADVICE,
                    STATEMENT ->
                "%s %s %s %s"
                        .formatted(
                                found.getBreakClass(),
                                found.getBrokerId(),
                                found.getAccountId(),
                                found.getInstrumentId());
        };
    }
}
