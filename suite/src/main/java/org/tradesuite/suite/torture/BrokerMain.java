package org.tradesuite.suite.torture;

import java.nio.file.Path;
import java.time.LocalDate;
import org.tradesuite.suite.broker.BrokerProfile;
import org.tradesuite.suite.broker.SimulatedBroker;
import org.tradesuite.suite.market.Market;
import org.tradesuite.suite.market.ReferenceFiles;

/**
 * One broker alone in a process: {@code <nanoseconds its clock is ahead of the wall's> <broker> <port> <folder> <seed>
 * <date>}. Its log is on disk before it acts on what it heard and before it sends what it says.
 */
final class BrokerMain {

    private BrokerMain() {}

    public static void main(String[] args) throws InterruptedException {
        Leash.hold();
        var files = ReferenceFiles.onClassPath();
        var seed = Long.parseLong(args[4]);
        var profile = switch (args[1]) {
            case "ALFA" -> BrokerProfile.alfa();
            case "BRAVO" -> BrokerProfile.bravo();
            case "CHARLIE" -> BrokerProfile.charlie();
            default -> throw new IllegalArgumentException("no such broker: " + args[1]);
        };
        var broker = new SimulatedBroker(
                        profile.hurried().onPort(Integer.parseInt(args[2])),
                        Market.of(files, seed, LocalDate.parse(args[5])),
                        files,
                        seed,
                        ExecutionMain.clock(args[0]),
                        "TRADESUITE",
                        Path.of(args[3]))
                .forcingItsLog();
        broker.start();
        Runtime.getRuntime().addShutdownHook(new Thread(broker::stop, "stop"));
        Thread.currentThread().join();
    }
}
