package org.tradesuite.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import org.springframework.core.convert.converter.Converter;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * The console's cookie. It is read here and not by the bearer token resolver, because a request with a bearer token is
 * excused from the CSRF check, and a cookie, which the browser sends by itself, must not be.
 */
final class CookieSignIn extends OncePerRequestFilter {

    static final String COOKIE = "tradesuite";

    private final JwtDecoder tokens;
    private final Converter<Jwt, ? extends AbstractAuthenticationToken> toUser;

    CookieSignIn(JwtDecoder tokens, Converter<Jwt, ? extends AbstractAuthenticationToken> toUser) {
        this.tokens = tokens;
        this.toUser = toUser;
    }

    /** Whether the cookie is what signs this request in: whoever sends credentials of their own means those. */
    static boolean signsIn(HttpServletRequest request) {
        return request.getHeader("Authorization") == null && cookie(request).isPresent();
    }

    private static Optional<String> cookie(HttpServletRequest request) {
        Cookie[] cookies = request.getCookies();
        return cookies == null
                ? Optional.empty()
                : Arrays.stream(cookies)
                        .filter(cookie -> cookie.getName().equals(COOKIE))
                        .map(Cookie::getValue)
                        .findFirst();
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (signsIn(request)) {
            try {
                Jwt token = tokens.decode(cookie(request).orElseThrow());
                SecurityContext context = SecurityContextHolder.createEmptyContext();
                context.setAuthentication(toUser.convert(token));
                SecurityContextHolder.setContext(context);
            } catch (JwtException expired) {
                // An old cookie is as good as none: whoever needs sign-in is told so, and the sign-in page still opens.
                SecurityContextHolder.clearContext();
            }
        }
        chain.doFilter(request, response);
    }

    /** An event stream is answered in a second dispatch, which must know who asked too. */
    @Override
    protected boolean shouldNotFilterAsyncDispatch() {
        return false;
    }
}
