package org.tradesuite.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/**
 * The contract to read and to try out: {@code /swagger-ui} and {@code /contract/*.yaml}. An application shows its own
 * part, found by its context path; one that is no part of the contract, such as the console, shows all of it.
 */
@RestController
class ContractPages {

    private static final List<String> ALL =
            List.of("execution", "settlement", "reconciliation", "reporting", "jobs", "access", "common");

    private static final Map<String, List<String>> PARTS = Map.of(
            "/execution", List.of("execution", "access"),
            "/settlement", List.of("settlement", "jobs", "access"),
            "/reconciliation", List.of("reconciliation", "jobs", "access"),
            "/reporting", List.of("reporting", "jobs", "access"));

    private static final String PAGE = """
        <!doctype html>
        <html lang="en">
        <head>
          <meta charset="utf-8">
          <title>The HTTP contract</title>
          <link rel="stylesheet" href="assets/swagger-ui.css">
        </head>
        <body>
          <div id="swagger-ui"></div>
          <script src="assets/swagger-ui-bundle.js"></script>
          <script src="assets/swagger-ui-standalone-preset.js"></script>
          <script src="start.js"></script>
        </body>
        </html>
        """;

    private static final String START = """
        const csrf = () => document.cookie.split('; ').find(c => c.startsWith('XSRF-TOKEN='))?.split('=')[1];
        SwaggerUIBundle({
          dom_id: '#swagger-ui',
          urls: [HERE],
          presets: [SwaggerUIBundle.presets.apis, SwaggerUIStandalonePreset],
          layout: 'StandaloneLayout',
          requestInterceptor: request => {
            if (csrf()) request.headers['X-XSRF-TOKEN'] = csrf();
            return request;
          }
        });
        """;

    @GetMapping("/swagger-ui")
    ResponseEntity<Void> page(HttpServletRequest request) {
        return ResponseEntity.status(HttpStatus.FOUND)
                .header("Location", request.getContextPath() + "/swagger-ui/index.html")
                .build();
    }

    @GetMapping(path = "/swagger-ui/index.html", produces = MediaType.TEXT_HTML_VALUE)
    String index() {
        return PAGE;
    }

    @GetMapping(path = "/swagger-ui/start.js", produces = "text/javascript")
    String start(HttpServletRequest request) {
        return START.replace(
                "HERE",
                PARTS.getOrDefault(request.getContextPath(), ALL).stream()
                        .filter(part -> !part.equals("common"))
                        .map(part -> "{name: '" + part + "', url: '../contract/" + part + ".yaml'}")
                        .collect(Collectors.joining(", ")));
    }

    /** The file as it is, except that it names this server instead of the default one. */
    @GetMapping(path = "/contract/{part}.yaml", produces = "application/yaml;charset=UTF-8")
    String contract(@PathVariable String part) throws IOException {
        if (!ALL.contains(part)) {
            throw ProblemException.notFound("There is no contract file " + part + ".yaml. There are " + ALL + ".");
        }
        return new ClassPathResource("contract/" + part + ".yaml")
                .getContentAsString(UTF_8)
                .replace("http://localhost:8080/", "/");
    }
}
