package org.tradesuite.web;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.Jwt;

/**
 * Refuses the token of a user who has been switched off, or whose roles have changed since it was given. The users are
 * read again at most once a second, by one request for all: a question for every request would double the work of the
 * fast ones. While the database is away the last answer stands, because nobody can be switched off in it either.
 * Thread-safe.
 */
final class UsersInForce implements OAuth2TokenValidator<Jwt> {

    private static final Logger LOG = LoggerFactory.getLogger(UsersInForce.class);
    private static final long GOOD_FOR_NANOS = TimeUnit.SECONDS.toNanos(1);

    private record Answer(Map<String, UserAccounts.Account> users, long atNanos) {

        boolean isOld() {
            return System.nanoTime() - atNanos > GOOD_FOR_NANOS;
        }
    }

    private final UserAccounts accounts;
    private final ReentrantLock asking = new ReentrantLock();
    private volatile Answer last;

    /** @throws DataAccessException if the database cannot be asked: an application does not start without it */
    UsersInForce(UserAccounts accounts) {
        this.accounts = accounts;
        this.last = ask();
    }

    @Override
    public OAuth2TokenValidatorResult validate(Jwt token) {
        UserAccounts.@Nullable Account user = user(token.getSubject());
        List<String> roles = token.getClaimAsStringList(Tokens.ROLES);
        if (user == null || !user.enabled()) {
            return refused("The user is switched off.");
        }
        if (roles == null
                || !new HashSet<>(roles)
                        .equals(user.roles().stream().map(Role::name).collect(Collectors.toSet()))) {
            return refused("The user's roles have changed.");
        }
        return OAuth2TokenValidatorResult.success();
    }

    private static OAuth2TokenValidatorResult refused(String why) {
        return OAuth2TokenValidatorResult.failure(new OAuth2Error("invalid_token", why, null));
    }

    /** Null if there is nobody of that name. */
    UserAccounts.@Nullable Account user(String name) {
        Answer known = last;
        if (known.isOld() && asking.tryLock()) {
            try {
                known = askAgain(known);
            } finally {
                asking.unlock();
            }
        }
        UserAccounts.@Nullable Account user = known.users().get(name);
        if (user != null) {
            return user;
        }
        // Made a moment ago, perhaps: our own token names somebody whom we do not know.
        asking.lock();
        try {
            return askAgain(last).users().get(name);
        } finally {
            asking.unlock();
        }
    }

    private Answer askAgain(Answer known) {
        Answer answer;
        try {
            answer = ask();
        } catch (DataAccessException away) {
            LOG.debug("The users cannot be read now; the last answer stands.", away);
            answer = new Answer(known.users(), System.nanoTime());
        }
        last = answer;
        return answer;
    }

    private Answer ask() {
        long now = System.nanoTime();
        return new Answer(
                accounts.all().stream()
                        .collect(Collectors.toUnmodifiableMap(UserAccounts.Account::userName, Function.identity())),
                now);
    }
}
