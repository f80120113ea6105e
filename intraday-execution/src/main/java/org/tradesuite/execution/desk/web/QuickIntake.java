package org.tradesuite.execution.desk.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.tradesuite.execution.desk.Answers;
import org.tradesuite.execution.engine.DeskFact;
import org.tradesuite.execution.engine.Recorded;
import org.tradesuite.openapi.execution.model.BatchedDecision;
import org.tradesuite.openapi.execution.model.NewDecision;
import org.tradesuite.web.KnownCallers;
import org.tradesuite.web.ProblemException;
import org.tradesuite.web.ProblemWriter;
import org.tradesuite.web.Role;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/**
 * The short way in, for a trader's machine that sends what the contract says with a token we know: read in one pass,
 * decided, committed, answered. Everything else takes the usual way through the controller, with the body it came with:
 * a wrong body, another role, a new token, a key that was used before. Asking twice is safe, because a request is known
 * by its idempotency key; so the short way answers only what was decided and committed just now.
 */
final class QuickIntake extends HttpFilter {

    static final String ONE = "/decisions";
    static final String MANY = "/decision-batches";
    private static final String KEY = "Idempotency-Key";
    private static final int BYTES_EACH = 4096;

    private final transient DecisionDesk desk;
    private final transient KnownCallers callers;
    private final transient ProblemWriter problems;
    private final transient JsonMapper json;
    private final long largest;

    /** @param largest body in bytes; a larger one is refused on the usual way */
    QuickIntake(DecisionDesk desk, KnownCallers callers, ProblemWriter problems, JsonMapper json, long largest) {
        this.desk = desk;
        this.callers = callers;
        this.problems = problems;
        this.json = json;
        this.largest = largest;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String address =
                request.getRequestURI().substring(request.getContextPath().length());
        KnownCallers.Caller caller = isPlain(request, address) ? callers.of(request) : null;
        if (caller == null || !caller.roles().contains(Role.TRADER)) {
            chain.doFilter(request, response);
            return;
        }
        byte[] body = request.getInputStream().readNBytes(request.getContentLength());
        boolean answered;
        try {
            answered = address.equals(ONE)
                    ? one(request.getHeader(KEY), caller.name(), body, response)
                    : many(caller.name(), body, response);
        } catch (Answers.NoAnswerException e) {
            response.setHeader("Retry-After", Caller.RETRY_AFTER_SECONDS);
            KnownCallers.writeHeaders(response);
            problems.write(response, Caller.noAnswer(e).problem(request.getRequestURI()));
            answered = true;
        }
        if (!answered) {
            chain.doFilter(new ReadAlready(request, body), response);
        }
    }

    /** No question in the address, JSON in and out, a length we can take, and one key where one is asked for. */
    private boolean isPlain(HttpServletRequest request, String address) {
        return request.getMethod().equals("POST")
                && request.getQueryString() == null
                && isJson(request.getContentType())
                && accepted(request.getHeader("Accept"))
                && request.getContentLength() > 0
                && request.getContentLength() <= largest
                && (address.equals(MANY) || (address.equals(ONE) && hasOneKey(request)));
    }

    private static boolean isJson(@Nullable String type) {
        return type != null
                && (type.equals(MediaType.APPLICATION_JSON_VALUE)
                        || type.equalsIgnoreCase("application/json;charset=utf-8")
                        || type.equalsIgnoreCase("application/json; charset=utf-8"));
    }

    private static boolean accepted(@Nullable String types) {
        return types == null
                || types.equals("*/*")
                || (types.contains(MediaType.APPLICATION_JSON_VALUE) && types.indexOf(';') < 0);
    }

    private static boolean hasOneKey(HttpServletRequest request) {
        Enumeration<String> keys = request.getHeaders(KEY);
        return keys.hasMoreElements() && DecisionBody.isKey(keys.nextElement()) && !keys.hasMoreElements();
    }

    private boolean one(String key, String actor, byte[] body, HttpServletResponse response) throws IOException {
        @Nullable NewDecision sent = DecisionBody.one(body);
        @Nullable Recorded made = sent == null ? null : decided(actor, key, sent);
        if (made == null) {
            return false;
        }
        var out = new ByteArrayOutputStream(BYTES_EACH);
        try (JsonGenerator generator = json.createGenerator(out)) {
            write(made, generator);
        }
        response.setHeader("Location", "/decisions/" + made.id());
        answer(HttpServletResponse.SC_CREATED, out, response);
        return true;
    }

    private @Nullable Recorded decided(String actor, String key, NewDecision sent) {
        try {
            return desk.await(desk.ask(actor, key, sent)).decision();
        } catch (ProblemException wrong) {
            return null;
        }
    }

    private record Waiting(String key, Answers.Asked asked) {}

    private boolean many(String actor, byte[] body, HttpServletResponse response) throws IOException {
        @Nullable List<BatchedDecision> sent = DecisionBody.many(body);
        if (sent == null) {
            return false;
        }
        // All are on their way before the first answer is waited for: they share commits.
        List<Waiting> waiting = new ArrayList<>(sent.size());
        try {
            for (BatchedDecision each : sent) {
                waiting.add(new Waiting(
                        each.getIdempotencyKey(), desk.ask(actor, each.getIdempotencyKey(), each.getDecision())));
            }
        } catch (ProblemException wrong) {
            // The others are decided all the same; their answers are found by their keys.
            return false;
        }
        var out = new ByteArrayOutputStream(sent.size() * BYTES_EACH);
        try (JsonGenerator generator = json.createGenerator(out)) {
            generator.writeStartObject();
            generator.writeName("results");
            generator.writeStartArray();
            for (Waiting each : waiting) {
                @Nullable Recorded made = desk.await(each.asked()).decision();
                if (made == null) {
                    return false;
                }
                generator.writeStartObject();
                generator.writeStringProperty("idempotencyKey", each.key());
                generator.writeName("decision");
                write(made, generator);
                generator.writeEndObject();
            }
            generator.writeEndArray();
            generator.writeEndObject();
        }
        answer(HttpServletResponse.SC_OK, out, response);
        return true;
    }

    private static void write(Recorded made, JsonGenerator out) {
        if (made.fact() instanceof DeskFact.DecisionAccepted accepted) {
            DecisionAnswer.write(made, accepted, out);
        } else {
            out.writePOJO(CommittedDecision.of(made));
        }
    }

    private static void answer(int status, ByteArrayOutputStream body, HttpServletResponse response)
            throws IOException {
        response.setStatus(status);
        KnownCallers.writeHeaders(response);
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        response.setContentLength(body.size());
        body.writeTo(response.getOutputStream());
    }

    /** The request again, for whoever reads it next. */
    private static final class ReadAlready extends HttpServletRequestWrapper {
        private final Body body;

        ReadAlready(HttpServletRequest request, byte[] body) {
            super(request);
            this.body = new Body(body);
        }

        @Override
        public ServletInputStream getInputStream() {
            return body;
        }

        @Override
        public BufferedReader getReader() {
            return new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
        }
    }

    private static final class Body extends ServletInputStream {
        private final ByteArrayInputStream bytes;

        Body(byte[] bytes) {
            this.bytes = new ByteArrayInputStream(bytes);
        }

        @Override
        public int read() {
            return bytes.read();
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            return bytes.read(target, offset, length);
        }

        @Override
        public boolean isFinished() {
            return bytes.available() == 0;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new IllegalStateException("a decision is read as a whole");
        }
    }
}
