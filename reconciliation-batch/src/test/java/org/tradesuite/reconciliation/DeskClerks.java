package org.tradesuite.reconciliation;

import java.io.IOException;
import java.io.UncheckedIOException;
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
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Anna and Bert of operations and Tina the trader, at the desk over HTTP. */
final class DeskClerks implements AutoCloseable {

    /** What came back. */
    record Answer(int status, String body, HttpResponse<byte[]> response) {

        JsonNode json() {
            return JsonMapper.builder().build().readTree(body);
        }

        String code() {
            return json().path("code").asString("");
        }
    }

    private final HttpClient http = HttpClient.newHttpClient();
    private final Desk desk;

    DeskClerks(Desk desk) {
        this.desk = desk;
        var hash = new BCryptPasswordEncoder(4).encode("secret");
        desk.sql("insert into identity.user_account values ('anna', '" + hash + "', array['OPERATIONS'], true, now()),"
                + " ('bert', '" + hash + "', array['OPERATIONS'], true, now()), ('tina', '" + hash
                + "', array['TRADER'], true, now())");
    }

    Answer get(String user, String path) {
        return send(user, path, null, request -> request.GET());
    }

    Answer post(String user, String path, String json) {
        return send(
                user,
                path,
                null,
                request -> request.header("Content-Type", "application/json").POST(BodyPublishers.ofString(json)));
    }

    Answer post(String user, String path, String json, String key) {
        return send(
                user,
                path,
                key,
                request -> request.header("Content-Type", "application/json").POST(BodyPublishers.ofString(json)));
    }

    Answer put(String user, String path, String json) {
        return send(
                user,
                path,
                null,
                request -> request.header("Content-Type", "application/json").PUT(BodyPublishers.ofString(json)));
    }

    Answer file(String user, String path, String mediaType, byte[] content) {
        return send(
                user,
                path,
                null,
                request -> request.header("Content-Type", mediaType).POST(BodyPublishers.ofByteArray(content)));
    }

    private interface With {
        HttpRequest.Builder on(HttpRequest.Builder request);
    }

    private Answer send(String user, String path, @Nullable String key, With with) {
        var request = HttpRequest.newBuilder(URI.create(desk.url() + path))
                .header(
                        "Authorization",
                        "Basic "
                                + Base64.getEncoder()
                                        .encodeToString((user + ":secret").getBytes(StandardCharsets.UTF_8)));
        if (key != null) {
            request.header("Idempotency-Key", key);
        }
        try {
            var response = http.send(with.on(request).build(), BodyHandlers.ofByteArray());
            return new Answer(response.statusCode(), new String(response.body(), StandardCharsets.UTF_8), response);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
