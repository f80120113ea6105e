package org.tradesuite.reporting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.batch.core.BatchStatus;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.tradesuite.database.DatabaseRole;
import org.tradesuite.database.LocalDatabase;
import org.tradesuite.database.LocalPostgres;
import org.tradesuite.reporting.audit.verifier.Verifier;
import org.tradesuite.runsheet.JobBoard;
import org.tradesuite.runsheet.Origin;
import org.tradesuite.runsheet.Run;
import org.tradesuite.runsheet.RunAnswer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The whole application on a closed business date: every job, its files, and their download. */
class ReportingDayTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Instant EVENING = Instant.parse("2026-11-20T20:00:00Z");

    @TempDir
    private static Path folder;

    private static LocalDatabase database;
    private static SampleDay day;
    private static JdbcClient owner;
    private static ConfigurableApplicationContext application;
    private static JobBoard board;
    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeAll
    static void all_jobs_of_the_date_have_run() {
        database = LocalPostgres.shared().newDatabase();
        owner = JdbcClient.create(database.dataSource(DatabaseRole.OWNER));
        day = new SampleDay(owner);
        day.write();
        new SampleBreaks(owner).write();
        user("compliance", "COMPLIANCE");
        user("trader", "TRADER");
        List<String> settings = new ArrayList<>(List.of(
                "--server.port=0",
                "--spring.jmx.enabled=false",
                "--tradesuite.web.first-users=false",
                "--spring.datasource.url=" + database.url(),
                "--spring.datasource.username=" + database.username(DatabaseRole.REPORTING),
                "--spring.datasource.password=" + database.password(DatabaseRole.REPORTING),
                "--tradesuite.out=" + folder.resolve("out"),
                "--reporting.audit.key=" + folder.resolve("keys/audit.key")));
        AuthoritySchema.file().ifPresent(schema -> settings.add("--reporting.mifir.schema=" + schema));
        application = new SpringApplicationBuilder(ReportingApplication.class)
                .properties("spring.config.name=reporting")
                .initializers(context ->
                        context.getBeanFactory().registerSingleton("clock", Clock.fixed(EVENING, ZoneOffset.UTC)))
                .run(settings.toArray(String[]::new));
        board = application.getBean(JobBoard.class);
        for (String job : List.of(
                "tca",
                "trade-confirmations",
                "limit-utilisation",
                "control-evidence",
                "break-sheet",
                "sign-off-sheet",
                "transaction-report",
                "audit-export")) {
            assertThat(run(job, 1, null)).as(job).satisfies(run -> {
                assertThat(run.detail()).isNull();
                assertThat(run.status()).isEqualTo(BatchStatus.COMPLETED);
            });
        }
    }

    @AfterAll
    static void stop() {
        application.close();
        LocalPostgres.shared().drop(database);
    }

    @Test
    void every_order_is_measured_and_bears_its_share_of_the_charges() throws IOException {
        List<String[]> rows = csv("tca-2026-11-20.csv");
        assertThat(rows).hasSize(12);
        BigDecimal fees = owner.sql("select round(sum(fees), 2) from reporting.order_cost")
                .query(BigDecimal.class)
                .single();
        assertThat(fees).isEqualByComparingTo(day.charges());
        assertThat(rows.get(7)[12])
                .as("average price of the order without fills")
                .isEmpty();
        assertThat(rows.get(3)[16]).as("interval VWAP of the crypto order").isNotEmpty();
    }

    @Test
    void every_execution_is_reported_or_kept_out_for_a_named_reason() throws IOException {
        List<String[]> population = csv("mifir-population-2026-11-20.csv");
        assertThat(population).hasSize(23);
        assertThat(population).filteredOn(row -> row[10].equals("REPORTED")).hasSize(11);
        assertThat(population)
                .filteredOn(row -> row[11].equals("CANCELLED_BY_BROKER"))
                .hasSize(1);
        assertThat(population)
                .filteredOn(row -> row[11].equals("VENUE_OUT_OF_SCOPE"))
                .hasSize(6);
        assertThat(population)
                .filteredOn(row -> row[11].equals("NO_FINANCIAL_INSTRUMENT"))
                .hasSize(4);
        assertThat(population)
                .as("claimed by two persons, but nobody's decision here; what is in suspense is nobody's yet")
                .filteredOn(row -> row[11].equals("RESPONSIBLE_UNKNOWN"))
                .singleElement()
                .satisfies(row -> assertThat(row).contains("X-ALFA-CLAIMED-F1", "XLON", "HELD_BACK"));
        String file = Files.readString(out("mifir-transactions-2026-11-20.xml"));
        assertThat(file.split("<New>", -1)).hasSize(12);
    }

    @Test
    void a_fill_cancelled_after_it_was_reported_is_taken_back_by_the_next_run_and_nothing_is_reported_twice()
            throws IOException {
        owner.sql("update execution.fill set live = false where fill_id = 'F-20261120-000041'")
                .update();
        Run second = run("transaction-report", 2, "The broker busted an execution.");
        assertThat(second.status()).isEqualTo(BatchStatus.COMPLETED);
        String file = Files.readString(out("mifir-transactions-2026-11-20-run2.xml"));
        assertThat(file.replaceAll("\\s+", ""))
                .contains("<Cxl><TxId>F20261120000041</TxId>")
                .doesNotContain("<New>");
    }

    @Test
    void the_journal_is_exported_and_verified_with_the_key_kept_outside_the_database() throws IOException {
        assertThat(Verifier.verify(
                                out("journal-2026-11-20.manifest.json"),
                                Files.readString(folder.resolve("keys/audit.key.pub"))
                                        .strip())
                        .ok())
                .isTrue();
    }

    @Test
    void each_account_that_traded_has_a_confirmation_with_all_its_trades() {
        assertThat(owner.sql("select file_name from reporting_api.report where kind = 'TRADE_CONFIRMATION' order by 1")
                        .query(String.class)
                        .list())
                .containsExactly("confirmation-GEQ1-2026-11-20.pdf", "confirmation-PEN1-2026-11-20.pdf");
        assertThat(Files.exists(out("confirmation-PEN1-2026-11-20.pdf"))).isTrue();
    }

    @Test
    void reports_are_listed_and_downloaded_and_the_download_is_on_record() throws Exception {
        JsonNode reports = JSON.readTree(
                get("trader", "/reports?businessDate=2026-11-20&kind=TCA").body());
        assertThat(reports.path("items").size()).isEqualTo(2);
        JsonNode pdf = reports.path("items").get(0).path("format").asString().equals("PDF")
                ? reports.path("items").get(0)
                : reports.path("items").get(1);

        HttpResponse<String> content =
                get("trader", "/reports/" + pdf.path("reportId").asString() + "/content");

        assertThat(content.statusCode()).isEqualTo(200);
        assertThat(content.headers().firstValue("Content-Type")).contains("application/pdf");
        assertThat(content.headers().firstValue("ETag"))
                .contains('"' + pdf.path("sha256").asString() + '"');
        assertThat(content.headers().firstValue("Content-Disposition").orElse(""))
                .contains("tca-2026-11-20.pdf");
        assertThat(owner.sql("select actor from journal.event where type = 'ReportDownloaded'")
                        .query(String.class)
                        .list())
                .contains("trader");
        assertThat(get("trader", "/reports/999999").statusCode()).isEqualTo(404);
        assertThat(get("trader", "/reports/nothing/content").statusCode()).isEqualTo(404);
    }

    @Test
    void compliance_asks_what_was_known_at_a_microsecond_and_a_trader_may_not() throws Exception {
        String stream = owner.sql("select stream from journal.event where type = 'ReportMade' order by seq limit 1")
                .query(String.class)
                .single();
        String path = "/audit/events?stream=" + stream + "&as-of=";
        assertThat(items("compliance", path + "2026-11-20T19:59:59.999999Z")).isZero();
        assertThat(items("compliance", path + "2026-11-20T20:00:00Z")).isPositive();
        assertThat(get("trader", path + "2026-11-20T20:00:00Z").statusCode()).isEqualTo(403);
    }

    @Test
    void a_file_that_was_changed_afterwards_is_not_handed_out() throws Exception {
        Path file = out("mifir-population-2026-11-20.csv");
        String untouched = Files.readString(file);
        long number = owner.sql(
                        "select report_id from reporting.report where file_name = 'mifir-population-2026-11-20.csv'")
                .query(Long.class)
                .single();
        Files.writeString(file, untouched.replace("NOT_REPORTABLE", "REPORTED"));
        try {
            assertThat(get("compliance", "/reports/" + number + "/content").statusCode())
                    .isEqualTo(500);
        } finally {
            Files.writeString(file, untouched);
        }
    }

    @Test
    void the_year_s_evidence_is_written_on_the_last_evening_of_the_year_and_by_hand_whenever_somebody_asks()
            throws IOException {
        assertThat(board.nextFireTime("control-evidence"))
                .isNotNull()
                .asString()
                .contains("-12-31T23:50:00Z");
        assertThat(Files.readString(out("control-rules-2026-11-20.csv")))
                .contains("2026-01-01,2026-11-20,TRADING_STATE");
        assertThat(Files.readAllBytes(out("control-evidence-2026-11-20.pdf")))
                .startsWith("%PDF-".getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void a_year_s_evidence_that_broke_off_goes_on_where_it_stood() {
        var saturday = SampleDay.FRIDAY.plusDays(1);
        String role = database.username(DatabaseRole.REPORTING);
        owner.sql("revoke select on execution_api.route from " + role).update();
        Run broken;
        try {
            broken = started(board.start("control-evidence", saturday, 1, Origin.HAND, "operations", null));
            assertThat(broken.status()).isEqualTo(BatchStatus.FAILED);
            assertThat(evidence(saturday))
                    .contains("control-overrides", "control-rules")
                    .doesNotContain("control-stops");
        } finally {
            owner.sql("grant select on execution_api.route to " + role).update();
        }
        assertThat(started(board.restart(broken.number(), Origin.HAND, "operations", "It may read again.")))
                .satisfies(run -> assertThat(run.status()).isEqualTo(BatchStatus.COMPLETED));
        assertThat(evidence(saturday)).hasSize(12).doesNotHaveDuplicates();
    }

    @Test
    void the_break_sheet_has_what_is_open_with_its_age_and_what_it_is_worth() throws IOException {
        List<String[]> rows = csv("breaks-2026-11-20.csv");
        assertThat(rows).extracting(row -> row[3]).containsExactly("PRICE", "MISSING_THEIRS", "QUANTITY");
        assertThat(rows).extracting(row -> row[14]).containsExactly("1000.00", "20.20", "");
        assertThat(rows).extracting(row -> row[16] + row[17]).containsExactly("1250.00USD", "25.25USD", "USD");
        assertThat(rows).extracting(row -> row[21] + " " + row[22]).containsExactly("0 0-1", "7 4-7", "0 0-1");
        assertThat(Files.readAllBytes(out("breaks-2026-11-20.pdf")))
                .startsWith("%PDF-".getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void the_sign_off_sheet_has_who_signed_and_what_stayed_open_and_names_what_nobody_signed() throws IOException {
        assertThat(csv("sign-off-2026-11-20.csv"))
                .extracting(row -> String.join(" ", row[1], row[2], row[3], row[5], row[8], row[10]))
                .containsExactly("BROKER_TRADE NOT_SIGNED    ", "CUSTODIAN_CASH SIGNED okafor olsen 2 7400.50");
        assertThat(csv("sign-off-open-2026-11-20.csv")).hasSize(1);
    }

    /** What was open on a day that is over cannot be read any more: the sheet of that day was made then. */
    @Test
    void a_break_sheet_of_a_day_that_is_over_is_refused_and_says_why() {
        var breaks = new SampleBreaks(owner);
        breaks.asOf(SampleDay.FRIDAY.plusDays(3));
        try {
            assertThat(run("break-sheet", 2, "Another copy.")).satisfies(run -> {
                assertThat(run.status()).isEqualTo(BatchStatus.FAILED);
                assertThat(run.detail()).contains("The breaks are those of 2026-11-23 already");
            });
            assertThat(Files.exists(out("breaks-2026-11-20-run2.csv"))).isFalse();
        } finally {
            breaks.asOf(SampleDay.FRIDAY);
        }
    }

    private static List<String> evidence(LocalDate date) {
        return owner.sql("select replace(file_name, '-' || business_date || '.csv', '') from reporting.report"
                        + " where kind = 'CONTROL_EVIDENCE' and business_date = ?")
                .param(date)
                .query((row, number) -> Objects.requireNonNull(row.getString(1)))
                .list();
    }

    private int items(String user, String path) throws Exception {
        HttpResponse<String> answer = get(user, path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body()).path("items").size();
    }

    private HttpResponse<String> get(String user, String path) throws IOException, InterruptedException {
        String port = application.getEnvironment().getRequiredProperty("local.server.port");
        String credentials = Base64.getEncoder().encodeToString((user + ":secret").getBytes(StandardCharsets.UTF_8));
        return http.send(
                HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/reporting" + path))
                        .header("Authorization", "Basic " + credentials)
                        .method("GET", BodyPublishers.noBody())
                        .build(),
                BodyHandlers.ofString(StandardCharsets.ISO_8859_1));
    }

    private static Run run(String job, long sequence, @Nullable String reason) {
        return started(board.start(job, SampleDay.FRIDAY, sequence, Origin.HAND, "operations", reason));
    }

    private static Run started(RunAnswer answer) {
        assertThat(answer).isInstanceOf(RunAnswer.Accepted.class);
        long number = ((RunAnswer.Accepted) answer).run().number();
        await().atMost(Duration.ofSeconds(90))
                .until(() -> board.run(number).orElseThrow().endedAt() != null);
        return board.run(number).orElseThrow();
    }

    private static List<String[]> csv(String fileName) throws IOException {
        return Files.readAllLines(out(fileName)).stream()
                .skip(1)
                .map(line -> line.split(",", -1))
                .toList();
    }

    private static Path out(String fileName) {
        return folder.resolve("out/2026-11-20/reporting").resolve(fileName);
    }

    private static void user(String name, String role) {
        owner.sql("""
            insert into identity.user_account (username, password_hash, roles, created_at)
            values (?, ?, array[?], now())
            """)
                .param(name)
                .param(new BCryptPasswordEncoder(4).encode("secret"))
                .param(role)
                .update();
    }
}
