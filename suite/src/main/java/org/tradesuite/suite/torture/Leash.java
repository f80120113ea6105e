package org.tradesuite.suite.torture;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Ends this process when the one that started it is gone: then the pipe between the two has an end. */
final class Leash {

    private Leash() {}

    static void hold() {
        Thread.ofPlatform().name("leash").daemon(true).start(() -> {
            try {
                while (System.in.read() >= 0) {
                    // Nothing is ever said; only the end counts.
                }
            } catch (IOException e) {
                throw new UncheckedIOException("the pipe to the parent cannot be read", e);
            } finally {
                Runtime.getRuntime().halt(1);
            }
        });
    }
}
