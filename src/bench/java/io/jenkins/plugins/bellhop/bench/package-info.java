/**
 * Benchmarks, run by {@code mvn -Pbench verify} alone: every figure stands beside a floor that was measured in the same
 * run. Nothing is asserted on time.
 */
package io.jenkins.plugins.bellhop.bench;
