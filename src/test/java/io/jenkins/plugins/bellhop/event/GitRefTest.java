package io.jenkins.plugins.bellhop.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.bellhop.support.RequiredPrograms;
import io.jenkins.plugins.bellhop.support.Seed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GitRefTest {

    /** One process of git each: some two milliseconds. */
    private static final int GENERATED = 500;

    /** What git's rules are about. */
    private static final List<String> TOUCHY = List.of(".", ".", "/", "/", ".lock", "lock", "@", "{", "..", "-", "a");

    /** What git's rules speak of, and letters around it. No line end: names are handed to git one a line. */
    private static final List<String> PIECES = List.of(
            "a",
            "b",
            "main",
            "lock",
            ".lock",
            ".",
            "..",
            "/",
            "/",
            "//",
            "~",
            "^",
            ":",
            "?",
            "*",
            "[",
            "]",
            "\\",
            "@",
            "{",
            "@{",
            "}",
            " ",
            "\t",
            "\r",
            "\u0001",
            "\u007f",
            "-",
            "_",
            "+",
            "%",
            "é",
            "日本",
            "\u0085",
            "\u00a0",
            "\u2028",
            "\ud83d\ude00",
            "'",
            "\"",
            "$(id)",
            "`",
            ";",
            "|",
            "&",
            "<",
            ">",
            "(",
            "!",
            "#",
            ",",
            "=");

    @ParameterizedTest
    @CsvSource({
        "refs/heads/main, main, false, branch main",
        "refs/heads/feature/login-form, feature/login-form, false, branch feature/login-form",
        "refs/heads/refs/heads/odd, refs/heads/odd, false, branch refs/heads/odd",
        "refs/heads/@, @, false, branch @",
        "refs/heads/a./b, a./b, false, branch a./b",
        "refs/heads/grün/日本, grün/日本, false, branch grün/日本",
        "refs/tags/v1.0.0, v1.0.0, true, tag v1.0.0"
    })
    void readsFullNames(String fullName, String shortName, boolean tag, String described) {
        GitRef ref = new GitRef(fullName);

        assertThat(ref.shortName()).isEqualTo(shortName);
        assertThat(ref.isTag()).isEqualTo(tag);
        assertThat(ref.described()).isEqualTo(described);
        assertThat(ref).hasToString(fullName);
    }

    @Test
    void makesBranchesAndTagsOfShortNames() {
        assertThat(GitRef.branch("main")).isEqualTo(new GitRef("refs/heads/main"));
        assertThat(GitRef.tag("v1")).isEqualTo(new GitRef("refs/tags/v1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "main", "heads/main", "refs/notes/commits", "refs/pull/7/head", "HEAD", "refs/heads"})
    void refusesWhatIsNeitherBranchNorTag(String name) {
        assertThatThrownBy(() -> new GitRef(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected a ref that starts with refs/heads/ or refs/tags/, found \"" + name + "\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/a",
                "a/",
                "a//b",
                ".a",
                "a/.b",
                "a..b",
                "a.",
                "a.lock",
                "a.lock/b",
                "a b",
                "a\tb",
                "a\nb",
                "a\n",
                "a\u0000b",
                "a\u007fb",
                "a~b",
                "a^b",
                "a:b",
                "a?b",
                "a*b",
                "a[b",
                "a\\b",
                "a@{b"
            })
    void refusesWhatGitRefuses(String shortName) {
        assertThatThrownBy(() -> GitRef.branch(shortName))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("expected a ref name that git allows, at most 1024 characters, found \"refs/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-", "-f", "--upload-pack=evil"})
    void refusesShortNamesThatLookLikeOptions(String shortName) {
        assertThatThrownBy(() -> GitRef.tag(shortName)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesHalfASurrogatePairWhichHasNoBytes() {
        assertThatThrownBy(() -> GitRef.branch("a\ud83d")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void takesNamesUpToTheLongestAndNoLonger() {
        String longest = "refs/heads/" + "a".repeat(GitRef.LONGEST - "refs/heads/".length());

        assertThat(new GitRef(longest).fullName()).hasSize(GitRef.LONGEST);
        assertThatThrownBy(() -> new GitRef(longest + "a"))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .hasSizeLessThan(300);
    }

    @Test
    void agreesWithGitOnGeneratedNames(@TempDir Path temporary) throws Exception {
        Seed seed = Seed.fresh("GitRefTest");
        List<String> names = generated(seed.random());
        List<String> gitSays = gitSays(names, temporary);

        assertThat(gitSays).hasSameSizeAs(names).contains("allowed", "refused");
        for (int i = 0; i < names.size(); i++) {
            // We are stricter in one point: git itself refuses to make a branch that starts with a dash.
            boolean expected = gitSays.get(i).equals("allowed") && !names.get(i).matches("(?s)refs/[a-z]+/-.*");
            assertThat(isAccepted(names.get(i)))
                    .as("%s of %s", Quoted.text(names.get(i)), seed)
                    .isEqualTo(expected);
        }
    }

    private static List<String> generated(Random random) {
        return Stream.generate(() -> (random.nextBoolean() ? "refs/heads/" : "refs/tags/")
                        + IntStream.range(0, 1 + random.nextInt(5))
                                .mapToObj(i -> any(random.nextBoolean() ? TOUCHY : PIECES, random))
                                .collect(Collectors.joining()))
                .limit(GENERATED)
                .toList();
    }

    private static String any(List<String> pieces, Random random) {
        return pieces.get(random.nextInt(pieces.size()));
    }

    /** Through a file, whose bytes no locale can change. */
    private static List<String> gitSays(List<String> names, Path directory) throws IOException {
        String git = RequiredPrograms.find("git").toString();
        Path input = Files.writeString(directory.resolve("names"), String.join("\n", names) + "\n");
        Process shell = new ProcessBuilder(
                        RequiredPrograms.find("sh").toString(),
                        "-c",
                        "while IFS= read -r name; do"
                                + " if \"$0\" check-ref-format \"$name\"; then echo allowed;"
                                + " else echo refused; fi; done",
                        git)
                .redirectInput(input.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        return new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
    }

    private static boolean isAccepted(String name) {
        try {
            return new GitRef(name).fullName().equals(name);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
