package org.tradesuite.runsheet;

import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;

/** Who makes the request. */
final class SignedIn {

    private SignedIn() {}

    static String name() {
        Authentication who = SecurityContextHolder.getContext().getAuthentication();
        if (who == null) {
            throw new IllegalStateException("a request without a sign-in got through");
        }
        return who.getName();
    }
}
