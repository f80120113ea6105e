package org.tradesuite.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tradesuite.reconciliation.Desk.FRI_20_NOV_2026;
import static org.tradesuite.reconciliation.swift.FinText.cash;
import static org.tradesuite.reconciliation.swift.FinText.holdings;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.Resource;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.tradesuite.openapi.reconciliation.client.ApiClient;
import org.tradesuite.openapi.reconciliation.client.api.StatementsApi;
import org.tradesuite.openapi.reconciliation.model.Feed;
import org.tradesuite.openapi.reconciliation.model.StatementAnswer;

/** A clerk hands in the custodian's files over HTTP, looks at what was read and says what is expected. */
class StatementsHttpTest {

    private static final String JOB = "reconcile-custodian";
    private static final String HOLDINGS = holdings(
                    "SAFEGEQ1001", "20261124", "1/ONLY", List.of("GB00BH4HKS39 UNIT/1000,", "XX UNIT/7,"))
            .replace(":35B:ISIN XX", ":35B:/US/037833100\nAPPLE INC");

    private static final String BOUNDARY = "a-boundary-of-our-own";

    @TempDir
    Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private Desk desk;

    @BeforeEach
    void open() {
        desk = new Desk(folder);
        var hash = new BCryptPasswordEncoder(4).encode("secret");
        desk.sql("insert into identity.user_account values ('anna', '" + hash + "', array['OPERATIONS'], true, now()),"
                + " ('tina', '" + hash + "', array['TRADER'], true, now());"
                + """
                insert into execution.opening_position values ('GEQ1', 'VOD.XLON', 'GB00BH4HKS39', '2026-11-20', 1000, 0.7);
                insert into settlement.batch_job_instance (job_instance_id, version, job_name, job_key) values (1, 0, 'apply-status', 'k');
                insert into settlement.batch_job_execution (job_execution_id, version, job_instance_id, create_time, status)
                    values (1, 0, 1, now(), 'COMPLETED');
                insert into settlement.batch_job_execution_params (job_execution_id, parameter_name, parameter_type, parameter_value, identifying)
                    values (1, 'businessDate', 'java.time.LocalDate', '2026-11-20', 'Y');
                """);
        desk.open();
    }

    @AfterEach
    void close() {
        desk.close();
        http.close();
    }

    @Test
    void a_packed_file_handed_in_is_read_as_one_dropped_and_shown_line_by_line() throws Exception {
        var packed = gzip(HOLDINGS);
        assertThat(upload("tina", "CUSTODIAN_POSITION", "h.gz", packed).statusCode())
                .isEqualTo(403);
        var taken = upload("anna", "CUSTODIAN_POSITION", "h.gz", packed);
        assertThat(taken.statusCode()).as(taken.body()).isEqualTo(202);
        assertThat(taken.body()).contains("\"handedInBy\":\"anna\"", "\"origin\":\"UPLOAD\"");
        assertThat(upload("anna", "CUSTODIAN_POSITION", "again.gz", packed).body())
                .contains("FILE_DUPLICATE");
        desk.complete(JOB, FRI_20_NOV_2026, 1);

        var repeated = upload("anna", "CUSTODIAN_POSITION", "later.gz", packed);
        assertThat(repeated.statusCode()).isEqualTo(409);
        assertThat(repeated.body()).contains("FILE_DUPLICATE", "GET /statements");

        var list =
                call("tina", "GET", "/statements?feed=CUSTODIAN_POSITION", null).body();
        assertThat(list)
                .contains("\"origin\":\"UPLOAD\"", "\"handedInBy\":\"anna\"", "\"statementDate\":\"2026-11-24\"");
        var id = list.replaceAll(".*\"statementId\":\"([0-9]+)\".*", "$1");
        assertThat(call("tina", "GET", "/statements/" + id, null).body())
                .contains("\"message\":\"MT535\"", "\"findingClass\":\"INSTRUMENT_ID\"", "/US/037833100 APPLE INC");
        assertThat(call("tina", "GET", "/statements/" + id + "/text", null).body())
                .isEqualTo(HOLDINGS);
        assertThat(call("tina", "GET", "/statements/" + id + "/text?page=1&row=2", null)
                        .body())
                .isEqualTo(":35B:/US/037833100\nAPPLE INC\n:93B::AGGR//UNIT/7,\n");
        assertThat(call("tina", "GET", "/statements/" + id + "/text?row=3", null)
                        .statusCode())
                .isEqualTo(404);
        assertThat(call("tina", "GET", "/statements/999", null).statusCode()).isEqualTo(404);

        Files.write(
                folder.resolve("drop/custodian/statements/done/2026-11-20/h.gz"),
                gzip(HOLDINGS.replace("1000", "1001")));
        var changed = call("tina", "GET", "/statements/" + id + "/text", null);
        assertThat(changed.statusCode()).isEqualTo(409);
        assertThat(changed.body()).contains("not what was read");
    }

    @Test
    void a_file_that_is_too_large_is_sent_to_the_drop_folder() throws Exception {
        var answer = upload("anna", "CUSTODIAN_CASH", "large.fin", new byte[64 * 1024 * 1024 + 1]);
        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.body())
                .contains(
                        "BODY_TOO_LARGE",
                        "Pack the file as gz or zip, or put it into the drop folder, custodian/statements")
                .doesNotContain("in parts");
    }

    @Test
    void what_is_expected_is_asked_for_when_it_is_due_and_not_before() throws Exception {
        var cash =
                "{\"feed\":\"CUSTODIAN_CASH\",\"sender\":\"CUSTGB2L\",\"account\":\"GEQ1USD01\",\"currency\":\"USD\",\"dueBy\":\"18:30\","
                    + "\"zone\":\"UTC\",\"version\":%d}";
        assertThat(put("tina", "usd", cash.formatted(0)).statusCode()).isEqualTo(403);
        assertThat(put("anna", "usd", cash.formatted(0)).body()).contains("\"version\":1", "\"editedBy\":\"anna\"");
        assertThat(put("anna", "usd", cash.formatted(0)).statusCode()).isEqualTo(409);
        assertThat(put("anna", "usd", cash.formatted(1)).body()).contains("\"version\":2");
        assertThat(put("anna", "other", cash.formatted(0)).body()).contains("usd expects the same");
        assertThat(put("anna", "x", cash.formatted(0).replace(",\"currency\":\"USD\"", ""))
                        .body())
                .contains("INVALID_VALUE");
        assertThat(put("anna", "x", cash.formatted(0).replace("\"UTC\"", "\"Mars/North\""))
                        .body())
                .contains("no time zone");
        assertThat(put("anna", "x", cash.formatted(0).replace("18:30", "25:00")).statusCode())
                .isEqualTo(400);
        assertThat(call("tina", "GET", "/expected-statements", null).body())
                .contains("\"expectedId\":\"usd\"", "\"dueBy\":\"18:30\"");
        assertThat(desk.rows("select count(*) from journal.event where stream = 'expected-statement/usd'"))
                .containsExactly("2");

        desk.drop("custodian/statements/h.fin", HOLDINGS);
        desk.complete(JOB, FRI_20_NOV_2026, 1);
        assertThat(desk.openBreaks()).contains("STALE_STATEMENT - GEQ1 USD -");

        desk.drop(
                "custodian/statements/c.fin",
                cash("GEQ1USD01", "1/1", "60F:C261124USD0,", List.of(), "62F:C261124USD0,"));
        desk.complete(JOB, FRI_20_NOV_2026, 2);
        assertThat(desk.openBreaks()).doesNotContain("STALE_STATEMENT - GEQ1 USD -");
        desk.sql("""
            insert into reconciliation.statement (feed, sender, account_number, currency, pages, statement_date, business_date,
                file_name, sha256, rows, refused_rows, received_at, status, refusal, reason)
            select 'CUSTODIAN_CASH', 'CUSTGB2LXXX', case when n = 1 then 'GEQ1USD01' else 'OTHER' || n end, 'USD', 1, '2026-11-24',
                '2026-11-24', 'later-' || n, repeat('0', 64), 0, 0, '2026-11-24T18:00:00Z',
                case when n = 1 then 'REFUSED' else 'LOADED' end, case when n = 1 then 'STATEMENT_GAP' end,
                case when n = 1 then 'cut off' end
            from generate_series(1, 1500) n
            """);
        assertThat(call("tina", "GET", "/expected-statements", null).body())
                .contains("\"newest\":{\"businessDate\":\"2026-11-20\"")
                .containsPattern("\"newest\":[{][^}]*\"statementDate\":\"2026-11-24\"");

        assertThat(put(
                                "anna",
                                "safe",
                                "{\"feed\":\"CUSTODIAN_POSITION\",\"sender\":\"CUSTGB2L\",\"account\":\"SAFEGEQ2001\",\"dueBy\":\"18:00\","
                                    + "\"zone\":\"America/New_York\",\"version\":0,\"mayLagDays\":30}")
                        .statusCode())
                .isEqualTo(200);
        desk.drop("custodian/statements/old.fin", holdings("SAFEGEQ2001", "20261030", "1/ONLY", List.of()));
        desk.complete(JOB, FRI_20_NOV_2026, 3);
        assertThat(desk.openBreaks())
                .as("30 days may lie between")
                .noneMatch(found -> found.startsWith("STALE_STATEMENT"));
    }

    @Test
    void what_is_due_later_is_not_missing_yet() throws Exception {
        desk.sql("""
            insert into execution.business_day values ('2026-11-24', 'CLOSED', '2026-11-24T00:00:00Z', '2026-11-24T21:00:00Z');
            insert into settlement.batch_job_instance (job_instance_id, version, job_name, job_key) values (2, 0, 'apply-status', 'l');
            insert into settlement.batch_job_execution (job_execution_id, version, job_instance_id, create_time, status)
                values (2, 0, 2, now(), 'COMPLETED');
            insert into settlement.batch_job_execution_params (job_execution_id, parameter_name, parameter_type, parameter_value, identifying)
                values (2, 'businessDate', 'java.time.LocalDate', '2026-11-24', 'Y');
            """);
        // It is 18:00 UTC on Tuesday: noon in Chicago.
        for (var due : List.of(
                "UTC 18:00 a EUR GEQ2EUR01", "UTC 18:01 b USD GEQ1USD01", "America/Chicago 17:00 c GBP GEQ1GBP01")) {
            var parts = due.split(" ", -1);
            assertThat(put(
                                    "anna",
                                    parts[2],
                                    "{\"feed\":\"CUSTODIAN_CASH\",\"sender\":\"CUSTGB2L\",\"account\":\"" + parts[4]
                                            + "\",\"currency\":\"" + parts[3] + "\",\"dueBy\":\"" + parts[1]
                                            + "\",\"zone\":\""
                                            + parts[0] + "\",\"version\":0}")
                            .statusCode())
                    .isEqualTo(200);
        }
        desk.drop("custodian/statements/h.fin", HOLDINGS);
        desk.complete(JOB, Desk.TUE_24_NOV_2026, 1);
        assertThat(desk.openBreaks())
                .filteredOn(found -> found.startsWith("STALE_STATEMENT"))
                .containsExactly("STALE_STATEMENT - GEQ2 EUR -");
    }

    @Test
    void several_files_of_a_form_are_taken_or_refused_each_on_its_own_and_read_by_the_next_run() throws Exception {
        var cash = cash("GEQ1USD01", "1/1", "60F:C261124USD0,", List.of(), "62F:C261124USD0,");
        var client = new ApiClient();
        client.setBasePath(desk.url());
        client.setUsername("anna");
        client.setPassword("secret");
        var answers = new StatementsApi(client)
                .uploadStatementFiles(
                        Feed.CUSTODIAN_POSITION,
                        List.of(
                                named("h.gz", gzip(HOLDINGS)),
                                named("c.fin", cash.getBytes(StandardCharsets.ISO_8859_1)),
                                named("again.fin", cash.getBytes(StandardCharsets.ISO_8859_1)),
                                named("nothing.fin", new byte[0])),
                        null);
        assertThat(answers.getTaken()).isEqualTo(2);
        assertThat(answers.getRefused()).isEqualTo(2);
        assertThat(answers.getItems())
                .extracting(StatementsHttpTest::told)
                .containsExactly("h.gz anna", "c.fin anna", "again.fin FILE_DUPLICATE", "nothing.fin FILE_REFUSED");
        desk.complete(JOB, FRI_20_NOV_2026, 1);
        assertThat(desk.rows("select file_name, handed_in_by, origin from reconciliation_api.statement order by 1"))
                .containsExactly("c.fin anna UPLOAD", "h.gz anna UPLOAD");
    }

    private static String told(StatementAnswer answer) {
        var statement = answer.getStatement();
        var problem = answer.getProblem();
        return answer.getFileName() + " " + (statement == null ? "" : statement.getHandedInBy())
                + (problem == null ? "" : problem.getCode());
    }

    @Test
    void the_name_of_a_part_leads_nowhere_else() throws Exception {
        for (var name : List.of("../../h.fin", "/etc/h.fin", "C:/h.fin", ".h.fin", "a b.fin")) {
            var answer = form("anna", "files", name, HOLDINGS);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            assertThat(answer.body()).contains("\"taken\":0", "INVALID_PARAMETER", "no path");
        }
        assertThat(form("anna", "files", "h.fin", HOLDINGS).body()).contains("\"taken\":1");
        try (var all = Files.walk(folder)) {
            assertThat(all.filter(file -> file.getFileName().toString().endsWith("h.fin")))
                    .containsExactly(folder.resolve("drop/custodian/statements/h.fin"));
        }
    }

    @Test
    void a_form_with_another_part_or_with_no_file_is_refused_whole() throws Exception {
        assertThat(form("tina", "files", "h.fin", HOLDINGS).statusCode()).isEqualTo(403);
        var wrong = form("anna", "file", "h.fin", HOLDINGS);
        assertThat(wrong.statusCode()).isEqualTo(400);
        assertThat(wrong.body()).contains("INVALID_PARAMETER", "There is no file in the part files.");
        var beside = send(
                "anna",
                part("files", "h.fin", HOLDINGS) + part("comment", null, "Please.") + part("other", "o.fin", HOLDINGS));
        assertThat(beside.statusCode()).isEqualTo(400);
        assertThat(beside.body()).contains("comment, other is not one. Nothing was taken.");
        assertThat(send("anna", part("files", null, HOLDINGS)).statusCode()).isEqualTo(400);
        assertThat(send("anna", "nothing of a form\r\n").statusCode()).isEqualTo(400);
        assertThat(send("anna", part("files", "h.fin", HOLDINGS).repeat(51)).statusCode())
                .isBetween(400, 413);
        assertThat(folder.resolve("drop/custodian/statements/h.fin")).doesNotExist();

        var large = http.send(
                request("anna", "/statements/files?feed=CUSTODIAN_CASH")
                        .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                        // Without a length in its head.
                        .POST(BodyPublishers.fromPublisher(BodyPublishers.ofByteArray(
                                (part("files", "h.fin", " ".repeat(64 * 1024 * 1024)) + "--" + BOUNDARY + "--\r\n")
                                        .getBytes(StandardCharsets.ISO_8859_1))))
                        .build(),
                BodyHandlers.ofString());
        assertThat(large.statusCode()).as(large.body()).isEqualTo(413);
        assertThat(large.body()).contains("BODY_TOO_LARGE", "Pack the file as gz or zip");
    }

    private HttpResponse<String> form(String user, String part, String name, String content)
            throws IOException, InterruptedException {
        return send(user, part(part, name, content));
    }

    private static String part(String part, @Nullable String name, String content) {
        return "--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"" + part + "\""
                + (name == null ? "" : "; filename=\"" + name + "\"\r\nContent-Type: application/octet-stream")
                + "\r\n\r\n" + content + "\r\n";
    }

    private HttpResponse<String> send(String user, String parts) throws IOException, InterruptedException {
        return http.send(
                request(user, "/statements/files?feed=CUSTODIAN_POSITION")
                        .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                        .POST(BodyPublishers.ofString(parts + "--" + BOUNDARY + "--\r\n", StandardCharsets.ISO_8859_1))
                        .build(),
                BodyHandlers.ofString());
    }

    private static Resource named(String name, byte[] content) {
        return new ByteArrayResource(content) {
            @Override
            public String getFilename() {
                return name;
            }
        };
    }

    private HttpResponse<String> upload(String user, String feed, String name, byte[] content)
            throws IOException, InterruptedException {
        return http.send(
                request(user, "/statements?feed=" + feed + "&fileName=" + name)
                        .header("Content-Type", "application/octet-stream")
                        .POST(BodyPublishers.ofByteArray(content))
                        .build(),
                BodyHandlers.ofString());
    }

    private HttpResponse<String> put(String user, String id, String body) throws IOException, InterruptedException {
        return call(user, "PUT", "/expected-statements/" + id, body);
    }

    private HttpResponse<String> call(String user, String method, String path, @Nullable String body)
            throws IOException, InterruptedException {
        return http.send(
                request(user, path)
                        .header("Content-Type", "application/json")
                        .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String user, String path) {
        return HttpRequest.newBuilder(URI.create(desk.url() + path))
                .header(
                        "Authorization",
                        "Basic "
                                + Base64.getEncoder()
                                        .encodeToString((user + ":secret").getBytes(StandardCharsets.UTF_8)));
    }

    private static byte[] gzip(String text) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var packed = new GZIPOutputStream(out)) {
            packed.write(text.getBytes(StandardCharsets.ISO_8859_1));
        }
        return out.toByteArray();
    }
}
