package io.jenkins.plugins.bellhop.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.bellhop.delivery.VerifiedDelivery;
import io.jenkins.plugins.bellhop.forge.Dialect;
import io.jenkins.plugins.bellhop.forge.Reading;
import io.jenkins.plugins.bellhop.forge.UnreadablePayload;
import io.jenkins.plugins.bellhop.forge.bitbucketcloud.CloudDialect;
import io.jenkins.plugins.bellhop.forge.bitbucketdc.DataCenterDialect;
import io.jenkins.plugins.bellhop.forge.github.GitHubDialect;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A push read by its dialect, and the same bytes read by Jackson alone. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class Parsing {

    private static final ObjectMapper JACKSON = new ObjectMapper();

    @Param
    private Kind kind;

    @Param({"20000", "1000000"})
    private int size;

    private byte[] body;
    private VerifiedDelivery delivery;

    /** The forges' dialects. */
    public enum Kind {
        GITHUB(
                new GitHubDialect("github.com"),
                "push",
                size -> Payloads.github(Landscape.repository(0), Payloads.HEAD, size)),
        BITBUCKET_CLOUD(new CloudDialect("bitbucket.org"), "repo:push", Payloads::bitbucketCloud),
        BITBUCKET_DATA_CENTER(
                new DataCenterDialect("bitbucket.example.org"), "repo:refs_changed", Payloads::bitbucketDataCenter);

        private final Dialect dialect;
        private final String event;
        private final IntFunction<byte[]> payload;

        Kind(Dialect dialect, String event, IntFunction<byte[]> payload) {
            this.dialect = dialect;
            this.event = event;
            this.payload = payload;
        }
    }

    @Setup
    public void make() throws UnreadablePayload {
        body = kind.payload.apply(size);
        delivery = Sender.verified(kind.dialect.signatures(), "hook", kind.event, "delivery", body);
        if (!(dialect() instanceof Reading.Happened)) {
            throw new IllegalStateException("expected a push to be read as an event, found another reading");
        }
    }

    @Benchmark
    public Reading dialect() throws UnreadablePayload {
        return kind.dialect.read(delivery);
    }

    @Benchmark
    public JsonNode floor() throws IOException {
        return JACKSON.readTree(body);
    }
}
