package org.tradesuite.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.constraints.NotNull;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.MessageSourceResolvable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.InternalAuthenticationServiceException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.validation.method.ParameterErrors;
import org.springframework.validation.method.ParameterValidationResult;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.MissingRequestHeaderException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.ServletRequestBindingException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.context.request.async.AsyncRequestTimeoutException;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.multipart.support.MissingServletRequestPartException;
import org.springframework.web.servlet.NoHandlerFoundException;
import org.springframework.web.servlet.resource.NoResourceFoundException;
import org.tradesuite.openapi.problem.FieldError;
import org.tradesuite.openapi.problem.Problem;
import org.tradesuite.openapi.problem.ProblemCode;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.exc.ValueInstantiationException;

/** Turns whatever ends a request into a problem of the contract. */
@RestControllerAdvice
@Order(Ordered.LOWEST_PRECEDENCE)
class ProblemAdvice {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemAdvice.class);
    private static final String IDEMPOTENCY_KEY = "Idempotency-Key";

    private final String tooLarge;

    ProblemAdvice(@Value(BodyLimit.WHAT_TO_DO) String tooLarge) {
        this.tooLarge = tooLarge;
    }

    @ExceptionHandler
    ResponseEntity<Problem> said(ProblemException problem, HttpServletRequest request) {
        return Problems.answer(problem.problem(request.getRequestURI()));
    }

    @ExceptionHandler
    ResponseEntity<Problem> unreadable(HttpMessageNotReadableException failed, HttpServletRequest request) {
        for (Throwable cause = failed.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof BodyTooLargeException tooLarge) {
                return answer(request, ProblemCode.BODY_TOO_LARGE, String.valueOf(tooLarge.getMessage()));
            }
        }
        if (!(failed.getCause() instanceof JacksonException reason)) {
            return answer(request, ProblemCode.MALFORMED_BODY, "The body is missing. Send one as the contract has it.");
        }
        if (!(reason instanceof DatabindException)) {
            return answer(
                    request,
                    ProblemCode.MALFORMED_BODY,
                    "The body is not JSON at line " + reason.getLocation().getLineNr() + ", column "
                            + reason.getLocation().getColumnNr() + ". Correct it and send it again.");
        }
        String field = path(reason);
        FieldError error = switch (reason) {
            case UnrecognizedPropertyException unknown ->
                new FieldError(
                        field,
                        ProblemCode.UNKNOWN_FIELD,
                        field + " is not a field here. Known fields: " + known(unknown) + ".");
            case ValueInstantiationException invalid ->
                new FieldError(
                        field,
                        ProblemCode.INVALID_VALUE,
                        field + " has a value that is not one of the contract's" + allowed(invalid) + ".");
            case MismatchedInputException mismatch ->
                new FieldError(field, ProblemCode.WRONG_TYPE, field + " must be " + wanted(mismatch) + ".");
            default ->
                new FieldError(field, ProblemCode.MALFORMED_BODY, field + " cannot be read. Check it in the contract.");
        };
        return Problems.answer(
                Problems.of(error.getCode(), error.getDetail(), request.getRequestURI(), List.of(error)));
    }

    private static String allowed(ValueInstantiationException invalid) {
        Object[] values = invalid.getType().getRawClass().getEnumConstants();
        return values == null
                ? ""
                : ": send one of " + Arrays.stream(values).map(Object::toString).collect(Collectors.joining(", "));
    }

    private static String path(JacksonException reason) {
        StringBuilder path = new StringBuilder("$");
        for (JacksonException.Reference step : reason.getPath()) {
            if (step.getPropertyName() != null) {
                path.append('.').append(step.getPropertyName());
            } else {
                path.append('[').append(step.getIndex()).append(']');
            }
        }
        return path.toString();
    }

    private static String known(UnrecognizedPropertyException unknown) {
        return unknown.getKnownPropertyIds() == null
                ? "none"
                : unknown.getKnownPropertyIds().stream()
                        .map(String::valueOf)
                        .sorted()
                        .collect(Collectors.joining(", "));
    }

    private static String wanted(MismatchedInputException mismatch) {
        Class<?> type = mismatch.getTargetType();
        if (type == null) {
            return "of another type; see the contract";
        }
        if (type == String.class) {
            return "a string, decimals too";
        }
        if (type == java.time.Instant.class) {
            return "a time such as 2026-11-20T09:00:00Z, with at most microseconds";
        }
        if (type == java.time.LocalDate.class) {
            return "a date such as 2026-11-20";
        }
        if (type == Integer.class || type == Long.class) {
            return "a whole number";
        }
        if (type == Boolean.class) {
            return "true or false";
        }
        return List.class.isAssignableFrom(type) ? "an array" : "an object";
    }

    @ExceptionHandler
    ResponseEntity<Problem> invalidBody(MethodArgumentNotValidException invalid, HttpServletRequest request) {
        return fields(
                request,
                invalid.getBindingResult().getFieldErrors().stream()
                        .map(error -> fieldError(
                                "$." + error.getField(),
                                "NotNull".equals(error.getCode()),
                                String.valueOf(error.getDefaultMessage())))
                        .toList());
    }

    @ExceptionHandler
    ResponseEntity<Problem> invalidArgument(ConstraintViolationException invalid, HttpServletRequest request) {
        return fields(
                request,
                invalid.getConstraintViolations().stream()
                        .map(ProblemAdvice::violation)
                        .toList());
    }

    /** The path starts with the method and its argument: {@code submitDecision.idempotencyKey}. */
    private static FieldError violation(ConstraintViolation<?> violation) {
        List<String> steps = StreamSupport.stream(violation.getPropertyPath().spliterator(), false)
                .map(Object::toString)
                .toList();
        boolean missing = violation.getConstraintDescriptor().getAnnotation() instanceof NotNull;
        if (steps.size() <= 2) {
            return parameterError(steps.getLast(), violation.getMessage());
        }
        return fieldError("$." + String.join(".", steps.subList(2, steps.size())), missing, violation.getMessage());
    }

    @ExceptionHandler
    ResponseEntity<Problem> invalidParameters(HandlerMethodValidationException invalid, HttpServletRequest request) {
        List<FieldError> errors = new ArrayList<>();
        for (ParameterValidationResult result : invalid.getParameterValidationResults()) {
            if (result instanceof ParameterErrors body) {
                body.getFieldErrors()
                        .forEach(error -> errors.add(fieldError(
                                "$." + error.getField(),
                                "NotNull".equals(error.getCode()),
                                String.valueOf(error.getDefaultMessage()))));
            } else {
                String name =
                        Objects.requireNonNullElse(result.getMethodParameter().getParameterName(), "a parameter");
                for (MessageSourceResolvable error : result.getResolvableErrors()) {
                    errors.add(parameterError(name, String.valueOf(error.getDefaultMessage())));
                }
            }
        }
        return fields(request, errors);
    }

    private static FieldError fieldError(String field, boolean missing, String message) {
        return missing
                ? new FieldError(field, ProblemCode.MISSING_FIELD, field + " is missing.")
                : new FieldError(field, ProblemCode.INVALID_VALUE, field + " " + message + ".");
    }

    private static FieldError parameterError(String name, String message) {
        return name.equals("idempotencyKey")
                ? new FieldError(
                        IDEMPOTENCY_KEY,
                        ProblemCode.IDEMPOTENCY_KEY_INVALID,
                        IDEMPOTENCY_KEY + " must be 8 to 64 letters, digits, dots, underscores, colons or hyphens.")
                : new FieldError(name, ProblemCode.INVALID_PARAMETER, name + " " + message + ".");
    }

    private static ResponseEntity<Problem> fields(HttpServletRequest request, List<FieldError> found) {
        List<FieldError> errors = found.stream()
                .sorted(java.util.Comparator.comparing(FieldError::getField).thenComparing(FieldError::getDetail))
                .toList();
        FieldError first = errors.getFirst();
        String detail = errors.size() == 1
                ? first.getDetail()
                : first.getDetail() + " And " + (errors.size() - 1) + " more; see errors.";
        return Problems.answer(Problems.of(first.getCode(), detail, request.getRequestURI(), errors));
    }

    @ExceptionHandler
    ResponseEntity<Problem> missing(MissingRequestHeaderException missing, HttpServletRequest request) {
        if (missing.getHeaderName().equalsIgnoreCase(IDEMPOTENCY_KEY)) {
            return answer(
                    request,
                    ProblemCode.IDEMPOTENCY_KEY_MISSING,
                    "Send the header Idempotency-Key with a key of your own, once per intent.");
        }
        return answer(request, ProblemCode.INVALID_PARAMETER, "The header " + missing.getHeaderName() + " is missing.");
    }

    @ExceptionHandler
    ResponseEntity<Problem> missing(MissingServletRequestParameterException missing, HttpServletRequest request) {
        return answer(
                request, ProblemCode.INVALID_PARAMETER, "The parameter " + missing.getParameterName() + " is missing.");
    }

    @ExceptionHandler
    ResponseEntity<Problem> missing(MissingServletRequestPartException missing, HttpServletRequest request) {
        return answer(
                request,
                ProblemCode.INVALID_PARAMETER,
                "There is no file in the part " + missing.getRequestPartName() + ". Send one for each file.");
    }

    /** More than the limit, without a length in its head that would have told before. */
    @ExceptionHandler
    ResponseEntity<Problem> tooLarge(MaxUploadSizeExceededException large, HttpServletRequest request) {
        return answer(request, ProblemCode.BODY_TOO_LARGE, "The parts are larger than is taken here. " + tooLarge);
    }

    @ExceptionHandler
    ResponseEntity<Problem> parts(MultipartException wrong, HttpServletRequest request) {
        return answer(
                request,
                ProblemCode.INVALID_PARAMETER,
                "The parts of the body cannot be read: "
                        + wrong.getMostSpecificCause().getMessage());
    }

    @ExceptionHandler
    ResponseEntity<Problem> wrongType(MethodArgumentTypeMismatchException wrong, HttpServletRequest request) {
        return answer(
                request,
                ProblemCode.INVALID_PARAMETER,
                wrong.getName() + " cannot be '" + wrong.getValue() + "'. See the contract for what it can be.");
    }

    @ExceptionHandler
    ResponseEntity<Problem> notBound(ServletRequestBindingException wrong, HttpServletRequest request) {
        return answer(request, ProblemCode.INVALID_PARAMETER, wrong.getBody().getDetail() + " See the contract.");
    }

    @ExceptionHandler
    ResponseEntity<Problem> contentType(HttpMediaTypeNotSupportedException wrong, HttpServletRequest request) {
        MediaType sent = wrong.getContentType();
        String supported = wrong.getSupportedMediaTypes().stream()
                .map(MediaType::toString)
                .distinct()
                .collect(Collectors.joining(" or "));
        return answer(
                request,
                ProblemCode.UNSUPPORTED_MEDIA_TYPE,
                (sent == null ? "A body without a content type" : sent) + " is not accepted here. Send " + supported
                        + ".");
    }

    @ExceptionHandler
    ResponseEntity<Problem> accept(HttpMediaTypeNotAcceptableException wrong, HttpServletRequest request) {
        return answer(
                request,
                ProblemCode.NOT_ACCEPTABLE,
                "The header Accept asks for what this does not have. Send "
                        + wrong.getSupportedMediaTypes().stream()
                                .map(MediaType::toString)
                                .collect(Collectors.joining(" or "))
                        + ".");
    }

    @ExceptionHandler
    ResponseEntity<Problem> method(HttpRequestMethodNotSupportedException wrong, HttpServletRequest request) {
        return answer(
                request,
                ProblemCode.METHOD_NOT_ALLOWED,
                wrong.getMethod() + " is not allowed here. Allowed: "
                        + String.join(
                                ", ", Objects.requireNonNullElse(wrong.getSupportedMethods(), new String[] {"nothing"}))
                        + ".");
    }

    @ExceptionHandler({NoResourceFoundException.class, NoHandlerFoundException.class})
    ResponseEntity<Problem> nothingThere(HttpServletRequest request) {
        return answer(
                request, ProblemCode.NOT_FOUND, "There is nothing at this address. See the contract at /swagger-ui.");
    }

    @ExceptionHandler
    ResponseEntity<Problem> role(AccessDeniedException denied, HttpServletRequest request) {
        return answer(request, ProblemCode.FORBIDDEN, ProblemWriter.forbidden());
    }

    @ExceptionHandler
    ResponseEntity<Problem> signIn(AuthenticationException refused, HttpServletRequest request) {
        return refused instanceof InternalAuthenticationServiceException
                ? databaseGone(request, refused)
                : answer(request, ProblemCode.NOT_SIGNED_IN, "Sign in first.");
    }

    @ExceptionHandler({
        CannotGetJdbcConnectionException.class,
        CannotCreateTransactionException.class,
        DataAccessResourceFailureException.class,
        TransientDataAccessException.class
    })
    ResponseEntity<Problem> database(Exception gone, HttpServletRequest request) {
        return databaseGone(request, gone);
    }

    private static ResponseEntity<Problem> databaseGone(HttpServletRequest request, Exception gone) {
        LOG.warn("{} {}: the database does not answer", request.getMethod(), request.getRequestURI(), gone);
        return answer(
                request,
                ProblemCode.DATABASE_UNAVAILABLE,
                "Nothing was lost. Send the same request again, with the same idempotency key if it has one.");
    }

    /** The reader of a stream went away: there is nobody to answer. */
    @ExceptionHandler
    void gone(AsyncRequestNotUsableException gone) {
        LOG.debug("The caller went away", gone);
    }

    @ExceptionHandler
    ResponseEntity<Problem> slow(AsyncRequestTimeoutException slow, HttpServletRequest request) {
        return answer(request, ProblemCode.TIMED_OUT, "No answer in time. Ask again with the same idempotency key.");
    }

    @ExceptionHandler
    ResponseEntity<Problem> unexpected(Exception failed, HttpServletRequest request) {
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (cause instanceof BodyTooLargeException tooLarge) {
                return answer(request, ProblemCode.BODY_TOO_LARGE, String.valueOf(tooLarge.getMessage()));
            }
            if (cause instanceof SQLException sql && isConnectionLost(sql)) {
                return databaseGone(request, failed);
            }
        }
        UUID reference = UUID.randomUUID();
        LOG.error("{} {} failed, reference {}", request.getMethod(), request.getRequestURI(), reference, failed);
        return answer(
                request,
                ProblemCode.INTERNAL_ERROR,
                "The server's log says more under reference " + reference + ". Tell whoever runs it.");
    }

    /** Class 08 is a connection exception, 57P a shutdown by the operator, 53 a lack of resources. */
    private static boolean isConnectionLost(SQLException failed) {
        @Nullable String state = failed.getSQLState();
        return state != null && (state.startsWith("08") || state.startsWith("57P") || state.startsWith("53"));
    }

    private static ResponseEntity<Problem> answer(HttpServletRequest request, ProblemCode code, String detail) {
        return Problems.answer(Problems.of(code, detail, request.getRequestURI(), List.of()));
    }
}
