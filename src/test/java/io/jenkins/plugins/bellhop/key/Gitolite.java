package io.jenkins.plugins.bellhop.key;

import io.jenkins.plugins.bellhop.support.RequiredPrograms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A real server that knows for each key what it may do in which repository, like a forge: gitolite behind sshd. */
record Gitolite(SshServer server, Path home) implements PrivateServer {

    /**
     * @param rules in gitolite's language
     * @param keys by the names that the rules use
     */
    static Gitolite start(Path temporary, String rules, Map<String, SshKeyPair> keys) throws IOException {
        RequiredPrograms.find("gitolite");
        SshServer server = SshServer.start(temporary);
        Path home = Files.createDirectory(temporary.resolve("home"));
        Program program = Program.in(home).with(Map.of("HOME", home.toString(), "USER", "git"));
        program.output("gitolite", "setup", "-a", "admin");
        Files.writeString(home.resolve(".gitolite/conf/gitolite.conf"), rules);
        program.output("gitolite", "compile");
        String shell = "HOME=" + home + " exec "
                + program.output("gitolite", "query-rc", "GL_BINDIR").strip() + "/gitolite-shell ";
        server.authorize(keys.entrySet().stream()
                .map(key -> new SshServer.Entry(key.getValue().publicKey(), shell + key.getKey()))
                .toArray(SshServer.Entry[]::new));
        return new Gitolite(server, home);
    }

    @Override
    public Path repository(String path) {
        return home.resolve("repositories").resolve(path + ".git");
    }

    @Override
    public String url(String path) {
        return server.url(path);
    }

    @Override
    public SshHost host() {
        return server.host();
    }

    @Override
    public HostKeys trust() {
        return server.trust();
    }

    @Override
    public List<String> offered() throws IOException {
        return server.offered();
    }

    @Override
    public void forgetOffers() throws IOException {
        server.forgetLog();
    }

    @Override
    public SshFailure.Kind ofAnothersKey() {
        return SshFailure.Kind.ACCESS_DENIED;
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
