package io.jenkins.plugins.bellhop.sandbox;

import io.jenkins.plugins.bellhop.sandbox.story.StoryTeller;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Bellhop's main job without Jenkins and without the internet: a forge, an SSH git server and an agent on this machine. With
 * the system property {@code sandbox.serve} it stays up afterwards.
 */
public final class Sandbox {

    private Sandbox() {}

    public static void main(String[] arguments) throws Exception {
        Path directory = Files.createTempDirectory("bellhop-sandbox-");
        boolean good = StoryTeller.tell(directory, System.out);
        if (!good) {
            System.exit(1);
        }
        if (System.getProperty("sandbox.serve") != null) {
            StoryTeller.serve(Files.createTempDirectory("bellhop-sandbox-"), System.out);
        }
    }
}
