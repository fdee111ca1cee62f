package io.jenkins.plugins.bellhop.jenkins.trigger;

import java.io.File;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where Jenkins checks out what it runs itself. Pipeline says nowhere what a checkout is for, so the folder tells: a
 * Jenkinsfile's ends in {@code @script}, a library's in {@code @libs}, and cached or cloned libraries are kept beside builds.
 *
 * @param combinator what Jenkins puts between a workspace's name and what makes it special
 * @param folders that hold libraries under other names
 */
record ControllerCode(String combinator, List<File> folders) {

    boolean isAt(String workTree) {
        String path = slashed(workTree);
        boolean named = Stream.of(path.split("/"))
                .anyMatch(part -> part.endsWith(combinator + "script") || part.endsWith(combinator + "libs"));
        return named || folders.stream().anyMatch(folder -> (path + "/").startsWith(slashed(folder.getPath()) + "/"));
    }

    private static String slashed(String path) {
        return path.replace('\\', '/');
    }
}
