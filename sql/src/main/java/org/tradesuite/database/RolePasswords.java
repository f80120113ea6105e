package org.tradesuite.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;

/** The password of every role that logs in to PostgreSQL. */
public record RolePasswords(Map<DatabaseRole, String> ofRole) {

    public RolePasswords {
        for (var role : DatabaseRole.values()) {
            var password = ofRole.get(role);
            if (password == null || password.isBlank()) {
                throw new IllegalArgumentException("No password for " + role.roleName() + ": give one to every role.");
            }
        }
        ofRole = Map.copyOf(ofRole);
    }

    public String of(DatabaseRole role) {
        return Objects.requireNonNull(ofRole.get(role));
    }

    /** One password for all roles, for tests. */
    public static RolePasswords same(String password) {
        var passwords = new EnumMap<DatabaseRole, String>(DatabaseRole.class);
        for (var role : DatabaseRole.values()) {
            passwords.put(role, password);
        }
        return new RolePasswords(passwords);
    }

    /** The passwords kept in the file; if it is not there yet, new ones, written so that only its owner can read it. */
    static RolePasswords keptIn(Path file) {
        try {
            if (!Files.exists(file)) {
                write(file, generated());
            }
            var kept = new Properties();
            try (var in = Files.newBufferedReader(file)) {
                kept.load(in);
            }
            var passwords = new EnumMap<DatabaseRole, String>(DatabaseRole.class);
            for (var role : DatabaseRole.values()) {
                passwords.put(role, kept.getProperty(key(role), ""));
            }
            return new RolePasswords(passwords);
        } catch (IOException failed) {
            throw new UncheckedIOException("The passwords of the database in " + file + " cannot be read", failed);
        }
    }

    private static RolePasswords generated() {
        var random = new SecureRandom();
        var passwords = new EnumMap<DatabaseRole, String>(DatabaseRole.class);
        for (var role : DatabaseRole.values()) {
            var bytes = new byte[24];
            random.nextBytes(bytes);
            passwords.put(role, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
        }
        return new RolePasswords(passwords);
    }

    private static void write(Path file, RolePasswords passwords) throws IOException {
        var text = new StringBuilder(
                "# Passwords of the database roles, made at the first start. Keep this file with the data.\n");
        for (var role : DatabaseRole.values()) {
            text.append(key(role)).append('=').append(passwords.of(role)).append('\n');
        }
        var unfinished = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(unfinished);
        if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(
                    unfinished, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        Files.writeString(unfinished, text);
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static String key(DatabaseRole role) {
        return role.name().toLowerCase(Locale.ROOT);
    }

    /** Without the passwords, so that none reaches a log. */
    @Override
    public String toString() {
        return "RolePasswords" + ofRole.keySet();
    }
}
