package org.tradesuite.execution.fix.entry;

import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class Fix50Sp2SessionTest extends SessionConformance {

    Fix50Sp2SessionTest() {
        super(Client.Version.FIX50SP2);
    }
}
