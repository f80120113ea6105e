package org.tradesuite.execution.desk.web;

import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.function.Supplier;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import org.tradesuite.execution.desk.Answers;
import org.tradesuite.openapi.problem.ProblemCode;
import org.tradesuite.web.ProblemException;

/** Who asks, and how we tell that there is no answer yet. */
final class Caller {
    static final String RETRY_AFTER_SECONDS = "5";

    private Caller() {}

    /** The signed-in person or machine. */
    static String name() {
        Authentication who = SecurityContextHolder.getContext().getAuthentication();
        if (who == null) {
            throw new IllegalStateException("nobody is signed in, and yet the request came this far");
        }
        return who.getName();
    }

    /** Whether the signed-in person has one of these roles. */
    static boolean hasAny(String... roles) {
        Authentication who = SecurityContextHolder.getContext().getAuthentication();
        return who != null
                && who.getAuthorities().stream()
                        .anyMatch(held ->
                                Arrays.stream(roles).anyMatch(role -> ("ROLE_" + role).equals(held.getAuthority())));
    }

    /** Answers 503 with Retry-After while the engine cannot commit. */
    static <T> T answered(Supplier<T> question) {
        try {
            return question.get();
        } catch (Answers.NoAnswerException e) {
            if (RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes request) {
                HttpServletResponse response = request.getResponse();
                if (response != null) {
                    response.setHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
                }
            }
            throw noAnswer(e);
        }
    }

    static ProblemException noAnswer(Answers.NoAnswerException why) {
        return new ProblemException(
                ProblemCode.DATABASE_UNAVAILABLE,
                why.getMessage()
                        + " Nothing is lost: send the same request again, with the same idempotency key if it has"
                        + " one, after " + RETRY_AFTER_SECONDS + " seconds.");
    }
}
