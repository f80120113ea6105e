package org.tradesuite.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * For the few addresses where a machine sends thousands of requests a second: who sends this one, if that is known
 * without asking anybody. Signing in stays with the filters of Spring Security; a token that they have let in before is
 * looked up here and must still hold, and of any other request nothing is known. Whoever answers a request without those
 * filters owes it their headers too. Thread-safe.
 */
public final class KnownCallers {

    /** @param name of the user, as the journal keeps it */
    public record Caller(String name, Set<Role> roles) {}

    static final String CONTENT_SECURITY_POLICY = "default-src 'self'; img-src 'self' data:;"
            + " style-src 'self' 'unsafe-inline'; frame-ancestors 'none'; base-uri 'self'";

    private static final String BEARER = "Bearer ";

    private final @Nullable KnownTokens tokens;

    /** @param tokens null if tokens are not ours to judge */
    KnownCallers(@Nullable KnownTokens tokens) {
        this.tokens = tokens;
    }

    /** Null if it has to go the usual way. */
    public @Nullable Caller of(HttpServletRequest request) {
        String credentials = request.getHeader("Authorization");
        return tokens == null || credentials == null || !credentials.startsWith(BEARER)
                ? null
                : tokens.holder(credentials.substring(BEARER.length()));
    }

    /** What every answer carries. */
    public static void writeHeaders(HttpServletResponse response) {
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("X-XSS-Protection", "0");
        response.setHeader("Cache-Control", "no-cache, no-store, max-age=0, must-revalidate");
        response.setHeader("Pragma", "no-cache");
        response.setHeader("Expires", "0");
        response.setHeader("X-Frame-Options", "DENY");
        response.setHeader("Content-Security-Policy", CONTENT_SECURITY_POLICY);
    }
}
