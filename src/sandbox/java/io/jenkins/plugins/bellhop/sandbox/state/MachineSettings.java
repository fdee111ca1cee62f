package io.jenkins.plugins.bellhop.sandbox.state;

import java.io.File;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;

/**
 * The machine as JGit sees it, but without anybody's git configuration: the sandbox behaves the same for everybody, and
 * JGit writes no measurements of the file system into the home directory.
 */
final class MachineSettings extends SystemReader.Delegate {

    private MachineSettings(SystemReader machine) {
        super(machine);
    }

    static void ignore() {
        SystemReader.setInstance(new MachineSettings(SystemReader.getInstance()));
    }

    @Override
    public FileBasedConfig openUserConfig(Config parent, FS files) {
        return new Unsaved(parent, files);
    }

    @Override
    public FileBasedConfig openSystemConfig(Config parent, FS files) {
        return new Unsaved(parent, files);
    }

    @Override
    public FileBasedConfig openJGitConfig(Config parent, FS files) {
        return new Unsaved(parent, files);
    }

    private static final class Unsaved extends FileBasedConfig {

        /** What JGit itself assumes where it can't measure. */
        private static final Duration COARSEST_CLOCK = Duration.ofSeconds(2);

        Unsaved(Config parent, FS files) {
            super(parent, new File("unsaved"), files);
        }

        /**
         * Answers as if the file system's clock had been measured before. JGit would measure it in each process, which
         * takes seconds, or in the background, by probe files that it leaves in repositories that are being deleted.
         */
        @Override
        public long getTimeUnit(String section, String subsection, String name, long otherwise, TimeUnit unit) {
            return section.equals("filesystem")
                    ? unit.convert(COARSEST_CLOCK)
                    : super.getTimeUnit(section, subsection, name, otherwise, unit);
        }

        @Override
        public void load() {
            // nothing to read
        }

        @Override
        public void save() {
            // nowhere to write
        }

        @Override
        public boolean isOutdated() {
            return false;
        }
    }
}
