package io.jenkins.plugins.bellhop.flow;

import io.jenkins.plugins.bellhop.delivery.Body;
import io.jenkins.plugins.bellhop.delivery.Body.UnsupportedEncoding;
import io.jenkins.plugins.bellhop.delivery.Delivery;
import io.jenkins.plugins.bellhop.delivery.Headers;
import io.jenkins.plugins.bellhop.delivery.Refusal;
import io.jenkins.plugins.bellhop.delivery.Refusal.Reason;
import io.jenkins.plugins.bellhop.delivery.Spool;
import io.jenkins.plugins.bellhop.delivery.TooLarge;
import io.jenkins.plugins.bellhop.delivery.VerifiedDelivery;
import io.jenkins.plugins.bellhop.delivery.Verifier;
import io.jenkins.plugins.bellhop.forge.Dialect;
import java.io.IOException;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;

/**
 * Takes a webhook request on the HTTP server's thread: find the hook, read the body within its bound, check the
 * signature, store the delivery durably, answer. Nothing is parsed and no forge is asked here.
 */
public final class Receiver {

    /** Unsigned tests answered in a minute, over all hooks; whoever sends more isn't an administrator trying a hook. */
    static final int MOST_PINGS = 30;

    private final Sources sources;
    private final Spool spool;
    private final DecisionLog log;
    private final Runnable stored;
    private final PerMinute pings = new PerMinute(MOST_PINGS, Clock.systemUTC());

    /** @param stored called after each delivery that was stored; returns at once */
    public Receiver(Sources sources, Spool spool, DecisionLog log, Runnable stored) {
        this.sources = sources;
        this.spool = spool;
        this.log = log;
        this.stored = stored;
    }

    public Receipt receive(Request request) {
        Optional<Source> source = sources.find(request.hookPath());
        if (source.isEmpty()) {
            log.unknownHook(request.hookPath());
            return Receipt.refused(new Refusal(Reason.UNKNOWN_HOOK, "no hook has this address"));
        }
        Receipt receipt = from(source.get(), request);
        if (!receipt.isAccepted()) {
            log.add(Entry.refused(source.get(), receipt.sentence()));
        }
        return receipt;
    }

    private Receipt from(Source source, Request request) {
        Dialect dialect = source.forge().dialect();
        try {
            Headers headers = Headers.of(request.headers());
            // Over the limit it is what it looks like: a request without a signature.
            if (dialect.isUnsignedPing(headers) && pings.mayPass()) {
                return Receipt.PONG;
            }
            Optional<Refusal> wrongType = wrongContentType(headers, dialect);
            if (wrongType.isPresent()) {
                return Receipt.refused(wrongType.get());
            }
            byte[] body = Body.read(request.body().open(), request.contentLength(), headers);
            return new Verifier(dialect.signatures())
                    .verify(new Delivery(request.hookPath(), headers, body), source.liveSecrets())
                    .match(this::store, Receipt::refused);
        } catch (TooLarge e) {
            return Receipt.refused(new Refusal(Reason.TOO_LARGE, e.getMessage()));
        } catch (UnsupportedEncoding e) {
            return Receipt.refused(new Refusal(Reason.UNSUPPORTED_ENCODING, e.getMessage()));
        } catch (IOException e) {
            return Receipt.refused(new Refusal(Reason.UNREADABLE_BODY, "the body could not be read to its end"));
        }
    }

    private static Optional<Refusal> wrongContentType(Headers headers, Dialect dialect) {
        String type = headers.first("Content-Type").orElse("none");
        String essence = type.split(";", 2)[0].trim().toLowerCase(Locale.ROOT);
        if (dialect.contentTypes().contains(essence)) {
            return Optional.empty();
        }
        return Optional.of(new Refusal(
                Reason.UNSUPPORTED_CONTENT_TYPE,
                "expected content type " + String.join(" or ", dialect.contentTypes()) + ", found another or none"));
    }

    private Receipt store(VerifiedDelivery delivery) {
        try {
            switch (spool.put(delivery)) {
                case STORED:
                    stored.run();
                    return Receipt.ACCEPTED;
                case REPEATED:
                    return Receipt.REPEATED;
                case BUSY:
                    return Receipt.refused(new Refusal(
                            Reason.SPOOL_BUSY, "this delivery is being stored; send it again if that fails"));
                default:
                    return Receipt.refused(new Refusal(
                            Reason.SPOOL_FULL, "too many deliveries wait to be handled; send it again later"));
            }
        } catch (IOException e) {
            return Receipt.refused(
                    new Refusal(Reason.SPOOL_BROKEN, "the delivery could not be stored; send it again later"));
        }
    }
}
