package io.jenkins.plugins.bellhop.connect;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How a connection was found.
 *
 * @param at when somebody looked
 * @param keyLastUsed where the forge tells
 * @param credentialOwner whose the API credential is, where it may say so
 */
public record Health(
        Instant at, List<Finding> findings, Optional<Instant> keyLastUsed, Optional<String> credentialOwner) {

    public Health {
        findings = List.copyOf(findings);
    }

    /** The same, with these findings too. */
    public Health with(List<Finding> more) {
        return new Health(at, Stream.concat(findings.stream(), more.stream()).toList(), keyLastUsed, credentialOwner);
    }

    /** Whether everything works; there may be advice. */
    public boolean isWell() {
        return findings.stream().allMatch(Finding::isAdvice);
    }

    /** Whether a click mends something that doesn't work. */
    public boolean isRepairable() {
        return findings.stream().anyMatch(finding -> finding.isRepairable() && !finding.isAdvice());
    }
}
