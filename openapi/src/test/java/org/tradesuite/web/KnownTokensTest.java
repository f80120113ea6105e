package org.tradesuite.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.source.ImmutableSecret;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.jose.jws.MacAlgorithm;
import org.springframework.security.oauth2.jwt.JwsHeader;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;

class KnownTokensTest {

    private static final Instant ISSUED = Instant.parse("2026-11-18T09:00:00Z");
    private static final SecretKey KEY =
            new SecretKeySpec("a key of thirty-two bytes or more".getBytes(StandardCharsets.UTF_8), "HmacSHA256");
    private static final SecretKey OTHER_KEY =
            new SecretKeySpec("another key of thirty-two bytes..".getBytes(StandardCharsets.UTF_8), "HmacSHA256");

    private final AtomicReference<Instant> now = new AtomicReference<>(ISSUED);
    private final KnownTokens tokens = tokens();

    private KnownTokens tokens() {
        var holds = new JwtTimestampValidator(Duration.ZERO);
        InstantSource wall = now::get;
        holds.setClock(wall.withZone(ZoneOffset.UTC));
        var checks = NimbusJwtDecoder.withSecretKey(KEY).build();
        checks.setJwtValidator(holds);
        return new KnownTokens(checks, holds);
    }

    private static String token(SecretKey key) {
        var claims = JwtClaimsSet.builder()
                .subject("desk")
                .claim(Tokens.ROLES, List.of("TRADER", "SOMETHING_ELSE"))
                .issuedAt(ISSUED)
                .expiresAt(ISSUED.plusSeconds(60))
                .build();
        return new NimbusJwtEncoder(new ImmutableSecret<>(key))
                .encode(JwtEncoderParameters.from(
                        JwsHeader.with(MacAlgorithm.HS256).build(), claims))
                .getTokenValue();
    }

    @Test
    void a_token_seen_before_is_the_same_user() {
        String token = token(KEY);
        assertThat(tokens.decode(token).getSubject()).isEqualTo("desk");
        assertThat(tokens.decode(token).getSubject()).isEqualTo("desk");
    }

    @Test
    void a_token_seen_before_expires_all_the_same() {
        String token = token(KEY);
        tokens.decode(token);
        now.set(ISSUED.plusSeconds(61));
        assertThatThrownBy(() -> tokens.decode(token)).isInstanceOf(JwtException.class);
    }

    @Test
    void a_token_of_another_key_is_refused_each_time() {
        String forged = token(OTHER_KEY);
        tokens.decode(token(KEY));
        assertThatThrownBy(() -> tokens.decode(forged)).isInstanceOf(JwtException.class);
        assertThatThrownBy(() -> tokens.decode(forged)).isInstanceOf(JwtException.class);
    }

    @Test
    void whose_token_it_is_is_known_once_it_was_checked() {
        String token = token(KEY);
        assertThat(tokens.holder(token)).isNull();
        tokens.decode(token);
        assertThat(tokens.holder(token)).isEqualTo(new KnownCallers.Caller("desk", Set.of(Role.TRADER)));
    }

    @Test
    void whose_token_it_was_is_not_known_after_it_expired() {
        String token = token(KEY);
        tokens.decode(token);
        now.set(ISSUED.plusSeconds(61));
        assertThat(tokens.holder(token)).isNull();
    }

    @Test
    void a_token_that_was_refused_is_nobodys() {
        String forged = token(OTHER_KEY);
        assertThatThrownBy(() -> tokens.decode(forged)).isInstanceOf(JwtException.class);
        assertThat(tokens.holder(forged)).isNull();
    }
}
