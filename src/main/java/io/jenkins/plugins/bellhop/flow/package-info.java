/**
 * The stories that join the other packages: a request becomes a spooled delivery
 * ({@link io.jenkins.plugins.bellhop.flow.Receiver}), a spooled delivery becomes decisions and builds
 * ({@link io.jenkins.plugins.bellhop.flow.Handler}), one after another for each connection and again after a failure
 * ({@link io.jenkins.plugins.bellhop.flow.Dispatcher}); what no delivery told is found by
 * {@link io.jenkins.plugins.bellhop.flow.CatchUp}. What they need of their surroundings are the small interfaces
 * here, which Jenkins and the sandbox each implement. Nothing here is ever {@code null}.
 */
package io.jenkins.plugins.bellhop.flow;
