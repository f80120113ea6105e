package org.tradesuite.web;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tradesuite.openapi.problem.FieldError;
import org.tradesuite.openapi.problem.Problem;
import org.tradesuite.openapi.problem.ProblemCode;

/**
 * Ends a request with a problem. The detail says what was wrong and what to do about it, in a sentence or two that a
 * trader or a clerk can act on.
 */
public final class ProblemException extends RuntimeException {

    private final ProblemCode code;
    private final List<FieldError> errors;

    public ProblemException(ProblemCode code, String detail) {
        this(code, detail, List.of());
    }

    public ProblemException(ProblemCode code, String detail, List<FieldError> errors) {
        super(detail);
        this.code = code;
        this.errors = List.copyOf(errors);
    }

    /** A problem with one field of the body, whose JSON path is for example {@code $.quantity}. */
    public static ProblemException inField(String field, ProblemCode code, String detail) {
        return new ProblemException(code, detail, List.of(new FieldError(field, code, detail)));
    }

    public static ProblemException notFound(String detail) {
        return new ProblemException(ProblemCode.NOT_FOUND, detail);
    }

    public ProblemCode code() {
        return code;
    }

    public String detail() {
        return String.valueOf(getMessage());
    }

    public List<FieldError> errors() {
        return errors;
    }

    /** The same as a value, for the single answers of a batch. */
    public Problem problem(@Nullable String instance) {
        return Problems.of(code, detail(), instance, errors);
    }
}
