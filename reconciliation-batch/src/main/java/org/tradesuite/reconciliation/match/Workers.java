package org.tradesuite.reconciliation.match;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Works off numbered parts on a few threads, each with its own scratch. */
final class Workers implements AutoCloseable {

    interface Task {
        void part(int number, Scratch scratch);
    }

    private final List<Scratch> scratches;
    private final ExecutorService threads;

    Workers(List<Scratch> scratches) {
        this.scratches = List.copyOf(scratches);
        this.threads = Executors.newFixedThreadPool(
                scratches.size(), Thread.ofPlatform().name("match-", 1).factory());
    }

    /** Ends when every part has been worked off; the first failure ends it at once. */
    void each(int parts, Task task) {
        var next = new AtomicInteger();
        var running = new ArrayList<Future<?>>();
        for (var scratch : scratches) {
            Callable<Boolean> work = () -> {
                for (var part = next.getAndIncrement(); part < parts; part = next.getAndIncrement()) {
                    try {
                        task.part(part, scratch);
                    } catch (RuntimeException | Error failed) {
                        next.set(parts);
                        throw failed;
                    }
                }
                return true;
            };
            running.add(threads.submit(work));
        }
        RuntimeException failure = null;
        for (var future : running) {
            try {
                future.get();
            } catch (ExecutionException failed) {
                failure = new IllegalStateException("The matching broke off: " + failed.getCause(), failed.getCause());
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                next.set(parts);
                failure = new IllegalStateException("The matching was stopped.", stopped);
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
