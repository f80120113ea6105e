package org.tradesuite.web;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
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
    private final Map<String, Seen> known = new ConcurrentHashMap<>();

    private record Seen(Jwt token, KnownCallers.Caller caller) {
        Seen(Jwt token) {
            this(token, new KnownCallers.Caller(token.getSubject(), roles(token)));
        }
    }

    KnownTokens(JwtDecoder checks, OAuth2TokenValidator<Jwt> holds) {
        this.checks = checks;
        this.holds = holds;
    }

    @Override
    public Jwt decode(String token) {
        Seen seen = known.get(token);
        if (seen != null && !holds.validate(seen.token()).hasErrors()) {
            return seen.token();
        }
        known.remove(token);
        Jwt checked = checks.decode(token);
        if (known.size() >= MOST) {
            known.clear();
        }
        known.put(token, new Seen(checked));
        return checked;
    }

    /** Whose token this is, if it was checked before and holds now; otherwise whoever wants to know has it checked. */
    KnownCallers.@Nullable Caller holder(String token) {
        Seen seen = known.get(token);
        return seen == null || holds.validate(seen.token()).hasErrors() ? null : seen.caller();
    }

    private static Set<Role> roles(Jwt token) {
        List<String> claimed = token.getClaimAsStringList(Tokens.ROLES);
        return claimed == null
                ? Set.of()
                : Stream.of(Role.values())
                        .filter(role -> claimed.contains(role.name()))
                        .collect(Collectors.toUnmodifiableSet());
    }
}
