package org.tradesuite.suite.broker;

/** Charlie's conversations, in FIX 5.0 SP2. */
class CharlieOnFix50Test extends Conversations {

    CharlieOnFix50Test() {
        super(BrokerProfile.charlie());
    }
}
