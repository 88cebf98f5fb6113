package io.fizeau.transports.http.jdk;

import io.fizeau.transports.framing.ReceiveBuffer;
import java.net.ProtocolException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.function.Consumer;

/** Copies an answer's body into a buffer, up to a limit: a server that answers without end is left. Called by one thread at a time. */
final class BodyInto implements HttpResponse.BodySubscriber<Boolean> {
    private final ReceiveBuffer target;
    private final int limitBytes;
    private final Consumer<ProtocolException> onTooLong;
    private final CompletableFuture<Boolean> done = new CompletableFuture<>();
    private boolean isTooLong;

    BodyInto(final ReceiveBuffer target, final int limitBytes, final Consumer<ProtocolException> onTooLong) {
        this.onTooLong = onTooLong;
        this.target = target;
        this.limitBytes = limitBytes;
    }

    @Override
    public CompletionStage<Boolean> getBody() {
        return done;
    }

    @Override
    public void onSubscribe(final Flow.Subscription newSubscription) {
        newSubscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(final List<ByteBuffer> pieces) {
        if (isTooLong) {
            return;
        }
        for (final ByteBuffer piece : pieces) {
            final int count = piece.remaining();
            if (count > limitBytes - target.available()) {
                isTooLong = true;
                onTooLong.accept(new ProtocolException("it gave an answer of more than " + limitBytes + " bytes"));
                return;
            }
            if (count > 0) {
                target.makeRoom(count);
                target.room().put(piece);
                target.filled(count);
            }
        }
    }

    @Override
    public void onError(final Throwable cause) {
        done.completeExceptionally(cause);
    }

    @Override
    public void onComplete() {
        done.complete(Boolean.TRUE);
    }
}
