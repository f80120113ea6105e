package org.tradesuite.web;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;

/**
 * Checks a token's signature when it is first seen, and whether it still holds each time: a machine sends the same token
 * thousands of times. The keys do not change while we run. Safe for any number of threads.
 */
final class KnownTokens implements JwtDecoder {

    /** More tokens than people and machines sign in with; a flood of others starts the collection anew. */
    private static final int MOST = 10_000;

    private final JwtDecoder checks;
    private final OAuth2TokenValidator<Jwt> holds;
    private final Map<String, Jwt> known = new ConcurrentHashMap<>();

    KnownTokens(JwtDecoder checks, OAuth2TokenValidator<Jwt> holds) {
        this.checks = checks;
        this.holds = holds;
    }

    @Override
    public Jwt decode(String token) {
        Jwt seen = known.get(token);
        if (seen != null && !holds.validate(seen).hasErrors()) {
            return seen;
        }
        known.remove(token);
        Jwt checked = checks.decode(token);
        if (known.size() >= MOST) {
            known.clear();
        }
        known.put(token, checked);
        return checked;
    }
}
