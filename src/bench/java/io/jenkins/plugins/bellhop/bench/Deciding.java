package io.jenkins.plugins.bellhop.bench;

import io.jenkins.plugins.bellhop.decide.Decider;
import io.jenkins.plugins.bellhop.decide.Decision;
import io.jenkins.plugins.bellhop.decide.Situation;
import io.jenkins.plugins.bellhop.decide.Subject;
import io.jenkins.plugins.bellhop.decide.Undecided;
import io.jenkins.plugins.bellhop.delivery.SignatureScheme;
import io.jenkins.plugins.bellhop.event.CommitId;
import io.jenkins.plugins.bellhop.event.Event;
import io.jenkins.plugins.bellhop.event.GitRef;
import io.jenkins.plugins.bellhop.flow.Approvals;
import io.jenkins.plugins.bellhop.flow.Handler;
import io.jenkins.plugins.bellhop.flow.KnownHooks;
import io.jenkins.plugins.bellhop.flow.Memory;
import io.jenkins.plugins.bellhop.flow.SeenHeads;
import io.jenkins.plugins.bellhop.flow.Source;
import io.jenkins.plugins.bellhop.flow.WatchingJob;
import io.jenkins.plugins.bellhop.forge.github.GitHubDialect;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** From a hook's address to the decision of the job behind it, among so many. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Deciding {

    private static final SignatureScheme SIGNATURES = new GitHubDialect("github.com").signatures();
    private static final GitRef MAIN = GitRef.branch("main");

    @Param({"100", "10000", "100000"})
    private int watches;

    private final SplittableRandom random = new SplittableRandom(1);
    private final Situation situation = new Unbuilt();
    private Landscape landscape;
    private Handler handler;
    private long handled;

    @Setup
    public void connect() {
        landscape = new Landscape(watches);
        handler = new Handler(
                landscape,
                landscape,
                landscape,
                new Memory(
                        new SeenHeads(new MemoryPages()),
                        new KnownHooks(new MemoryPages()),
                        new Approvals(new MemoryPages())),
                entry -> {},
                Clock.systemUTC());
    }

    /** The two look-ups and the rules, of an event that is at hand; always the same one of so many watches. */
    @Benchmark
    public Decision decidedForOne() throws Undecided {
        return decided(watches / 2);
    }

    /** Each time another watch, which the processor's caches hold only while there are few. */
    @Benchmark
    public Decision decidedForAny() throws Undecided {
        return decided(random.nextInt(watches));
    }

    private Decision decided(int number) throws Undecided {
        Source source = landscape.find(Landscape.hook(number)).orElseThrow();
        Event event = new Event.BranchPushed(
                source.connection().repository(),
                MAIN,
                new CommitId(Payloads.HEAD),
                Optional.of("Ring the bell"),
                Optional.of("main"));
        Decision decision = null;
        for (WatchingJob job : landscape.of(source.connection().id())) {
            decision = Decider.decide(event, job.watch(), situation);
        }
        return decision;
    }

    /** All that handling does, but the disk: a short push is signed, checked, read, decided for its job and logged. */
    @Benchmark
    public Handler.Result handled() {
        int number = random.nextInt(watches);
        handled++;
        byte[] body = Payloads.github(Landscape.repository(number), Payloads.commit((int) handled), 0);
        return handler.handle(
                Sender.verified(SIGNATURES, Landscape.hook(number), "push", "delivery", body), Long.toString(handled));
    }

    private static final class Unbuilt implements Situation {
        @Override
        public Optional<String> defaultBranch() {
            return Optional.of("main");
        }

        @Override
        public boolean hasOpenPullRequest(GitRef branch) {
            return false;
        }

        @Override
        public boolean isMarkedToSkip(CommitId commit) {
            return false;
        }

        @Override
        public boolean isBuiltAlready(Subject subject) {
            return false;
        }
    }

    private static final class MemoryPages implements SeenHeads.Pages {
        private final Map<String, List<String>> pages = new HashMap<>();

        @Override
        public List<String> read(String connectionId) {
            return pages.getOrDefault(connectionId, List.of());
        }

        @Override
        public void write(String connectionId, List<String> lines) {
            pages.put(connectionId, lines);
        }

        @Override
        public void remove(String connectionId) {
            pages.remove(connectionId);
        }
    }
}
