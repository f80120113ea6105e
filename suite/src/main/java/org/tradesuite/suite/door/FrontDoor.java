package org.tradesuite.suite.door;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;
import org.tradesuite.openapi.access.client.api.AccessApi;
import org.tradesuite.openapi.execution.client.api.BrokersApi;
import org.tradesuite.openapi.execution.client.api.DecisionsApi;
import org.tradesuite.openapi.execution.client.api.FillsApi;
import org.tradesuite.openapi.execution.client.api.LimitsApi;
import org.tradesuite.openapi.execution.client.api.OrdersApi;
import org.tradesuite.openapi.execution.client.api.PositionsApi;
import org.tradesuite.openapi.execution.client.api.ReferenceApi;
import org.tradesuite.openapi.execution.client.api.TradingDaysApi;
import org.tradesuite.openapi.jobs.client.api.JobsApi;
import org.tradesuite.openapi.reconciliation.client.api.BreaksApi;
import org.tradesuite.openapi.reconciliation.client.api.DropCopySessionsApi;
import org.tradesuite.openapi.reconciliation.client.api.StatementsApi;
import org.tradesuite.openapi.reporting.client.api.ReportsApi;
import org.tradesuite.openapi.settlement.client.api.InstructionsApi;
import org.tradesuite.openapi.settlement.client.api.StandingInstructionsApi;

/**
 * The suite as a client sees it: HTTP, one signed-in user, the client that is generated from the contract. Thread-safe.
 */
public final class FrontDoor {

    private final String address;
    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(10))
            .version(HttpClient.Version.HTTP_1_1)
            .build();
    private final String user;
    private final String password;
    private final String signIn;
    private volatile @Nullable Token token;

    /** A bearer token and when, by the wall's monotonic clock, to ask for the next one. */
    private record Token(String value, long renewAt) {}

    public FrontDoor(String address, MachineUser user) {
        this(address, user, "execution");
    }

    /** @param signIn the application to sign in at, where execution is not behind this address */
    public FrontDoor(String address, MachineUser user, String signIn) {
        this.address = address;
        this.user = user.name();
        this.password = user.password();
        this.signIn = signIn;
    }

    public DecisionsApi decisions() {
        return new DecisionsApi(execution());
    }

    public OrdersApi orders() {
        return new OrdersApi(execution());
    }

    public FillsApi fills() {
        return new FillsApi(execution());
    }

    public PositionsApi positions() {
        return new PositionsApi(execution());
    }

    public ReferenceApi reference() {
        return new ReferenceApi(execution());
    }

    public LimitsApi limits() {
        return new LimitsApi(execution());
    }

    public BrokersApi brokers() {
        return new BrokersApi(execution());
    }

    public TradingDaysApi tradingDays() {
        return new TradingDaysApi(execution());
    }

    public JobsApi jobs(String application) {
        var client = new org.tradesuite.openapi.jobs.client.ApiClient(rest());
        client.setBasePath(address + "/" + application).setBearerToken(this::token);
        return new JobsApi(client);
    }

    public InstructionsApi instructions() {
        return new InstructionsApi(settlement());
    }

    public StandingInstructionsApi standingInstructions() {
        return new StandingInstructionsApi(settlement());
    }

    public BreaksApi breaks() {
        return new BreaksApi(reconciliation());
    }

    public DropCopySessionsApi dropCopySessions() {
        return new DropCopySessionsApi(reconciliation());
    }

    public StatementsApi statements() {
        return new StatementsApi(reconciliation());
    }

    private org.tradesuite.openapi.reconciliation.client.ApiClient reconciliation() {
        var client = new org.tradesuite.openapi.reconciliation.client.ApiClient(rest());
        client.setBasePath(address + "/reconciliation").setBearerToken(this::token);
        return client;
    }

    public ReportsApi reports() {
        var client = new org.tradesuite.openapi.reporting.client.ApiClient(rest());
        client.setBasePath(address + "/reporting").setBearerToken(this::token);
        return new ReportsApi(client);
    }

    /** A request as somebody writes it by hand, for what the generated client would never send. */
    public HttpResponse<String> post(String path, String body, Map<String, String> headers)
            throws InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(address + path))
                .timeout(Duration.ofSeconds(60))
                .header("Authorization", "Bearer " + token())
                .POST(HttpRequest.BodyPublishers.ofString(body));
        headers.forEach(request::header);
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException("the suite did not answer POST " + path, e);
        }
    }

    private org.tradesuite.openapi.execution.client.ApiClient execution() {
        var client = new org.tradesuite.openapi.execution.client.ApiClient(rest());
        client.setBasePath(address + "/execution").setBearerToken(this::token);
        return client;
    }

    private org.tradesuite.openapi.settlement.client.ApiClient settlement() {
        var client = new org.tradesuite.openapi.settlement.client.ApiClient(rest());
        client.setBasePath(address + "/settlement").setBearerToken(this::token);
        return client;
    }

    /** The day's clock runs fast, so a token that holds for hours of the day is renewed every few seconds of the wall. */
    public synchronized String token() {
        var current = token;
        if (current == null || System.nanoTime() - current.renewAt() > 0) {
            var client = new org.tradesuite.openapi.access.client.ApiClient(rest());
            client.setBasePath(address + "/" + signIn);
            client.setUsername(user);
            client.setPassword(password);
            current = new Token(
                    new AccessApi(client).createToken().getAccessToken(),
                    System.nanoTime() + Duration.ofSeconds(10).toNanos());
            token = current;
        }
        return current.value();
    }

    private RestClient rest() {
        var factory = new JdkClientHttpRequestFactory(http);
        factory.setReadTimeout(Duration.ofSeconds(60));
        return RestClient.builder().requestFactory(factory).build();
    }
}
