package org.tradesuite.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.InternalAuthenticationServiceException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.csrf.CsrfException;
import org.tradesuite.openapi.problem.Problem;
import org.tradesuite.openapi.problem.ProblemCode;
import tools.jackson.databind.json.JsonMapper;

/** Writes the problems that arise before a controller is reached: the body limit, sign-in, roles, CSRF. */
public final class ProblemWriter implements AuthenticationEntryPoint, AccessDeniedHandler {

    private final JsonMapper json;

    ProblemWriter(JsonMapper json) {
        this.json = json;
    }

    void write(HttpServletRequest request, HttpServletResponse response, ProblemCode code, String detail)
            throws IOException {
        write(response, Problems.of(code, detail, request.getRequestURI(), List.of()));
    }

    /** Answers with the problem, unless an answer has begun already. */
    public void write(HttpServletResponse response, Problem problem) throws IOException {
        if (response.isCommitted()) {
            return;
        }
        byte[] body = json.writeValueAsBytes(problem);
        response.setStatus(problem.getStatus());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException reason)
            throws IOException {
        if (reason instanceof InternalAuthenticationServiceException) {
            write(
                    request,
                    response,
                    ProblemCode.DATABASE_UNAVAILABLE,
                    "Users cannot be looked up now. Nothing was done; send the same request again.");
            return;
        }
        // A script of the console reads the problem; the browser's own password window would only get in its way.
        String mode = request.getHeader("Sec-Fetch-Mode");
        boolean ofAScript = mode != null && !mode.equals("navigate");
        response.setHeader(
                "WWW-Authenticate", ofAScript ? "Bearer realm=\"tradesuite\"" : "Basic realm=\"tradesuite\"");
        if (reason instanceof InvalidBearerTokenException) {
            write(
                    request,
                    response,
                    ProblemCode.TOKEN_REFUSED,
                    "The token is expired, not ours, or its user was switched off or given other roles. Get a new one"
                            + " with POST /tokens.");
        } else if (request.getHeader("Authorization") != null) {
            write(
                    request,
                    response,
                    ProblemCode.WRONG_CREDENTIALS,
                    "The user name or the password is wrong, or the user is switched off.");
        } else {
            write(
                    request,
                    response,
                    ProblemCode.NOT_SIGNED_IN,
                    "Send a bearer token, HTTP Basic credentials or the console's cookie.");
        }
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException reason)
            throws IOException {
        if (reason instanceof CsrfException) {
            write(
                    request,
                    response,
                    ProblemCode.CSRF_REFUSED,
                    "Send the value of the cookie XSRF-TOKEN in the header X-XSRF-TOKEN.");
        } else {
            write(request, response, ProblemCode.FORBIDDEN, forbidden());
        }
    }

    static String forbidden() {
        Authentication who = SecurityContextHolder.getContext().getAuthentication();
        if (who == null) {
            return "Nobody is signed in. Sign in first.";
        }
        return who.getName() + " has the roles " + Role.names(who) + ", which do not allow this. Ask an administrator.";
    }
}
