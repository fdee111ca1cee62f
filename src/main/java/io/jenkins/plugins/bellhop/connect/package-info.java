/**
 * The life of a connection between Jenkins and one repository: made in steps that each have their undo, looked after and
 * repaired, its key and secret changed without a gap, and ended with nothing left behind at the forge. Pure: forges, stores
 * and clocks come in through ports.
 *
 * <p>May use {@code event}, {@code delivery}, {@code forge} and {@code key}. Start reading at
 * {@link io.jenkins.plugins.bellhop.connect.Connector}. Nothing here is ever {@code null}.
 */
package io.jenkins.plugins.bellhop.connect;
