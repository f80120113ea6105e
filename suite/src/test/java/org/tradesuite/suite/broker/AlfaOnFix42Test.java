package org.tradesuite.suite.broker;

/** Alfa's conversations, in FIX 4.2. */
class AlfaOnFix42Test extends Conversations {

    AlfaOnFix42Test() {
        super(BrokerProfile.alfa());
    }
}
