package org.tradesuite.suite.broker;

/** Bravo's conversations, in FIX 4.4. */
class BravoOnFix44Test extends Conversations {

    BravoOnFix44Test() {
        super(BrokerProfile.bravo());
    }
}
