/**
 * What Bellhop sends to forges, and what the sandbox answers in their place, held against what nobody of this project wrote:
 * answers recorded from real forges, here, and the forges' own API descriptions, in {@code src/contract}, which
 * {@code mvn -Pcontract verify} alone compiles. Parameters and results are non-null.
 */
package io.jenkins.plugins.bellhop.contract;
