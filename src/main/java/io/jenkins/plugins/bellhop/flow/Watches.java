package io.jenkins.plugins.bellhop.flow;

import java.util.List;

/** Finds the jobs that watch a connection, without looking at all jobs. */
public interface Watches {

    List<WatchingJob> of(String connectionId);

    /**
     * Tells the projects that find out by themselves what to build, all at once. Telling them again does no harm.
     *
     * @param dry only say what would be told
     * @return one for each project that watches the connection, whether or not there was something to tell it
     */
    default List<Told> tell(Trigger trigger, boolean dry) {
        return List.of();
    }
}
