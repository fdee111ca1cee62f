package io.jenkins.plugins.bellhop.forge;

import io.jenkins.plugins.bellhop.event.Event;
import io.jenkins.plugins.bellhop.event.RepositoryName;
import java.util.List;
import java.util.Optional;

/** What a delivery says. A ping and a delivery that is no business of ours are readings too, not errors. */
public sealed interface Reading {

    <T> T match(Cases<T> cases);

    /** Something happened in a repository; one push may carry several events. */
    record Happened(List<Event> events) implements Reading {
        public Happened {
            events = List.copyOf(events);
        }

        public Happened(Event event) {
            this(List.of(event));
        }

        @Override
        public <T> T match(Cases<T> cases) {
            return cases.happened(this);
        }
    }

    /** The forge tries whether the hook answers. */
    record Ping(Optional<RepositoryName> repository) implements Reading {
        @Override
        public <T> T match(Cases<T> cases) {
            return cases.ping(this);
        }
    }

    /** Well-formed, but nothing that could concern a build. {@code why} is a whole sentence. */
    record Ignored(String why, Optional<RepositoryName> repository) implements Reading {
        @Override
        public <T> T match(Cases<T> cases) {
            return cases.ignored(this);
        }
    }

    /** What to do with each kind of reading. */
    interface Cases<T> {
        T happened(Happened reading);

        T ping(Ping reading);

        T ignored(Ignored reading);
    }
}
