package org.tradesuite.suite.day;

import java.time.LocalDate;
import org.springframework.web.client.HttpClientErrorException;
import org.tradesuite.openapi.execution.model.ReferenceKind;
import org.tradesuite.openapi.execution.model.TradingDay;
import org.tradesuite.suite.door.FrontDoor;
import org.tradesuite.suite.door.MachineUser;
import org.tradesuite.suite.house.Suite;

/**
 * What a firm does before it trades: imports its reference data, enters its standing settlement instructions, opens the
 * trading day. Through the front doors; what is done already is left alone.
 */
public final class StartOfDay {

    private final Suite suite;
    private final FrontDoor door;

    StartOfDay(Suite suite, FrontDoor door) {
        this.suite = suite;
        this.door = door;
    }

    /** The sample firm's start of that date, unless a trading day is open or that date's was. */
    public static void ofSampleFirm(Suite suite, LocalDate date) {
        var door = new FrontDoor(suite.address(), MachineUser.signUp(suite.postgres(), "narrator"));
        var open = door.tradingDays().listTradingDays(1).getItems().stream()
                .anyMatch(day -> day.getStatus() != TradingDay.StatusEnum.CLOSED);
        var start = new StartOfDay(suite, door);
        if (!open && !start.isDone(date)) start.open(date);
    }

    /** Whether that trading day was opened. */
    boolean isDone(LocalDate date) {
        try {
            return door.tradingDays().getTradingDay(date) != null;
        } catch (HttpClientErrorException.NotFound _) {
            return false;
        }
    }

    /** Imports, enters, approves and opens. */
    void open(LocalDate date) {
        var firstDay = Pages.positions(door).isEmpty();
        for (var kind : ReferenceFiles.KINDS) {
            // Later days open with what the day before left.
            if (kind.name().startsWith("opening_") && !firstDay) continue;
            var result = door.reference()
                    .importReference(ReferenceKind.fromValue(kind.table()), ReferenceFiles.text(kind.name(), date));
            if (!result.getFailures().isEmpty())
                throw new IllegalStateException(
                        "the sample file of " + kind.name() + " was refused: " + result.getFailures());
        }
        enterStandingInstructions();
        door.tradingDays().openTradingDay(date);
    }

    /** Whoever enters a standing instruction cannot approve it. */
    private void enterStandingInstructions() {
        var checker = new FrontDoor(suite.address(), MachineUser.signUp(suite.postgres(), "checker"));
        StandingInstructionFile.enter(door.standingInstructions());
        StandingInstructionFile.approve(checker.standingInstructions());
    }
}
