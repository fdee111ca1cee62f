package io.jenkins.plugins.bellhop.flow;

import java.util.List;

/** Finds the jobs that watch a connection, without looking at all jobs. */
public interface Watches {

    List<WatchingJob> of(String connectionId);
}
