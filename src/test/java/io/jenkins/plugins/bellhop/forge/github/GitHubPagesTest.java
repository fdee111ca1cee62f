package io.jenkins.plugins.bellhop.forge.github;

import static io.jenkins.plugins.bellhop.forge.github.GitHubServer.APP;
import static io.jenkins.plugins.bellhop.forge.github.GitHubServer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.bellhop.forge.Calls;
import io.jenkins.plugins.bellhop.forge.ForgeFailure;
import io.jenkins.plugins.bellhop.forge.ForgeFailure.Kind;
import io.jenkins.plugins.bellhop.forge.Hook;
import io.jenkins.plugins.bellhop.support.LocalServer;
import io.jenkins.plugins.bellhop.support.LocalServer.Asked;
import io.jenkins.plugins.bellhop.support.LocalServer.Reply;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists of more than one page. */
class GitHubPagesTest {

    @Test
    void readsOnePageAfterTheOther() throws ForgeFailure {
        try (GitHubServer github = GitHubServer.answering(GitHubPagesTest::threePages)) {
            assertThat(github.api().hooks().list(APP)).extracting(Hook::id).containsExactly("1", "2", "3");
            assertThat(github.asked())
                    .extracting(Asked::uri)
                    .containsExactly("/repos/acme/app/hooks?per_page=100", "/more?page=2", "/more?page=3");
            assertThat(github.asked())
                    .allSatisfy(
                            asked -> assertThat(asked.header("Authorization")).isPresent());
        }
    }

    private static Reply threePages(Asked asked) {
        int page = pageOf(asked);
        String host = "http://" + asked.headers().get("Host");
        String first = "<" + host + "/more?page=1>; rel=\"prev\", ";
        String next = "<" + host + "/more?page=" + (page + 1) + ">; rel=\"next\", ";
        String last = "<" + host + "/more?page=3>; rel=\"last\"";
        return page(page).with("Link", (page > 1 ? first : "") + (page < 3 ? next : "") + last);
    }

    @Test
    void readsNoPageBeyondWhatWasAskedFor() throws ForgeFailure {
        String repository = "{\"full_name\": \"acme/%d\", \"permissions\": {\"admin\": true}}";
        String page = "[" + repository.formatted(1) + "," + repository.formatted(2) + "]";
        try (GitHubServer github =
                GitHubServer.answering(asked -> json(200, page).with("Link", next(asked)))) {
            assertThat(github.api().repositories().administered(2)).hasSize(2);
            assertThat(github.asked()).hasSize(1);
            assertThat(github.api().repositories().administered(3)).hasSize(3);
            assertThat(github.asked()).hasSize(3);
        }
    }

    @Test
    void readsAsManyPagesAsItMay() throws ForgeFailure {
        try (GitHubServer github = GitHubServer.answering(asked -> pageOf(asked) < Calls.MOST_PAGES
                ? page(pageOf(asked)).with("Link", next(asked))
                : page(pageOf(asked)))) {
            assertThat(github.api().hooks().list(APP))
                    .extracting(Hook::id)
                    .containsExactlyElementsOf(IntStream.rangeClosed(1, Calls.MOST_PAGES)
                            .mapToObj(Integer::toString)
                            .toList());
        }
    }

    @Test
    void readsNoMorePagesThanThat() {
        try (GitHubServer github =
                GitHubServer.answering(asked -> page(pageOf(asked)).with("Link", next(asked)))) {
            ForgeFailure failure = failure(github);

            assertThat(failure.kind()).isEqualTo(Kind.UNREADABLE_ANSWER);
            assertThat(failure.getMessage())
                    .isEqualTo("Could not list the webhooks of acme/app: expected at most 500 pages, found more.");
            assertThat(github.asked()).hasSize(Calls.MOST_PAGES);
        }
    }

    @Test
    void followsNoPageToAnotherServer() {
        try (LocalServer other = LocalServer.answering(asked -> page(2));
                GitHubServer github = GitHubServer.answering(
                        asked -> page(1).with("Link", "<" + other.uri() + "/more>; rel=\"next\""))) {
            assertThat(failure(github).getMessage()).contains("led on to another server");
            assertThat(other.asked()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"<http://[>; rel=\"next\"", "<>; rel=\"next\"", "<a b>; rel=\"next\"", "</page2>; rel=\"next\""})
    void aNextPageThatIsNoUrlIsAFailure(String link) {
        try (GitHubServer github = GitHubServer.answering(asked -> page(1).with("Link", link))) {
            assertThat(failure(github).kind()).isEqualTo(Kind.UNREADABLE_ANSWER);
            assertThat(github.asked()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<http://x/y>; rel=\"prev\"", "<http://x/y>", "garbage"})
    void anotherLinkIsTheEndOfTheList(String link) throws ForgeFailure {
        try (GitHubServer github = GitHubServer.answering(asked -> page(1).with("Link", link))) {
            assertThat(github.api().hooks().list(APP)).hasSize(1);
        }
    }

    @Test
    void aLaterPageThatIsRefusedIsAFailureAndNotAShorterList() {
        try (GitHubServer github = GitHubServer.answering(
                asked -> pageOf(asked) == 1 ? page(1).with("Link", next(asked)) : json(500, "{'message': 'oops'}"))) {
            assertThat(failure(github).kind()).isEqualTo(Kind.FORGE_ERROR);
        }
    }

    @Test
    void anEntryThatCannotBeReadIsNamed() {
        try (GitHubServer github = GitHubServer.answering(
                200, "[{'id': 1, 'events': [], 'config': {}}, {'id': 'x', 'events': [], 'config': {}}]")) {
            assertThat(failure(github).getMessage())
                    .isEqualTo(
                            "Could not list the webhooks of acme/app: unreadable payload at $[1].id: expected a whole"
                                    + " number, found \"x\".");
        }
    }

    private static ForgeFailure failure(GitHubServer github) {
        ForgeFailure failure = catchThrowableOfType(
                ForgeFailure.class, () -> github.api().hooks().list(APP));
        assertThat(failure).isNotNull();
        return failure;
    }

    private static Reply page(int number) {
        return json(200, "[{'id': " + number + ", 'active': true, 'events': [], 'config': {}}]");
    }

    private static int pageOf(Asked asked) {
        return asked.uri().startsWith("/more?page=")
                ? Integer.parseInt(asked.uri().substring("/more?page=".length()))
                : 1;
    }

    private static String next(Asked asked) {
        return "<http://" + asked.headers().get("Host") + "/more?page=" + (pageOf(asked) + 1) + ">; rel=\"next\"";
    }
}
