package org.tradesuite.execution.fix.entry;

import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class Fix44SessionTest extends SessionConformance {

    Fix44SessionTest() {
        super(Client.Version.FIX44);
    }
}
