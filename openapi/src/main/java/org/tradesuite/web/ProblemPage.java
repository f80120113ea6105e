package org.tradesuite.web;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.tradesuite.openapi.problem.Problem;
import org.tradesuite.openapi.problem.ProblemCode;

/** Answers what the server itself refused before any of our code was asked, so that this is a problem too. */
@RestController
class ProblemPage implements ErrorController {

    @RequestMapping("${server.error.path:/error}")
    ResponseEntity<Problem> error(HttpServletRequest request) {
        Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        Object path = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
        ProblemCode code = switch (status instanceof Integer number ? number : 500) {
            case 400 -> ProblemCode.INVALID_PARAMETER;
            case 401 -> ProblemCode.NOT_SIGNED_IN;
            case 403 -> ProblemCode.FORBIDDEN;
            case 404 -> ProblemCode.NOT_FOUND;
            case 405 -> ProblemCode.METHOD_NOT_ALLOWED;
            case 413 -> ProblemCode.BODY_TOO_LARGE;
            case 503 -> ProblemCode.NOT_READY;
            default -> ProblemCode.INTERNAL_ERROR;
        };
        String detail = switch (code) {
            case INVALID_PARAMETER ->
                "The address or a header has characters that are refused. Check the address against the contract.";
            case NOT_FOUND -> "There is nothing at this address. See the contract at /swagger-ui.";
            case INTERNAL_ERROR -> "The server's log says more. Tell whoever runs it the time of the request.";
            default -> Problems.title(code) + ".";
        };
        return Problems.answer(Problems.of(code, detail, path instanceof String text ? text : null, List.of()));
    }
}
