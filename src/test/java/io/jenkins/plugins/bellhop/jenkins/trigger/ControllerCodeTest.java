package io.jenkins.plugins.bellhop.jenkins.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ControllerCodeTest {

    private static final ControllerCode CODE =
            new ControllerCode("@", List.of(new File("/home/jobs/app/builds/7"), new File("/home/libraries-cache")));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/home/workspace/app@script/0123456789abcdef",
                "/home/workspace/folder/app@2@script",
                "C:\\jenkins\\workspace\\app@script\\0123",
                "/home/workspace/app@libs/0123456789abcdef",
                "/home/workspace/app@libs/0123456789abcdef/root",
                "/home/jobs/app/builds/7",
                "/home/jobs/app/builds/7/",
                "/home/jobs/app/builds/7/libs/0123456789abcdef/root",
                "/home/libraries-cache/0123456789abcdef"
            })
    void jenkinsRunsWhatIsThere(String workTree) {
        assertThat(CODE.isAt(workTree)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/home/workspace/app",
                "/home/workspace/app@2",
                "/home/workspace/app@tmp/x",
                "/home/workspace/script/libs",
                "/home/jobs/app/builds/77",
                "C:\\agent\\workspace\\app"
            })
    void onlyTheBuildRunsWhatIsThere(String workTree) {
        assertThat(CODE.isAt(workTree)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/home/workspace/app_script/0123", "/home/workspace/app_libs/0123"})
    void administratorsMayCombineNamesOtherwise(String workTree) {
        assertThat(CODE.isAt(workTree)).isFalse();
        assertThat(new ControllerCode("_", List.of()).isAt(workTree)).isTrue();
    }
}
