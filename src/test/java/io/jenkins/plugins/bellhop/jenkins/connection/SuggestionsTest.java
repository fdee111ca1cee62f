package io.jenkins.plugins.bellhop.jenkins.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.bellhop.delivery.Secret;
import io.jenkins.plugins.bellhop.event.RemoteUrl;
import io.jenkins.plugins.bellhop.forge.Dialect;
import io.jenkins.plugins.bellhop.forge.Forge;
import io.jenkins.plugins.bellhop.forge.ForgeApi;
import io.jenkins.plugins.bellhop.forge.ForgeFailure;
import io.jenkins.plugins.bellhop.jenkins.connection.StoredConnection.Credentials;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SuggestionsTest {

    private static final String TYPED = "https://git.example.com/";

    private int asked;
    private Instant now = Instant.EPOCH;

    @Test
    void showsNoMoreThanItMay() {
        List<Forge> many = IntStream.rangeClosed(0, Suggestions.MOST_SHOWN)
                .mapToObj(number -> (Forge) new Down("git" + number + ".example.com"))
                .toList();

        assertThat(suggestions(many).of(new Credentials("", "app"), "example")).hasSize(Suggestions.MOST_SHOWN);
    }

    @Test
    void asksAForgeAloneThatIsNamed() {
        suggestions(List.of(new Down("git.example.com"))).of(new Credentials("token", "app"), "https://git.example");

        assertThat(asked).isZero();
    }

    @Test
    void listServesForAWhileAlsoAnEmptyOne() {
        Suggestions suggestions = suggestions(List.of(new Down("git.example.com")));

        suggestions.of(new Credentials("token", "app"), TYPED);
        suggestions.of(new Credentials("token", "app"), TYPED + "acme/");
        assertThat(asked).isEqualTo(1);
        now = now.plus(Suggestions.SERVES).plusSeconds(1);
        suggestions.of(new Credentials("token", "app"), TYPED);
        assertThat(asked).isEqualTo(2);
    }

    @Test
    void forgetsTheOldestListWhenThereAreTooMany() {
        Suggestions suggestions = suggestions(List.of(new Down("git.example.com")));
        IntStream.rangeClosed(0, Suggestions.MOST_ACCOUNTS)
                .forEach(number -> suggestions.of(new Credentials("token-" + number, "app"), TYPED));
        assertThat(asked).isEqualTo(Suggestions.MOST_ACCOUNTS + 1);

        suggestions.of(new Credentials("token-1", "app"), TYPED);
        assertThat(asked).as("still known").isEqualTo(Suggestions.MOST_ACCOUNTS + 1);
        suggestions.of(new Credentials("token-0", "app"), TYPED);
        assertThat(asked).as("forgotten").isEqualTo(Suggestions.MOST_ACCOUNTS + 2);
    }

    private Suggestions suggestions(List<Forge> forges) {
        return new Suggestions(
                new Forges(() -> forges), credentials -> Optional.of(Secret.of(credentials.id())), new Clock() {
                    @Override
                    public ZoneId getZone() {
                        return ZoneId.of("UTC");
                    }

                    @Override
                    public Clock withZone(ZoneId zone) {
                        return this;
                    }

                    @Override
                    public Instant instant() {
                        return now;
                    }
                });
    }

    /** A forge that answers nobody. */
    private final class Down implements Forge {

        private final String host;

        Down(String host) {
            this.host = host;
        }

        @Override
        public String host() {
            return host;
        }

        @Override
        public String kind() {
            return "Git";
        }

        @Override
        public boolean owns(RemoteUrl remote) {
            return remote.host().equals(host);
        }

        @Override
        public Dialect dialect() {
            throw new AssertionError("nothing is delivered here");
        }

        @Override
        public ForgeApi api(Secret credential) throws ForgeFailure {
            asked++;
            throw new ForgeFailure(ForgeFailure.Kind.UNREACHABLE, "Down.");
        }

        @Override
        public Optional<String> pullRequestRef(long number) {
            return Optional.empty();
        }
    }
}
