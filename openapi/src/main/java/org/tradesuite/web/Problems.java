package org.tradesuite.web;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.tradesuite.openapi.problem.FieldError;
import org.tradesuite.openapi.problem.Problem;
import org.tradesuite.openapi.problem.ProblemCode;

/** The status and the title of each problem code: one table, so that no code is ever answered in two ways. */
public final class Problems {

    private Problems() {}

    public static HttpStatus status(ProblemCode code) {
        return switch (code) {
            case MALFORMED_BODY,
                    UNKNOWN_FIELD,
                    WRONG_TYPE,
                    MISSING_FIELD,
                    INVALID_VALUE,
                    INVALID_PARAMETER,
                    INVALID_CURSOR,
                    IDEMPOTENCY_KEY_MISSING,
                    IDEMPOTENCY_KEY_INVALID -> HttpStatus.BAD_REQUEST;
            case NOT_SIGNED_IN, WRONG_CREDENTIALS, TOKEN_REFUSED -> HttpStatus.UNAUTHORIZED;
            case FORBIDDEN, CSRF_REFUSED, MAKER_IS_CHECKER -> HttpStatus.FORBIDDEN;
            case NOT_FOUND -> HttpStatus.NOT_FOUND;
            case METHOD_NOT_ALLOWED -> HttpStatus.METHOD_NOT_ALLOWED;
            case NOT_ACCEPTABLE -> HttpStatus.NOT_ACCEPTABLE;
            case IDEMPOTENCY_KEY_REUSED,
                    CONFLICT,
                    STALE_VERSION,
                    TRADING_DAY_ALREADY_OPEN,
                    TRADING_DAY_CLOSED,
                    ORDER_NOT_WORKING,
                    AMENDMENT_WAITS,
                    FILE_DUPLICATE,
                    JOB_ALREADY_RUNNING,
                    JOB_ALREADY_COMPLETED,
                    JOB_NOT_RUNNING,
                    JOB_NOT_RESTARTABLE,
                    QUARANTINE_ALREADY_RELEASED,
                    BREAK_CLOSED,
                    SIGN_OFF_REFUSED,
                    RULE_STATE_WRONG,
                    SWITCH_NEEDS_TWO_PERSONS,
                    SWITCH_NOT_TO_REOPEN -> HttpStatus.CONFLICT;
            case BODY_TOO_LARGE -> HttpStatus.CONTENT_TOO_LARGE;
            case UNSUPPORTED_MEDIA_TYPE -> HttpStatus.UNSUPPORTED_MEDIA_TYPE;
            case INVALID_ISIN,
                    UNKNOWN_INSTRUMENT,
                    INSTRUMENT_NOT_TRADABLE,
                    UNKNOWN_ACCOUNT,
                    ACCOUNT_NOT_ACTIVE,
                    UNKNOWN_STRATEGY,
                    UNKNOWN_TRADER,
                    QUANTITY_NOT_POSITIVE,
                    QUANTITY_TOO_PRECISE,
                    QUANTITY_OFF_LOT,
                    LIMIT_PRICE_MISSING,
                    LIMIT_PRICE_NOT_ALLOWED,
                    PRICE_NOT_POSITIVE,
                    PRICE_OFF_TICK,
                    SCHEDULE_INVALID,
                    MARKET_CLOSED,
                    TRADING_DAY_NOT_OPEN,
                    REFERENCE_DATA_MISSING,
                    REFUSED_BY_RISK,
                    AMEND_BELOW_EXECUTED,
                    AMEND_CHANGES_NOTHING,
                    LIMIT_UNKNOWN,
                    SWITCH_SCOPE_UNKNOWN,
                    FILE_REFUSED,
                    RULES_INVALID,
                    COLUMN_UNKNOWN,
                    COLUMN_MISSING,
                    COLUMN_TWICE,
                    OPERATOR_UNKNOWN,
                    TOLERANCE_NEGATIVE,
                    PASSES_OUT_OF_ORDER,
                    VALIDITY_OVERLAPS,
                    WRITE_OFF_REFUSED,
                    JOB_PARAMETERS_INVALID -> HttpStatus.UNPROCESSABLE_CONTENT;
            case NOT_READY, DATABASE_UNAVAILABLE -> HttpStatus.SERVICE_UNAVAILABLE;
            case TIMED_OUT -> HttpStatus.GATEWAY_TIMEOUT;
            case INTERNAL_ERROR -> HttpStatus.INTERNAL_SERVER_ERROR;
        };
    }

    static String title(ProblemCode code) {
        return switch (code) {
            case MALFORMED_BODY -> "The body cannot be read";
            case UNKNOWN_FIELD -> "The body has a field that the contract does not know";
            case WRONG_TYPE -> "A field has the wrong type";
            case MISSING_FIELD -> "A field is missing";
            case INVALID_VALUE -> "A field has a value that the contract does not allow";
            case INVALID_PARAMETER -> "A parameter or header is wrong";
            case INVALID_CURSOR -> "The cursor is not one of ours";
            case IDEMPOTENCY_KEY_MISSING -> "The idempotency key is missing";
            case IDEMPOTENCY_KEY_INVALID -> "The idempotency key is malformed";
            case METHOD_NOT_ALLOWED -> "The method is not allowed here";
            case NOT_ACCEPTABLE -> "There is no such representation";
            case BODY_TOO_LARGE -> "The body is over the limit";
            case UNSUPPORTED_MEDIA_TYPE -> "The content type is not accepted";
            case NOT_SIGNED_IN -> "Sign in first";
            case WRONG_CREDENTIALS -> "The user name or the password is wrong";
            case TOKEN_REFUSED -> "The token is refused";
            case FORBIDDEN -> "Your role does not allow this";
            case CSRF_REFUSED -> "The CSRF token is missing or wrong";
            case MAKER_IS_CHECKER -> "Whoever made it cannot approve it";
            case NOT_FOUND -> "There is no such thing";
            case IDEMPOTENCY_KEY_REUSED -> "The idempotency key belongs to another body";
            case CONFLICT -> "It contradicts what is recorded";
            case STALE_VERSION -> "Somebody was faster";
            case INVALID_ISIN -> "The ISIN is wrong";
            case UNKNOWN_INSTRUMENT -> "The instrument is unknown";
            case INSTRUMENT_NOT_TRADABLE -> "The instrument cannot be traded now";
            case UNKNOWN_ACCOUNT -> "The account is unknown";
            case ACCOUNT_NOT_ACTIVE -> "The account is not active";
            case UNKNOWN_STRATEGY -> "The strategy is unknown";
            case UNKNOWN_TRADER -> "The trader is unknown";
            case QUANTITY_NOT_POSITIVE -> "The quantity must be above zero";
            case QUANTITY_TOO_PRECISE -> "The quantity has too many decimals";
            case QUANTITY_OFF_LOT -> "The quantity is not a multiple of the lot";
            case LIMIT_PRICE_MISSING -> "A limit order needs a limit price";
            case LIMIT_PRICE_NOT_ALLOWED -> "A market order has no limit price";
            case PRICE_NOT_POSITIVE -> "The price must be above zero";
            case PRICE_OFF_TICK -> "The price is not a multiple of the tick";
            case SCHEDULE_INVALID -> "Start and end time do not fit";
            case MARKET_CLOSED -> "The market is closed";
            case TRADING_DAY_NOT_OPEN -> "The trading day is not open";
            case TRADING_DAY_ALREADY_OPEN -> "The trading day is open already";
            case TRADING_DAY_CLOSED -> "The trading day is closed";
            case REFERENCE_DATA_MISSING -> "Reference data is missing";
            case REFUSED_BY_RISK -> "Risk refuses it";
            case ORDER_NOT_WORKING -> "The order is not working any more";
            case AMEND_BELOW_EXECUTED -> "The new quantity is below what is executed";
            case AMEND_CHANGES_NOTHING -> "The amendment changes nothing";
            case AMENDMENT_WAITS -> "Another amendment of the order waits for a person";
            case LIMIT_UNKNOWN -> "There is no such limit";
            case SWITCH_SCOPE_UNKNOWN -> "There is nothing like that to stop";
            case SWITCH_NEEDS_TWO_PERSONS -> "To open it again takes two persons";
            case SWITCH_NOT_TO_REOPEN -> "There is nothing to open again";
            case FILE_REFUSED -> "The file is refused";
            case FILE_DUPLICATE -> "The file was handed in before";
            case JOB_ALREADY_RUNNING -> "The job is running";
            case JOB_ALREADY_COMPLETED -> "The job has completed for this business date";
            case JOB_NOT_RUNNING -> "The run is not running";
            case JOB_NOT_RESTARTABLE -> "The run cannot be restarted";
            case JOB_PARAMETERS_INVALID -> "The job cannot run with these parameters";
            case QUARANTINE_ALREADY_RELEASED -> "The row was released before";
            case BREAK_CLOSED -> "The break is closed";
            case WRITE_OFF_REFUSED -> "It cannot be written off";
            case SIGN_OFF_REFUSED -> "It cannot be signed off yet";
            case RULES_INVALID -> "The rules cannot be used as they are";
            case RULE_STATE_WRONG -> "The version is not in a state for this";
            case COLUMN_UNKNOWN -> "There is no such column";
            case COLUMN_MISSING -> "A column is missing";
            case COLUMN_TWICE -> "A column is there twice";
            case OPERATOR_UNKNOWN -> "There is no such operator";
            case TOLERANCE_NEGATIVE -> "A tolerance is negative";
            case PASSES_OUT_OF_ORDER -> "The passes are out of order";
            case VALIDITY_OVERLAPS -> "Another version is valid then";
            case NOT_READY -> "We are not ready yet";
            case DATABASE_UNAVAILABLE -> "The database does not answer";
            case TIMED_OUT -> "It took too long";
            case INTERNAL_ERROR -> "Something is wrong on our side";
        };
    }

    /** A problem as the contract has it; also for the single answers of a batch. */
    public static Problem of(ProblemCode code, String detail, @Nullable String instance, List<FieldError> errors) {
        Problem problem = new Problem(
                "urn:tradesuite:problem:"
                        + code.getValue().toLowerCase(Locale.ROOT).replace('_', '-'),
                title(code),
                status(code).value(),
                code,
                detail);
        if (instance != null) {
            problem.setInstance(instance);
        }
        problem.setErrors(errors.isEmpty() ? null : errors);
        return problem;
    }

    static ResponseEntity<Problem> answer(Problem problem) {
        return ResponseEntity.status(problem.getStatus())
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(problem);
    }
}
