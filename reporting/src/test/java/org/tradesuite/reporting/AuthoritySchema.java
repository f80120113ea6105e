package org.tradesuite.reporting;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The operator's copy of the authority's schema, which is no part of this project: beside it or one folder up. */
public final class AuthoritySchema {

    private static final Path FILE = Path.of("shared", "schemas", "mifir", "mifir-file.xsd");

    private AuthoritySchema() {}

    public static Optional<Path> file() {
        Path here = Path.of("").toAbsolutePath();
        for (Path folder = here; folder != null; folder = folder.getParent()) {
            if (Files.exists(folder.resolve(FILE))) {
                return Optional.of(folder.resolve(FILE));
            }
        }
        return Optional.empty();
    }
}
