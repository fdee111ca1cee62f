package io.jenkins.plugins.bellhop.jenkins.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GrantsTest {

    private final Grants grants = Grants.typed("team/app\n\n  platform \r\n");

    @Test
    void noNameMeansNobody() {
        assertThat(Grants.typed("").permit("team/app")).isFalse();
        assertThat(Grants.NOBODY.permit("")).isFalse();
        assertThat(Grants.NOBODY).isEqualTo(Grants.typed(" \n")).hasToString("nobody");
    }

    @ParameterizedTest
    @ValueSource(strings = {"team/app", "platform", "platform/a", "platform/a/b"})
    void whatIsNamedMayUseItAndWhatLiesInIt(String item) {
        assertThat(grants.permit(item)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "team", "team/app2", "team/application", "platform2", "x/platform", "Platform", "app"})
    void othersMayNot(String item) {
        assertThat(grants.permit(item)).isFalse();
    }

    @Test
    void aNewNameKeepsTheGrantAndFreesTheOldName() {
        assertThat(grants.moved("team", "crew")).isEqualTo(Grants.typed("crew/app\nplatform"));
        assertThat(grants.moved("team/app", "team/shop")).isEqualTo(Grants.typed("team/shop\nplatform"));
        assertThat(grants.moved("platform/a", "platform/b")).isEqualTo(grants);
    }

    @Test
    void anotherFolderEndsTheGrant() {
        assertThat(grants.moved("team/app", "mallory/app")).isEqualTo(Grants.typed("platform"));
        assertThat(grants.moved("team/app", "app")).isEqualTo(Grants.typed("platform"));
        assertThat(grants.moved("team", "mallory/team")).isEqualTo(Grants.typed("platform"));
        assertThat(grants.moved("platform/a", "mallory/a")).isEqualTo(grants);
    }

    @Test
    void whatIsDeletedLosesItWithAllThatLayInIt() {
        assertThat(grants.without("team")).isEqualTo(Grants.typed("platform"));
        assertThat(grants.without("team/app")).isEqualTo(Grants.typed("platform"));
        assertThat(grants.without("team/app2").without("plat")).isEqualTo(grants);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/team", "team/"})
    void aNameWithAnEmptyPartIsRefused(String name) {
        assertThatThrownBy(() -> Grants.typed(name)).hasMessageContaining("expected full names");
    }

    @Test
    void thereIsABound() {
        assertThat(Grants.typed(names(Grants.MOST)).names()).hasSize(Grants.MOST);
        assertThatThrownBy(() -> Grants.typed(names(Grants.MOST + 1)))
                .hasMessage("expected at most 1000 items and folders for one user key, found 1001");
    }

    private static String names(int count) {
        return IntStream.range(0, count).mapToObj(i -> "job" + i).collect(Collectors.joining("\n"));
    }
}
