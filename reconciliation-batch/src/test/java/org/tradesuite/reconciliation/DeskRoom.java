package org.tradesuite.reconciliation;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.tradesuite.database.DatabaseRole;
import org.tradesuite.database.LocalDatabase;
import org.tradesuite.database.LocalPostgres;

/**
 * A database, and the application at work on it. One desk after the other has the same room, as starting the application
 * takes longer than most tests: each finds the database as the first start of the application leaves it, and the
 * application's folders are its own. Whoever shuts the application has the room for itself.
 */
final class DeskRoom {

    private static @Nullable LocalDatabase installed;
    private static @Nullable DeskRoom free;

    private final LocalDatabase database = LocalPostgres.shared().newDatabase();
    /** Leads to the folder of the desk that is here. */
    private final Path folder;

    private boolean shared = true;
    private @Nullable ConfigurableApplicationContext application;

    private DeskRoom() {
        try {
            folder = Files.createTempDirectory("desk").resolve("folder");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    static synchronized DeskRoom enter(Path folder) {
        var room = free == null ? new DeskRoom() : free;
        free = null;
        room.lead(folder);
        LocalPostgres.shared().renew(room.database, installed());
        if (room.application != null) {
            // They were cut off.
            room.application
                    .getBean(HikariDataSource.class)
                    .getHikariPoolMXBean()
                    .softEvictConnections();
        }
        return room;
    }

    private static LocalDatabase installed() {
        var database = installed;
        if (database == null) {
            database = LocalPostgres.shared().newDatabase();
            var nowhere = Path.of(
                    System.getProperty("java.io.tmpdir"),
                    "desk-" + ProcessHandle.current().pid());
            start(
                            nowhere,
                            database.url(),
                            database.username(DatabaseRole.RECONCILIATION),
                            database.password(DatabaseRole.RECONCILIATION))
                    .close();
            installed = database;
        }
        return database;
    }

    private void lead(Path to) {
        try {
            Files.deleteIfExists(folder);
            Files.createSymbolicLink(folder, Files.createDirectories(to).toAbsolutePath());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    LocalDatabase database() {
        return database;
    }

    ConfigurableApplicationContext application() {
        var running = application;
        if (running == null) {
            throw new IllegalStateException("Open the desk first");
        }
        return running;
    }

    /** @param keys of this desk alone: nobody has the room after it */
    void open(String... keys) {
        if (keys.length > 0) {
            shut();
            shared = false;
        }
        if (application == null) {
            application = start(
                    folder,
                    database.url(),
                    database.username(DatabaseRole.RECONCILIATION),
                    database.password(DatabaseRole.RECONCILIATION),
                    keys);
        }
    }

    void shut() {
        if (application != null) {
            application.close();
            application = null;
        }
    }

    void leave() {
        synchronized (DeskRoom.class) {
            if (shared && application != null && free == null) {
                free = this;
                return;
            }
        }
        shut();
        LocalPostgres.shared().drop(database);
    }

    static ConfigurableApplicationContext start(
            Path folder, String url, String username, String password, String... keys) {
        return new SpringApplicationBuilder(ReconciliationApplication.class)
                .initializers(context -> context.getBeanFactory().registerSingleton("clock", new DeskClock()))
                .run(Stream.concat(
                                Stream.of(keys),
                                Stream.of(
                                        "--spring.config.name=reconciliation",
                                        "--server.port=0",
                                        "--spring.main.banner-mode=off",
                                        "--tradesuite.web.first-users=false",
                                        "--tradesuite.drop=" + folder.resolve("drop"),
                                        "--tradesuite.out=" + folder.resolve("out"),
                                        "--spring.datasource.url=" + url,
                                        "--spring.datasource.username=" + username,
                                        "--spring.datasource.password=" + password))
                        .toArray(String[]::new));
    }
}
