package io.jenkins.plugins.bellhop.sandbox.explain;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import io.jenkins.plugins.bellhop.decide.RefFilter;
import io.jenkins.plugins.bellhop.decide.Watch;
import io.jenkins.plugins.bellhop.decide.Watch.Forks;
import io.jenkins.plugins.bellhop.event.ChangedFiles;
import io.jenkins.plugins.bellhop.event.CommitId;
import io.jenkins.plugins.bellhop.event.Quoted;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** One line of the input: a delivery, the job's settings, and what is known of the repository. */
record Case(
        @JsonProperty("case") JsonNode name,
        String forge,
        Map<String, String> headers,
        String body,
        Settings watch,
        Known repository) {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .withCoercionConfig(
                    LogicalType.Textual,
                    textual -> textual.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Float, CoercionAction.Fail))
            .build();

    /** The job's settings; what is left out has its default. */
    record Settings(
            Boolean onlyPullRequests,
            Boolean skipDrafts,
            Boolean buildRetargeted,
            Boolean buildForkedPullRequests,
            String forks,
            Boolean keysForForks,
            JsonNode branches,
            JsonNode tags,
            JsonNode paths) {

        Watch watch() {
            return Watch.DEFAULT
                    .withOnlyPullRequests(Boolean.TRUE.equals(onlyPullRequests))
                    .withSkipDrafts(Boolean.TRUE.equals(skipDrafts))
                    .withBuildRetargeted(Boolean.TRUE.equals(buildRetargeted))
                    .withForks(policy())
                    .withKeysForForks(Boolean.TRUE.equals(keysForForks))
                    .withBranches(filter("branches", branches))
                    .withTags(filter("tags", tags))
                    .withPaths(filter("paths", paths));
        }

        /** {@code buildForkedPullRequests} is an older word for two of the policies. */
        private Forks policy() {
            if (forks == null) {
                return Boolean.TRUE.equals(buildForkedPullRequests) ? Forks.ON : Forks.OFF;
            }
            return Arrays.stream(Forks.values())
                    .filter(policy -> policy.name().toLowerCase(Locale.ROOT).equals(forks))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(
                            "watch.forks: expected off, members, approved or on, found " + Quoted.text(forks)));
        }

        /** One text with patterns, or a list of patterns. */
        private static RefFilter filter(String member, JsonNode patterns) {
            if (patterns == null || patterns.isNull()) {
                return RefFilter.NONE;
            }
            if (patterns.isTextual()) {
                return new RefFilter(patterns.textValue());
            }
            boolean texts = patterns.isArray();
            StringBuilder joined = new StringBuilder();
            for (JsonNode pattern : patterns) {
                texts &= pattern.isTextual();
                joined.append(pattern.asText()).append('\n');
            }
            if (!texts) {
                throw new IllegalArgumentException(
                        "watch." + member + ": expected a text or a list of texts with patterns, found another value");
            }
            return new RefFilter(joined.toString());
        }
    }

    /** What is known of the repository; what is left out is not known. */
    record Known(
            String defaultBranch,
            List<String> openPullRequestBranches,
            Map<String, String> heads,
            List<String> approvedCommits,
            List<String> changedFiles) {}

    /** @throws IllegalArgumentException saying what was expected where */
    static Case parse(String line) {
        try {
            Case parsed = MAPPER.readValue(line, Case.class);
            if (parsed == null) {
                throw new IllegalArgumentException("expected a JSON object, found null");
            }
            parsed.check();
            return parsed;
        } catch (UnrecognizedPropertyException e) {
            throw new IllegalArgumentException("unknown member \"" + path(e) + "\"; known here: "
                    + e.getKnownPropertyIds().stream()
                            .map(String::valueOf)
                            .sorted()
                            .collect(Collectors.joining(", ")));
        } catch (JsonMappingException e) {
            if (e.getPath().isEmpty()) {
                throw new IllegalArgumentException("expected one JSON object on the line, found another value");
            }
            throw new IllegalArgumentException(
                    "member \"" + path(e) + "\": expected a value of another type, found what is there");
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("expected one JSON object on the line, found a fault at column "
                    + e.getLocation().getColumnNr());
        }
    }

    private void check() {
        if (forge == null || headers == null || body == null) {
            throw new IllegalArgumentException("expected the members forge, headers and body, found "
                    + (forge == null ? "no forge" : headers == null ? "no headers" : "no body"));
        }
        if (headers.containsValue(null)) {
            throw new IllegalArgumentException("headers: expected texts, found null");
        }
    }

    Watch order() {
        return watch == null ? Watch.DEFAULT : watch.watch();
    }

    Optional<String> defaultBranch() {
        return Optional.ofNullable(repository).map(Known::defaultBranch);
    }

    /** The last known head of a branch of the repository itself. */
    Optional<CommitId> head(String branch) {
        return Optional.ofNullable(repository)
                .map(Known::heads)
                .map(heads -> heads.get(branch))
                .map(CommitId::new);
    }

    List<String> approvedCommits() {
        return Optional.ofNullable(repository).map(Known::approvedCommits).orElse(List.of());
    }

    /** What every push or pull request changes that doesn't tell. */
    ChangedFiles changedFiles() {
        return Optional.ofNullable(repository)
                .map(Known::changedFiles)
                .map(ChangedFiles::all)
                .orElseGet(ChangedFiles::unknown);
    }

    List<String> openPullRequestBranches() {
        return Optional.ofNullable(repository)
                .map(Known::openPullRequestBranches)
                .orElse(List.of());
    }

    private static String path(JsonMappingException fault) {
        return fault.getPath().stream()
                .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
                .collect(Collectors.joining("."));
    }
}
