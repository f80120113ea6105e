package org.tradesuite.suite.console;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Properties;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ClassPathResource;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** The library that draws the page's charts, from its jar, whatever its version. */
@Configuration(proxyBeanMethods = false)
class Charts implements WebMvcConfigurer {

    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        registry.addResourceHandler("/charts/**")
                .addResourceLocations("classpath:/META-INF/resources/_static/echarts/" + version() + "/dist/");
    }

    private static String version() {
        var about = new Properties();
        try (var in = new ClassPathResource("META-INF/maven/org.mvnpm/echarts/pom.properties").getInputStream()) {
            about.load(in);
        } catch (IOException broken) {
            throw new UncheckedIOException("The jar of ECharts does not say its version", broken);
        }
        return about.getProperty("version");
    }
}
