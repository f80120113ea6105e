package org.tradesuite.reconciliation.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.InputStreamSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.web.multipart.MultipartFile;
import org.tradesuite.openapi.problem.ProblemCode;
import org.tradesuite.openapi.reconciliation.model.Feed;
import org.tradesuite.openapi.reconciliation.model.Origin;
import org.tradesuite.openapi.reconciliation.model.Statement;
import org.tradesuite.openapi.reconciliation.model.StatementAnswer;
import org.tradesuite.openapi.reconciliation.model.StatementAnswers;
import org.tradesuite.openapi.reconciliation.model.StatementStatus;
import org.tradesuite.reconciliation.broker.AgreedRules;
import org.tradesuite.reconciliation.broker.BrokerFileName;
import org.tradesuite.reconciliation.statement.DropFolders;
import org.tradesuite.runsheet.intake.DropFolder;
import org.tradesuite.web.ProblemException;

/** Files handed in by hand: they lie where dropped files lie, with who did it; what they are worth the next run says. */
@Component
class StatementUpload {

    /** As in the contract: nothing that leads out of the drop folder, or hides there. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

    private static final String KNOWN =
            "select exists (select from reconciliation.statement_file where sha256 = :sha256 and refused is null)";
    private static final String WAITING = "select path from reconciliation.statement_upload where sha256 = :sha256";
    private static final String BROKER = "select exists (select from reference_api.broker where broker_id = :broker)";
    private static final String HANDED_IN = """
        insert into reconciliation.statement_upload (path, sha256, handed_in_by, handed_in_at)
        values (:path, :sha256, :by, :at)
        """;

    private final JdbcClient jdbc;
    private final DropFolders drop;
    private final AgreedRules rules;
    private final Clock clock;

    StatementUpload(JdbcClient jdbc, DropFolders drop, AgreedRules rules, Clock clock) {
        this.jdbc = jdbc;
        this.drop = drop;
        this.rules = rules;
        this.clock = clock;
    }

    /** Each on its own. */
    StatementAnswers takeEach(Feed feed, @Nullable String broker, List<MultipartFile> files, String by) {
        // What is wrong with all of them is said once.
        folder(feed, broker);
        var answers = new ArrayList<StatementAnswer>();
        for (var file : files) {
            var name = Objects.requireNonNullElse(file.getOriginalFilename(), "");
            try {
                answers.add(new StatementAnswer(name).statement(take(feed, broker, name, file, by)));
            } catch (ProblemException refused) {
                answers.add(new StatementAnswer(name).problem(refused.problem("/reconciliation/statements/files")));
            }
        }
        var taken = (int)
                answers.stream().filter(each -> each.getStatement() != null).count();
        return new StatementAnswers(taken, answers.size() - taken, answers);
    }

    /** @throws ProblemException if it is not taken */
    Statement take(Feed feed, @Nullable String broker, String name, InputStreamSource source, String by) {
        var folder = folder(feed, broker);
        if (!NAME.matcher(name).matches()) {
            throw ProblemException.inField(
                    "fileName",
                    ProblemCode.INVALID_PARAMETER,
                    "'" + name + "' cannot be the name of a file here: up to 100 letters, digits, dots, hyphens and"
                            + " underscores, the first one a letter or digit, and no path.");
        }
        requireKind(feed, name);
        var content = bytes(source);
        if (content.length == 0) {
            throw new ProblemException(
                    ProblemCode.FILE_REFUSED, name + " is empty. Hand in the file with its content.");
        }
        var sha256 = sha256(content);
        var file = folder.resolve(name);
        if (waits(file, sha256)
                || jdbc.sql(KNOWN).param("sha256", sha256).query(Boolean.class).single()) {
            throw new ProblemException(
                    ProblemCode.FILE_DUPLICATE,
                    "This file has been handed in before, or one of the name " + name
                            + " still waits. GET /statements shows what became of it.");
        }
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        // First who, then what: a file that nobody answers for is worse than an answer without a file.
        jdbc.sql(HANDED_IN)
                .param("path", file.toString())
                .param("sha256", sha256)
                .param("by", by)
                .param("at", now.atOffset(ZoneOffset.UTC))
                .update();
        DropFolder.write(file, content);
        return new Statement("file-" + sha256.substring(0, 16), feed, name, sha256, now, StatementStatus.RECEIVED)
                .sender(broker)
                .origin(Origin.UPLOAD)
                .handedInBy(by);
    }

    /** Which of a broker's two it is, its name tells; a wrong one would be read as the other. */
    private static void requireKind(Feed feed, String fileName) {
        var named = BrokerFileName.of(fileName).map(name -> name.feed().name());
        var wrong = named.isPresent()
                ? feed.getValue().startsWith("BROKER_") && !named.get().equals(feed.getValue())
                : feed == Feed.BROKER_DROP_COPY;
        if (wrong) {
            throw ProblemException.inField(
                    "fileName",
                    ProblemCode.INVALID_PARAMETER,
                    "Call a statement of trades as in trades-20261120.csv and a drop copy as in dropcopy-20261120.log:"
                            + " the name tells which it is and its date.");
        }
    }

    private boolean waits(Path file, String sha256) {
        return Files.exists(file)
                || jdbc.sql(WAITING).param("sha256", sha256).query(String.class).list().stream()
                        .anyMatch(path -> Files.exists(Path.of(path)));
    }

    private Path folder(Feed feed, @Nullable String broker) {
        return switch (feed) {
            case BROKER_TRADE, BROKER_DROP_COPY -> {
                var brokers = rules.brokers();
                if (broker == null
                        || !(brokers.contains(broker) || (feed == Feed.BROKER_DROP_COPY && isBroker(broker)))) {
                    throw ProblemException.inField(
                            "brokerId",
                            ProblemCode.INVALID_PARAMETER,
                            "Name the broker whose statement it is: one of " + brokers
                                    + ". A broker is known by the layout that is agreed for it (POST"
                                    + " /rules/layout-<broker>/versions).");
                }
                yield drop.broker(broker);
            }
            case CUSTODIAN_POSITION,
                    CUSTODIAN_MOVEMENT,
                    CUSTODIAN_PENDING,
                    CUSTODIAN_CASH,
                    CUSTODIAN_INTRADAY,
                    CUSTODIAN_ADVICE -> drop.custodian();
            case STATEMENT ->
                throw ProblemException.inField(
                        "feed",
                        ProblemCode.INVALID_PARAMETER,
                        "Say what kind of statement it is: BROKER_TRADE, BROKER_DROP_COPY, or one of the custodian's"
                                + " such as CUSTODIAN_POSITION.");
        };
    }

    /** One that we trade with sends drop copies also while no layout is agreed for it. */
    private boolean isBroker(String broker) {
        return jdbc.sql(BROKER).param("broker", broker).query(Boolean.class).single();
    }

    /** @throws UncheckedIOException if the body broke off */
    static byte[] bytes(InputStreamSource body) {
        try (var stream = body.getInputStream()) {
            return stream.readAllBytes();
        } catch (IOException failed) {
            throw new UncheckedIOException("The body broke off: send it again", failed);
        }
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException("Every Java platform has SHA-256", absent);
        }
    }
}
