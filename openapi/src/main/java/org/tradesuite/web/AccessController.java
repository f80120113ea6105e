package org.tradesuite.web;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.DisabledException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.RestController;
import org.tradesuite.openapi.access.api.AccessApi;
import org.tradesuite.openapi.access.model.Credentials;
import org.tradesuite.openapi.access.model.Me;
import org.tradesuite.openapi.access.model.Token;
import org.tradesuite.openapi.access.model.User;
import org.tradesuite.openapi.access.model.Users;
import org.tradesuite.openapi.problem.ProblemCode;

/** Signing in and out. Mounted in every application, because each also runs alone. */
@RestController
class AccessController implements AccessApi {

    private final AuthenticationManager signIn;
    private final Tokens tokens;
    private final UserAccounts accounts;
    private final TradesAs tradesAs;
    private final HttpServletRequest request;

    AccessController(
            AuthenticationManager signIn,
            Tokens tokens,
            UserAccounts accounts,
            TradesAs tradesAs,
            HttpServletRequest request) {
        this.signIn = signIn;
        this.tokens = tokens;
        this.accounts = accounts;
        this.tradesAs = tradesAs;
        this.request = request;
    }

    @Override
    public ResponseEntity<Token> createToken() {
        Authentication who = signedIn();
        // Otherwise a token that leaked could renew itself for ever.
        if (!(who instanceof UsernamePasswordAuthenticationToken)) {
            throw new ProblemException(
                    ProblemCode.FORBIDDEN, "A token is given for user name and password only. Send HTTP Basic.");
        }
        Jwt token = tokens.issue(who);
        Token answer = new Token(
                token.getTokenValue(),
                Token.TokenTypeEnum.BEARER,
                Objects.requireNonNull(token.getExpiresAt()),
                roles(Role.of(who)));
        return ResponseEntity.created(URI.create("me")).body(answer);
    }

    @Override
    public ResponseEntity<Me> signIn(Credentials credentials) {
        Authentication who;
        try {
            who = signIn.authenticate(UsernamePasswordAuthenticationToken.unauthenticated(
                    credentials.getUserName(), credentials.getPassword()));
        } catch (BadCredentialsException | DisabledException refused) {
            throw new ProblemException(
                    ProblemCode.WRONG_CREDENTIALS,
                    "The user name or the password is wrong, or the user is switched off.");
        }
        Jwt token = tokens.issue(who);
        return ResponseEntity.ok()
                .header(HttpHeaders.SET_COOKIE, signInCookie(token.getTokenValue(), tokens.lifetime()))
                .header(HttpHeaders.SET_COOKIE, csrfCookie(UUID.randomUUID().toString(), tokens.lifetime()))
                .body(me(who));
    }

    @Override
    public ResponseEntity<Void> signOut() {
        return ResponseEntity.noContent()
                .header(HttpHeaders.SET_COOKIE, signInCookie("", Duration.ZERO))
                .header(HttpHeaders.SET_COOKIE, csrfCookie("", Duration.ZERO))
                .build();
    }

    @Override
    public ResponseEntity<Me> getMe() {
        return ResponseEntity.ok(me(signedIn()));
    }

    @Override
    @PreAuthorize("hasRole('ADMINISTRATOR')")
    public ResponseEntity<Users> listUsers() {
        return ResponseEntity.ok(new Users(accounts.all().stream()
                .map(account -> new User(account.userName(), roles(account.roles()), account.enabled())
                        .traderIds(account.traders()))
                .toList()));
    }

    private String signInCookie(String value, Duration age) {
        return cookie(CookieSignIn.COOKIE, value, age).httpOnly(true).build().toString();
    }

    /** The page reads it and repeats it in a header, which a foreign page cannot do. */
    private String csrfCookie(String value, Duration age) {
        return cookie("XSRF-TOKEN", value, age).build().toString();
    }

    private ResponseCookie.ResponseCookieBuilder cookie(String name, String value, Duration age) {
        return ResponseCookie.from(name, value)
                .path("/")
                .maxAge(age)
                .sameSite("Strict")
                .secure(request.isSecure());
    }

    private static Authentication signedIn() {
        Authentication who = SecurityContextHolder.getContext().getAuthentication();
        if (who == null) {
            throw new ProblemException(ProblemCode.NOT_SIGNED_IN, "Nobody is signed in. Sign in first.");
        }
        return who;
    }

    private Me me(Authentication who) {
        List<Role> roles = Role.of(who);
        Me me = new Me(who.getName().toLowerCase(Locale.ROOT), roles(roles));
        return roles.contains(Role.TRADER) ? me.traderIds(tradesAs.of(who.getName())) : me;
    }

    private static List<org.tradesuite.openapi.access.model.Role> roles(List<Role> roles) {
        return roles.stream()
                .map(role -> org.tradesuite.openapi.access.model.Role.fromValue(role.name()))
                .toList();
    }
}
