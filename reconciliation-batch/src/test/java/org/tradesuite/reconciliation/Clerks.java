package org.tradesuite.reconciliation;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

/** Anna and Bert of operations and Tina, a trader, at the desk over HTTP. */
final class Clerks implements AutoCloseable {

    private final HttpClient http = HttpClient.newHttpClient();
    private final Desk desk;

    /** Enters them, before the desk is opened. */
    Clerks(Desk desk) {
        this.desk = desk;
        var hash = new BCryptPasswordEncoder(4).encode("secret");
        desk.sql("insert into identity.user_account values ('anna', '" + hash + "', array['OPERATIONS'], true, now()),"
                + " ('bert', '" + hash + "', array['OPERATIONS'], true, now()), ('tina', '" + hash
                + "', array['TRADER'], true, now())");
    }

    HttpResponse<String> call(String user, String method, String path, @Nullable String body)
            throws IOException, InterruptedException {
        return http.send(
                request(user, path)
                        .header("Content-Type", "application/json")
                        .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    HttpResponse<String> post(String user, String path, byte[] content) throws IOException, InterruptedException {
        return http.send(
                request(user, path)
                        .header("Content-Type", "application/octet-stream")
                        .POST(BodyPublishers.ofByteArray(content))
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

    @Override
    public void close() {
        http.close();
    }
}
