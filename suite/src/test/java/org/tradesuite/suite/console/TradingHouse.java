package org.tradesuite.suite.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import org.tradesuite.openapi.execution.model.Broker;
import org.tradesuite.openapi.execution.model.ReferenceKind;
import org.tradesuite.suite.day.ReferenceFiles;
import org.tradesuite.suite.door.FrontDoor;
import org.tradesuite.suite.door.MachineUser;
import org.tradesuite.suite.house.FreePort;
import org.tradesuite.suite.house.Suite;

/** A house of its own for the browser: free ports, the sample firm's reference data, an open trading day. */
public final class TradingHouse {

    private TradingHouse() {}

    public static String[] settings(Path folder) {
        return new String[] {
            "--suite.data=" + folder.resolve("data"),
            "--suite.out=" + folder.resolve("out"),
            "--suite.port=0",
            "--suite.postgres-port=0",
            "--suite.alfa-port=" + FreePort.next(),
            "--suite.bravo-port=" + FreePort.next(),
            "--suite.charlie-port=" + FreePort.next(),
            "--suite.drop-copy-port=" + FreePort.next(),
            "--suite.market-port=" + FreePort.next(),
            "--suite.order-entry-port=" + FreePort.next()
        };
    }

    public static void openForTrading(Suite suite, LocalDate date) {
        var door = new FrontDoor(suite.address(), MachineUser.signUp(suite.postgres(), "house"));
        for (var kind : ReferenceFiles.KINDS) {
            var result = door.reference()
                    .importReference(ReferenceKind.fromValue(kind.table()), ReferenceFiles.text(kind.name()));
            assertThat(result.getFailures()).as(kind.name()).isEmpty();
        }
        door.tradingDays().openTradingDay(date);
        await("every broker to log on")
                .atMost(Duration.ofSeconds(60))
                .until(() -> door.brokers().listBrokers().getItems().stream()
                        .map(Broker::getState)
                        .allMatch(Broker.StateEnum.UP::equals));
    }
}
