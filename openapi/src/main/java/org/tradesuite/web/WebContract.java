package org.tradesuite.web;

import jakarta.servlet.DispatcherType;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.core.convert.converter.Converter;
import org.springframework.http.HttpMethod;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.authentication.dao.DaoAuthenticationProvider;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.RequestCacheConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.SupplierJwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationConverter;
import org.springframework.security.oauth2.server.resource.authentication.JwtGrantedAuthoritiesConverter;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.session.NullAuthenticatedSessionStrategy;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.csrf.CsrfTokenRequestAttributeHandler;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.util.unit.DataSize;
import tools.jackson.databind.json.JsonMapper;

/**
 * What an application imports to keep the HTTP contract: sign-in, roles, problems, strict bodies, the contract's own
 * pages. Needs a DataSource that can read schema identity.
 *
 * <p>Keys: {@code tradesuite.web.max-body} (1MB), {@code tradesuite.web.token-lifetime} (8h),
 * {@code tradesuite.web.open-paths} (what needs no sign-in, such as the sign-in page; nothing by default),
 * {@code tradesuite.web.first-users} (true: makes and shows the first users of an empty database),
 * {@code spring.security.oauth2.resourceserver.jwt.issuer-uri} (an OAuth2 issuer whose tokens count instead of ours; its
 * claim {@code roles} names our roles), {@code tradesuite.web.local-users} (whether the users of the database may sign
 * in; by default only without an issuer).
 */
@Configuration(proxyBeanMethods = false)
@EnableWebSecurity
@EnableMethodSecurity
@Import({
    ProblemAdvice.class,
    ContractEnums.class,
    ProblemPage.class,
    AccessController.class,
    ContractPages.class,
    ContractAssets.class
})
public class WebContract {

    private static final List<String> SAFE = List.of("GET", "HEAD", "OPTIONS", "TRACE");

    /** The contract has no optional reading: what is not in it is refused, and nothing is converted silently. */
    @Bean
    JsonMapperBuilderCustomizer strictBodies() {
        return new StrictBodies();
    }

    @Bean
    ProblemWriter problemWriter(JsonMapper json) {
        return new ProblemWriter(json);
    }

    @Bean
    FilterRegistrationBean<BodyLimit> bodyLimit(
            ProblemWriter problems,
            @Value("${tradesuite.web.max-body:1MB}") DataSize limit,
            @Value(BodyLimit.WHAT_TO_DO) String whatToDo) {
        FilterRegistrationBean<BodyLimit> filter =
                new FilterRegistrationBean<>(new BodyLimit(limit.toBytes(), whatToDo, problems));
        filter.setOrder(Ordered.HIGHEST_PRECEDENCE + 100);
        return filter;
    }

    @Bean
    UserAccounts userAccounts(DataSource dataSource) {
        return new UserAccounts(dataSource);
    }

    /** Tokens live by the wall clock also where business time runs faster. */
    @Bean
    Tokens tokens(DataSource dataSource, @Value("${tradesuite.web.token-lifetime:8h}") Duration lifetime) {
        return new Tokens(dataSource, lifetime, Clock.systemUTC());
    }

    @Bean
    TradesAs tradesAs(Tokens tokens) {
        return new TradesAs(tokens.users());
    }

    @Bean
    AuthenticationManager authenticationManager(
            UserAccounts accounts,
            @Value("${spring.security.oauth2.resourceserver.jwt.issuer-uri:}") String issuer,
            @Value("${tradesuite.web.local-users:#{null}}") @Nullable Boolean localUsers) {
        if (!usesLocalUsers(issuer, localUsers)) {
            return refused -> {
                throw new BadCredentialsException("Users of the database are switched off.");
            };
        }
        DaoAuthenticationProvider passwords = new DaoAuthenticationProvider(accounts::byName);
        passwords.setPasswordEncoder(new BCryptPasswordEncoder());
        return new ProviderManager(passwords);
    }

    private static boolean usesLocalUsers(String issuer, @Nullable Boolean localUsers) {
        return localUsers == null ? issuer.isEmpty() : localUsers;
    }

    /** Nobody reads a measurement of each filter of each request, and it costs as much as the sign-in itself. */
    @Bean
    SecurityObservationSettings noObservations() {
        return SecurityObservationSettings.noObservations();
    }

    @Bean
    JwtDecoder bearerTokens(
            Tokens tokens, @Value("${spring.security.oauth2.resourceserver.jwt.issuer-uri:}") String issuer) {
        return issuer.isEmpty()
                ? tokens.decoder()
                : new SupplierJwtDecoder(
                        () -> NimbusJwtDecoder.withIssuerLocation(issuer).build());
    }

    /** An issuer's tokens are for Spring Security to judge, each time. */
    @Bean
    KnownCallers knownCallers(
            Tokens tokens, @Value("${spring.security.oauth2.resourceserver.jwt.issuer-uri:}") String issuer) {
        return new KnownCallers(issuer.isEmpty() ? tokens.decoder() : null);
    }

    @Bean
    SecurityFilterChain signInAndRoles(
            HttpSecurity http,
            ProblemWriter problems,
            Tokens tokens,
            JwtDecoder bearerTokens,
            @Value("${tradesuite.web.open-paths:}") List<String> openPaths) {
        Converter<Jwt, AbstractAuthenticationToken> toUser = toUser();
        return http.authorizeHttpRequests(requests -> {
                    requests.dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.ASYNC)
                            .permitAll();
                    requests.requestMatchers(HttpMethod.POST, "/sign-in").permitAll();
                    openPaths.stream()
                            .filter(path -> !path.isBlank())
                            .forEach(path ->
                                    requests.requestMatchers(path.strip()).permitAll());
                    requests.anyRequest().authenticated();
                })
                .httpBasic(basic -> basic.authenticationEntryPoint(problems))
                .oauth2ResourceServer(resource -> resource.authenticationEntryPoint(problems)
                        .accessDeniedHandler(problems)
                        .jwt(jwt -> jwt.decoder(bearerTokens).jwtAuthenticationConverter(toUser)))
                .addFilterAfter(new CookieSignIn(tokens.decoder(), toUser), CsrfFilter.class)
                .csrf(csrf -> csrf.csrfTokenRepository(csrfCookie())
                        .csrfTokenRequestHandler(new CsrfTokenRequestAttributeHandler())
                        // There is no session that a token could be fixed to; by default each request would take it
                        // back.
                        .sessionAuthenticationStrategy(new NullAuthenticatedSessionStrategy())
                        .requireCsrfProtectionMatcher(writesByCookie()))
                .exceptionHandling(
                        failures -> failures.authenticationEntryPoint(problems).accessDeniedHandler(problems))
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .requestCache(RequestCacheConfigurer::disable)
                .logout(logout -> logout.disable())
                .formLogin(form -> form.disable())
                .headers(headers -> headers.contentSecurityPolicy(
                        policy -> policy.policyDirectives(KnownCallers.CONTENT_SECURITY_POLICY)))
                .build();
    }

    /** Only a cookie is sent by the browser on its own, so only a cookie needs the second proof. */
    private static RequestMatcher writesByCookie() {
        RequestMatcher signIn = PathPatternRequestMatcher.withDefaults().matcher(HttpMethod.POST, "/sign-in");
        return request ->
                !SAFE.contains(request.getMethod()) && CookieSignIn.signsIn(request) && !signIn.matches(request);
    }

    private static CookieCsrfTokenRepository csrfCookie() {
        CookieCsrfTokenRepository repository = CookieCsrfTokenRepository.withHttpOnlyFalse();
        repository.setCookiePath("/");
        repository.setCookieCustomizer(cookie -> cookie.sameSite("Strict"));
        return repository;
    }

    private static Converter<Jwt, AbstractAuthenticationToken> toUser() {
        JwtGrantedAuthoritiesConverter roles = new JwtGrantedAuthoritiesConverter();
        roles.setAuthoritiesClaimName(Tokens.ROLES);
        roles.setAuthorityPrefix("ROLE_");
        JwtAuthenticationConverter converter = new JwtAuthenticationConverter();
        converter.setJwtGrantedAuthoritiesConverter(roles);
        return converter;
    }

    /** For an application that starts alone; the suite makes the users before it starts the applications. */
    @Bean
    ApplicationRunner firstUsersNotice(
            DataSource dataSource, @Value("${tradesuite.web.first-users:true}") boolean wanted) {
        return arguments -> {
            List<FirstUsers.FirstUser> users = wanted ? FirstUsers.create(dataSource) : List.of();
            if (!users.isEmpty()) {
                System.out.println(FirstUsers.notice(users));
            }
        };
    }
}
