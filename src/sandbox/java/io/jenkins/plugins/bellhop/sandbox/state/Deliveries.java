package io.jenkins.plugins.bellhop.sandbox.state;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Sends webhooks in the background, in order for each repository, as often as the forge's habit is. */
public final class Deliveries implements AutoCloseable {

    /** What GitHub waits for an answer. */
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(10);

    private static final int NOT_CONNECTED = 502;
    private static final int TIMED_OUT = 504;

    private final ForgeState forge;
    private final ExecutorService threads = Executors.newCachedThreadPool(Deliveries::daemon);
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .executor(threads)
            .build();
    private final Map<Long, CompletableFuture<Void>> tails = new ConcurrentHashMap<>();
    private final List<SentDelivery> log = new CopyOnWriteArrayList<>();
    private volatile Duration answerTimeout = ANSWER_TIMEOUT;
    private volatile boolean silent;

    Deliveries(ForgeState forge) {
        this.forge = forge;
    }

    /** Shortens the time a receiver has to answer, for tests of slow receivers. */
    public void answerWithin(Duration timeout) {
        answerTimeout = timeout;
    }

    /** Loses everything that happens while it is on, as an outage of the forge's webhooks does. */
    public void silent(boolean value) {
        silent = value;
    }

    public void send(SandboxRepository repository, Hook hook, Message message) {
        if (!silent) {
            enqueue(repository, hook, message, false);
        }
    }

    /** Sends an event to the active hooks that asked for it, to each under an id of its own. */
    public void announce(SandboxRepository repository, String event, byte[] json) {
        repository.hooks().stream()
                .filter(hook -> hook.active() && hook.events().contains(event))
                .forEach(hook -> send(
                        repository,
                        hook,
                        new Message(event, "", UUID.randomUUID().toString(), json)));
    }

    /** Every attempt for a repository, oldest first. */
    public List<SentDelivery> of(long repositoryId) {
        return log.stream()
                .filter(delivery -> delivery.repositoryId() == repositoryId)
                .toList();
    }

    void repeat(SandboxRepository repository, long deliveryId) {
        SentDelivery delivery = of(repository.id()).stream()
                .filter(sent -> sent.id() == deliveryId)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No delivery " + deliveryId));
        Hook hook = repository.settings().hook(delivery.hookId()).orElseThrow();
        enqueue(repository, hook, delivery.message(), true);
    }

    /** Returns when everything queued so far was attempted. */
    public void await(Duration limit) {
        CompletableFuture<Void> everything =
                CompletableFuture.allOf(tails.values().toArray(CompletableFuture[]::new));
        try {
            everything.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new IllegalStateException("Deliveries are still under way after " + limit, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("A delivery could not be attempted", e.getCause());
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    private void enqueue(SandboxRepository repository, Hook hook, Message message, boolean redelivery) {
        Parcel parcel = forge.face().seal(repository, hook, message, 1);
        tails.compute(repository.id(), (id, tail) -> {
            CompletableFuture<Void> before = tail == null ? CompletableFuture.completedFuture(null) : tail;
            return before.thenRunAsync(() -> deliver(repository, hook, message, parcel, redelivery), threads);
        });
    }

    private void deliver(SandboxRepository repository, Hook hook, Message message, Parcel first, boolean redelivery) {
        List<SentDelivery> answers = of(repository.id()).stream()
                .filter(sent -> sent.hookId() == hook.id())
                .toList();
        if (!forge.face().admits(answers)) {
            return;
        }
        int number = 1;
        SentDelivery sent = attempt(repository.id(), hook, message, first, redelivery);
        log.add(sent);
        while (forge.face().repeats(sent, number)) {
            number++;
            Parcel again = forge.face().seal(repository, hook, message, number);
            sent = attempt(repository.id(), hook, message, again, redelivery);
            log.add(sent);
        }
    }

    private SentDelivery attempt(long repositoryId, Hook hook, Message message, Parcel parcel, boolean redelivery) {
        Instant start = Instant.now();
        Outcome outcome = post(hook.url(), parcel);
        return new SentDelivery(
                forge.nextId(),
                repositoryId,
                hook.id(),
                hook.url(),
                message,
                parcel,
                redelivery,
                start,
                Duration.between(start, Instant.now()),
                outcome.status(),
                outcome.answered(),
                outcome.text());
    }

    /** Sends once, outside the order, and notes nothing: how a forge tries out an address. */
    public boolean reaches(String url, Parcel parcel) {
        Outcome outcome = post(url, parcel);
        return outcome.answered() && outcome.status() < 300;
    }

    private Outcome post(String url, Parcel parcel) {
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url))
                    .timeout(answerTimeout)
                    .POST(HttpRequest.BodyPublishers.ofByteArray(parcel.body()));
            parcel.headers().forEach(request::header);
            HttpResponse<String> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Outcome(answer.statusCode(), true, answer.body());
        } catch (HttpTimeoutException e) {
            return new Outcome(TIMED_OUT, false, "timed out");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Outcome(NOT_CONNECTED, false, "the sandbox was closed");
        } catch (IOException | IllegalArgumentException e) {
            return new Outcome(NOT_CONNECTED, false, "failed to connect to host");
        }
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "sandbox-delivery");
        thread.setDaemon(true);
        return thread;
    }

    private record Outcome(int status, boolean answered, String text) {}
}
