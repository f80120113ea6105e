package org.tradesuite.execution.fix.entry;

import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class Fix42SessionTest extends SessionConformance {

    Fix42SessionTest() {
        super(Client.Version.FIX42);
    }
}
