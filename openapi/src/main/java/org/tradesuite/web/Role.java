package org.tradesuite.web;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/** What somebody may do. A role that we do not know, for instance one of a foreign token issuer, allows nothing. */
public enum Role {
    TRADER,
    OPERATIONS,
    COMPLIANCE,
    RISK,
    ADMINISTRATOR;

    GrantedAuthority authority() {
        return new SimpleGrantedAuthority("ROLE_" + name());
    }

    static List<Role> of(Authentication who) {
        List<String> held = who.getAuthorities().stream()
                .map(GrantedAuthority::getAuthority)
                .filter(Objects::nonNull)
                .toList();
        return Stream.of(values())
                .filter(role -> held.contains("ROLE_" + role.name()))
                .toList();
    }

    static String names(Authentication who) {
        return of(who).stream().map(Role::name).collect(Collectors.joining(", "));
    }
}
