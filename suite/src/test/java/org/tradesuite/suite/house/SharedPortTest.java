package org.tradesuite.suite.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

class SharedPortTest {

    @ImportAutoConfiguration({
        TomcatServletWebServerAutoConfiguration.class,
        DispatcherServletAutoConfiguration.class,
        WebMvcAutoConfiguration.class
    })
    @RestController
    static class Door {
        private final Environment environment;

        Door(Environment environment) {
            this.environment = environment;
        }

        @GetMapping("/name")
        String name() {
            return environment.getRequiredProperty("spring.application.name");
        }
    }

    private final SharedPort port = new SharedPort();

    @Test
    void applications_answer_under_their_own_path_on_one_port_and_leave_it_one_by_one() throws Exception {
        try (var console = start("console", "", port.host())) {
            var address = "http://localhost:" + console.getEnvironment().getProperty("local.server.port", "?");
            try (var execution = start("execution", "/execution", port.guest());
                    var settlement = start("settlement", "/settlement", port.guest())) {
                assertThat(get(address + "/name")).isEqualTo("200 console");
                assertThat(get(address + "/execution/name")).isEqualTo("200 execution");
                assertThat(get(address + "/settlement/name")).isEqualTo("200 settlement");
                assertThat(execution).isNotSameAs(settlement);
            }
            assertThat(get(address + "/execution/name")).startsWith("404");
            assertThat(get(address + "/name")).isEqualTo("200 console");
        }
    }

    private static ConfigurableApplicationContext start(
            String name, String path, TomcatServletWebServerFactory factory) {
        return new SpringApplicationBuilder(Door.class)
                .web(WebApplicationType.SERVLET)
                .properties(Map.of(
                        "spring.application.name", name, "server.servlet.context-path", path, "server.port", "0"))
                .initializers((GenericApplicationContext context) ->
                        context.registerBean(TomcatServletWebServerFactory.class, () -> factory))
                .run();
    }

    private static String get(String url) throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            var answer = http.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString());
            return answer.statusCode() + (answer.statusCode() == 200 ? " " + answer.body() : "");
        }
    }
}
