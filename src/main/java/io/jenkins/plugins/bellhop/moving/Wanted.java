package io.jenkins.plugins.bellhop.moving;

import io.jenkins.plugins.bellhop.decide.RefFilter;
import java.util.Locale;

/**
 * Which jobs somebody wants to see, or to connect. What is empty leaves nothing out.
 *
 * @param repositories patterns over {@code owner/name}, in whatever case; jobs whose repository isn't known match none
 * @param jobs patterns over the jobs' full names
 * @param host of one forge
 * @param connectable whether those alone that can be connected
 */
public record Wanted(RefFilter repositories, RefFilter jobs, String host, boolean connectable) {

    /** @throws IllegalArgumentException saying which pattern is wrong */
    public static Wanted of(String repositories, String jobs, String host, boolean connectable) {
        return new Wanted(new RefFilter(repositories.toLowerCase(Locale.ROOT)), new RefFilter(jobs), host, connectable);
    }

    public boolean covers(Preview preview) {
        boolean free = repositories.isEmpty() && host.isEmpty() && !connectable;
        return jobs.allows(preview.job().name())
                && preview.repository().map(this::covers).orElse(free);
    }

    private boolean covers(ForgeRepository repository) {
        return repositories.allows(repository.name().key()) && (host.isEmpty() || host.equals(repository.host()));
    }

    public Wanted connectableAlone() {
        return new Wanted(repositories, jobs, host, true);
    }
}
