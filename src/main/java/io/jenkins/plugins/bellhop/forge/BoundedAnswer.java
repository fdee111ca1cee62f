package io.jenkins.plugins.bellhop.forge;

import io.jenkins.plugins.bellhop.delivery.TooLarge;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;

/** Collects an answer's body and gives up as soon as it is over its bound. */
final class BoundedAnswer implements BodySubscriber<byte[]> {

    /** Bytes; a page of 100 pull requests takes about 2 MB. */
    static final int LARGEST = 10 * 1024 * 1024;

    private final ByteArrayOutputStream read = new ByteArrayOutputStream();
    private final CompletableFuture<byte[]> body = new CompletableFuture<>();
    private Subscription subscription;

    static BodyHandler<byte[]> handler() {
        return response -> new BoundedAnswer();
    }

    @Override
    public CompletionStage<byte[]> getBody() {
        return body;
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        this.subscription = subscription;
        subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> chunks) {
        for (ByteBuffer chunk : chunks) {
            int size = read.size() + chunk.remaining();
            if (size > LARGEST) {
                subscription.cancel();
                body.completeExceptionally(new TooLarge("an answer", size, LARGEST));
                return;
            }
            byte[] bytes = new byte[chunk.remaining()];
            chunk.get(bytes);
            read.writeBytes(bytes);
        }
    }

    @Override
    public void onError(Throwable failure) {
        body.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        body.complete(read.toByteArray());
    }
}
