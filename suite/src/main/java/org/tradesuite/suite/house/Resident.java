package org.tradesuite.suite.house;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Map;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/**
 * An application that lives in the suite. It starts from its own properties file, as it does alone; what the suite
 * decides for it is given as on a command line.
 *
 * @param name of its properties file, its context path and its database role
 * @param settings keys that the suite decides
 */
public record Resident(String name, Class<?> application, Map<String, String> settings) {

    /** Starts it with this clock behind this door of the shared port; the caller closes it. */
    public ConfigurableApplicationContext start(TomcatServletWebServerFactory door, Clock clock) {
        var arguments = new ArrayList<String>();
        settings.forEach((key, value) -> arguments.add("--" + key + "=" + value));
        return new SpringApplicationBuilder(application)
                .main(application)
                .web(WebApplicationType.SERVLET)
                .bannerMode(Banner.Mode.OFF)
                .registerShutdownHook(false)
                .properties(Map.of("spring.config.name", name))
                .initializers((GenericApplicationContext context) -> {
                    context.registerBean(TomcatServletWebServerFactory.class, () -> door);
                    context.registerBean(Clock.class, () -> clock);
                })
                .run(arguments.toArray(String[]::new));
    }
}
