package org.tradesuite.execution;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Import;
import org.tradesuite.web.WebContract;

/** Starts intraday execution alone, against a PostgreSQL server. Settings: {@code execution.properties}. */
@SpringBootApplication
@Import(WebContract.class)
public class ExecutionApplication {

    /** Starts it; arguments override settings, as in {@code --server.port=8085}. */
    public static void main(String[] arguments) {
        new SpringApplicationBuilder(ExecutionApplication.class)
                .properties("spring.config.name=execution")
                .run(arguments);
    }
}
