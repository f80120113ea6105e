package org.tradesuite.reconciliation.web;

import org.springframework.security.core.context.SecurityContextHolder;

/** Who makes the request. */
final class SignedIn {

    private SignedIn() {}

    static String name() {
        var who = SecurityContextHolder.getContext().getAuthentication();
        if (who == null) {
            throw new IllegalStateException("A request without a sign-in got through");
        }
        return who.getName();
    }
}
