package org.tradesuite.web;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jose.jws.MacAlgorithm;
import org.springframework.security.oauth2.jwt.JwsHeader;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtEncoder;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;

/**
 * Signs and checks tokens with the keys of the database, so that one sign-in holds for every application. The newest
 * key signs, older ones still check. A token ends when it expires, and within a second when its user is switched off or
 * given other roles.
 */
final class Tokens {

    static final String ISSUER = "tradesuite";
    static final String ROLES = "roles";

    private static final String FIRST_KEY = """
        insert into identity.signing_key (id, secret, created_at)
        values (1, :secret, now())
        on conflict (id) do nothing
        """;

    private static final String KEYS = "select id, secret from identity.signing_key order by id desc";

    private final JwtEncoder encoder;
    private final KnownTokens decoder;
    private final UsersInForce users;
    private final String signingKeyId;
    private final Duration lifetime;
    private final Clock wallClock;

    Tokens(DataSource dataSource, Duration lifetime, Clock wallClock) {
        List<JWK> keys = keys(JdbcClient.create(dataSource));
        JWKSource<SecurityContext> source = new ImmutableJWKSet<>(new JWKSet(keys));
        NimbusJwtDecoder checks = NimbusJwtDecoder.withJwkSource(source)
                .jwtProcessorCustomizer(processor ->
                        processor.setJWSKeySelector(new com.nimbusds.jose.proc.JWSVerificationKeySelector<>(
                                com.nimbusds.jose.JWSAlgorithm.HS256, source)))
                .build();
        this.users = new UsersInForce(new UserAccounts(dataSource));
        var holds = new DelegatingOAuth2TokenValidator<Jwt>(JwtValidators.createDefaultWithIssuer(ISSUER), users);
        checks.setJwtValidator(holds);
        this.encoder = new NimbusJwtEncoder(source);
        this.decoder = new KnownTokens(checks, holds);
        this.signingKeyId = keys.getFirst().getKeyID();
        this.lifetime = lifetime;
        this.wallClock = wallClock;
    }

    private static List<JWK> keys(JdbcClient jdbc) {
        byte[] secret = new byte[32];
        new SecureRandom().nextBytes(secret);
        jdbc.sql(FIRST_KEY).param("secret", secret).update();
        return jdbc.sql(KEYS)
                .query((row, number) ->
                        (JWK) new OctetSequenceKey.Builder(Objects.requireNonNull(row.getBytes("secret")))
                                .keyID(row.getString("id"))
                                .algorithm(com.nimbusds.jose.JWSAlgorithm.HS256)
                                .build())
                .list();
    }

    KnownTokens decoder() {
        return decoder;
    }

    UsersInForce users() {
        return users;
    }

    Duration lifetime() {
        return lifetime;
    }

    Jwt issue(Authentication who) {
        Instant now = wallClock.instant().truncatedTo(ChronoUnit.SECONDS);
        JwtClaimsSet claims = JwtClaimsSet.builder()
                .issuer(ISSUER)
                .subject(who.getName())
                .issuedAt(now)
                .expiresAt(now.plus(lifetime))
                .claim(ROLES, Role.of(who).stream().map(Role::name).toList())
                .build();
        JwsHeader header =
                JwsHeader.with(MacAlgorithm.HS256).keyId(signingKeyId).build();
        return encoder.encode(JwtEncoderParameters.from(header, claims));
    }
}
