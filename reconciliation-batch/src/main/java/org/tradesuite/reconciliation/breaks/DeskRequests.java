package org.tradesuite.reconciliation.breaks;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tradesuite.openapi.problem.ProblemCode;
import org.tradesuite.reconciliation.breaks.BreakDesk.Answer;
import org.tradesuite.reconciliation.breaks.BreakDesk.Wanted;
import org.tradesuite.web.ProblemException;
import tools.jackson.databind.json.JsonMapper;

/** Remembers what was done under the key of a request, so that a caller who lost the answer may send it again. */
final class DeskRequests {

    private static final String BEFORE =
            "select asked, answer from reconciliation.desk_request where actor = :by and request_key = :key";
    private static final String DONE = """
        insert into reconciliation.desk_request (actor, request_key, asked, answer, at) values (:by, :key, :asked, :answer, :at)
        """;

    private record Kept(
            String breakId,
            @Nullable ProblemCode code,
            @Nullable String detail) {}

    private record Before(String asked, String answer) {}

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final Clock clock;

    DeskRequests(JdbcClient jdbc, JsonMapper json, Clock clock) {
        this.jdbc = jdbc;
        this.json = json;
        this.clock = clock;
    }

    /** What was answered to this very request before. */
    Optional<List<Answer>> before(String by, @Nullable String key, DeskAction action, List<Wanted> wanted) {
        if (key == null) {
            return Optional.empty();
        }
        return jdbc.sql(BEFORE)
                .param("by", by)
                .param("key", key)
                .query((row, number) -> new Before(row.getString(1), row.getString(2)))
                .optional()
                .map(before -> {
                    if (!before.asked().equals(asked(action, wanted))) {
                        throw new ProblemException(
                                ProblemCode.IDEMPOTENCY_KEY_REUSED,
                                key + " was used for another request. Use a new key for a new one.");
                    }
                    return Arrays.stream(json.readValue(before.answer(), Kept[].class))
                            .map(DeskRequests::answer)
                            .toList();
                });
    }

    private static Answer answer(Kept kept) {
        var code = kept.code();
        return new Answer(
                kept.breakId(), code == null ? null : new ProblemException(code, String.valueOf(kept.detail())));
    }

    void done(String by, @Nullable String key, DeskAction action, List<Wanted> wanted, List<Answer> answers) {
        if (key == null) {
            return;
        }
        var kept = answers.stream()
                .map(answer -> {
                    var problem = answer.problem();
                    return problem == null
                            ? new Kept(answer.breakId(), null, null)
                            : new Kept(answer.breakId(), problem.code(), problem.detail());
                })
                .toList();
        jdbc.sql(DONE)
                .param("by", by)
                .param("key", key)
                .param("asked", asked(action, wanted))
                .param("answer", json.writeValueAsString(kept))
                .param("at", clock.instant().truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC))
                .update();
    }

    /** Records say all they hold, in the order in which they declare it. */
    private static String asked(DeskAction action, List<Wanted> wanted) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256")
                            .digest((action + " " + wanted).getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException("Every Java platform has SHA-256", absent);
        }
    }
}
