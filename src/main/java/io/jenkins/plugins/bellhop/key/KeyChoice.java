package io.jenkins.plugins.bellhop.key;

import java.util.function.Function;

/** Which key a repository gets. */
public sealed interface KeyChoice {

    <T> T match(Function<Chosen, T> chosen, Function<Torn, T> torn, Function<None, T> none);

    record Chosen(RingKey key) implements KeyChoice {
        @Override
        public <T> T match(Function<Chosen, T> chosen, Function<Torn, T> torn, Function<None, T> none) {
            return chosen.apply(this);
        }
    }

    /** Two keys with the same right to be offered, so that neither is. */
    record Torn(KeyScope repository, RingKey one, RingKey other) implements KeyChoice {

        public String sentence() {
            return "Bellhop has two keys for " + repository + " with the same right: " + one + " and " + other
                    + ". Name one by its fingerprint, or take one away.";
        }

        @Override
        public <T> T match(Function<Chosen, T> chosen, Function<Torn, T> torn, Function<None, T> none) {
            return torn.apply(this);
        }
    }

    record None(KeyScope repository) implements KeyChoice {
        @Override
        public <T> T match(Function<Chosen, T> chosen, Function<Torn, T> torn, Function<None, T> none) {
            return none.apply(this);
        }
    }
}
