package org.tradesuite.execution.desk.web;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.util.unit.DataSize;
import org.tradesuite.web.KnownCallers;
import org.tradesuite.web.ProblemWriter;
import tools.jackson.databind.json.JsonMapper;

/** The short way in stands before every other filter, at its two addresses only. */
@Configuration(proxyBeanMethods = false)
class IntakeWiring {

    @Bean
    FilterRegistrationBean<QuickIntake> quickIntake(
            DecisionDesk desk,
            KnownCallers callers,
            ProblemWriter problems,
            JsonMapper json,
            @Value("${tradesuite.web.max-body:1MB}") DataSize largest) {
        FilterRegistrationBean<QuickIntake> filter =
                new FilterRegistrationBean<>(new QuickIntake(desk, callers, problems, json, largest.toBytes()));
        filter.addUrlPatterns(QuickIntake.ONE, QuickIntake.MANY);
        filter.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return filter;
    }
}
