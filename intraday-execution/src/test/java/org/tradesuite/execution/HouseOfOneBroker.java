package org.tradesuite.execution;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.util.FileSystemUtils;
import org.tradesuite.execution.fix.BrokerAcceptor;

/** For all tests of a class: a house with its day open, and the one broker that it trades with. */
@SuppressWarnings("NullAway.Init") // the fields are there before the first test begins
final class HouseOfOneBroker implements BeforeAllCallback, AfterAllCallback {

    private final String version;
    private final String name;
    private final List<String> settings;
    private @Nullable Path folder;

    BrokerAcceptor broker;
    House house;

    /** @param settings of the house, as on the command line */
    HouseOfOneBroker(String version, String name, String... settings) {
        this.version = version;
        this.name = name;
        this.settings = List.of(settings);
    }

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        var in = Files.createTempDirectory("house");
        folder = in;
        broker = BrokerAcceptor.start(version, name, in.resolve("broker"));
        var all = new ArrayList<>(List.of(
                "--execution.fix.sessions=" + name, "--execution.fix.session." + name + ".port=" + broker.port));
        all.addAll(settings);
        house = new House(in, all).morning();
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        house.close();
        broker.close();
        FileSystemUtils.deleteRecursively(folder);
    }
}
