package org.tradesuite.suite.console;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.TestClassOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * The pages as traders and clerks use them, in a real browser against one suite, in the order of a day: first what needs
 * orders at work, last what closes the day. One page alone: {@code -Dtest='ConsoleTest$Limits'}; those of
 * rules and statements need the day that {@code Proposals} reconciles.
 */
@TestClassOrder(ClassOrderer.OrderAnnotation.class)
class ConsoleTest {

    @TempDir
    private static Path folder;

    @BeforeAll
    static void open() {
        Console.open(folder);
    }

    @AfterAll
    static void close() {
        Console.close();
    }

    @Nested
    @Order(1)
    class SignIn extends SignInPage {}

    @Nested
    @Order(2)
    class Unknown extends UnknownPage {}

    /** After others have traded: this stops and opens everything. */
    @Nested
    @Order(3)
    class Stop extends StopPage {}

    @Nested
    @Order(4)
    class Approvals extends ApprovalsPage {}

    @Nested
    @Order(5)
    class Limits extends LimitsPage {}

    @Nested
    @Order(6)
    class NotOrdered extends NotOrderedPage {}

    @Nested
    @Order(7)
    class Proposals extends ProposalsPage {}

    @Nested
    @Order(8)
    class Breaks extends BreaksPage {}

    @Nested
    @Order(9)
    class DeskRules extends DeskRulesPage {}

    /** By the tolerance that was agreed on before. */
    @Nested
    @Order(10)
    class BreakClosings extends BreakClosingsPage {}

    @Nested
    @Order(11)
    class Chasers extends ChasersPage {}

    @Nested
    @Order(12)
    class Rules extends RulesPage {}

    @Nested
    @Order(13)
    class LateAnswers extends LateAnswersPage {}

    @Nested
    @Order(14)
    class Statements extends StatementsPage {}

    @Nested
    @Order(15)
    class Jobs extends JobsPage {}

    @Nested
    @Order(16)
    class Blotter extends BlotterPage {}
}
