package io.jenkins.plugins.bellhop.sandbox.git;

import io.jenkins.plugins.bellhop.sandbox.state.ForgeState;
import io.jenkins.plugins.bellhop.sandbox.state.KeyGrant;
import io.jenkins.plugins.bellhop.sandbox.state.RefChange;
import io.jenkins.plugins.bellhop.sandbox.state.SandboxRepository;
import io.jenkins.plugins.bellhop.sandbox.state.SshPublicKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.apache.sshd.server.command.AbstractCommandSupport;
import org.eclipse.jgit.transport.PacketLineOut;
import org.eclipse.jgit.transport.ReceiveCommand;
import org.eclipse.jgit.transport.ReceivePack;
import org.eclipse.jgit.transport.UploadPack;

/** Serves one command of one logged-in client; without a command line it greets and hangs up. */
final class GitCommand extends AbstractCommandSupport {

    private static final int REFUSED = 1;

    private final ForgeState forge;
    private final GitWording wording;
    private final Collection<GitAccess> accesses;

    GitCommand(String line, ForgeState forge, GitWording wording, Collection<GitAccess> accesses) {
        super(line, null);
        this.forge = forge;
        this.wording = wording;
        this.accesses = accesses;
    }

    @Override
    public void run() {
        try {
            int exit = serve();
            getOutputStream().flush();
            getErrorStream().flush();
            onExit(exit);
        } catch (IOException | RuntimeException e) {
            onExit(REFUSED, e.toString());
        }
    }

    private int serve() throws IOException {
        SshPublicKey key = getServerSession().getAttribute(Doorkeeper.KEY);
        List<KeyGrant> grants =
                forge.grants(key).stream().filter(KeyGrant::enabled).toList();
        if (getCommand().isEmpty()) {
            return say(grants.isEmpty() ? wording.unknown() : wording.greeting(grants.get(0)));
        }
        Optional<GitRequest> parsed = GitRequest.parse(getCommand());
        if (parsed.isEmpty()) {
            return say(wording.invalidCommand(getCommand()));
        }
        GitRequest request = parsed.get();
        Permission permission = Permission.of(forge, wording, grants, request);
        accesses.add(new GitAccess(key.fingerprint(), request.repository(), request.command(), permission.granted()));
        if (!permission.granted()) {
            return refuse(permission.refusal());
        }
        SandboxRepository repository = permission.repository().orElseThrow();
        KeyGrant grant = permission.grant().orElseThrow();
        forge.used(grant);
        if (request.writes()) {
            receive(repository, grant);
        } else {
            upload(repository);
        }
        return 0;
    }

    private void upload(SandboxRepository repository) throws IOException {
        UploadPack pack = new UploadPack(repository.git().repository());
        // GitHub serves any commit by its id, also one that no ref holds any more.
        pack.setRequestPolicy(UploadPack.RequestPolicy.ANY);
        String protocol = getEnvironment().getEnv().get("GIT_PROTOCOL");
        if (protocol != null) {
            pack.setExtraParameters(List.of(protocol.split(":")));
        }
        pack.upload(getInputStream(), getOutputStream(), getErrorStream());
    }

    private void receive(SandboxRepository repository, KeyGrant grant) throws IOException {
        ReceivePack pack = new ReceivePack(repository.git().repository());
        pack.setPreReceiveHook((receiving, commands) -> commands.forEach(command -> screen(repository, command)));
        pack.setPostReceiveHook((receiving, commands) -> forge.pushed(
                repository,
                commands.stream()
                        .filter(command -> command.getResult() == ReceiveCommand.Result.OK)
                        .map(command -> repository
                                .git()
                                .describe(
                                        command.getRefName(),
                                        command.getOldId().name(),
                                        command.getNewId().name()))
                        .toList(),
                pusher(grant)));
        pack.receive(getInputStream(), getOutputStream(), getErrorStream());
    }

    private void screen(SandboxRepository repository, ReceiveCommand command) {
        if (command.getRefName().startsWith(forge.face().habits().pullRefs())) {
            command.setResult(ReceiveCommand.Result.REJECTED_OTHER_REASON, "deny updating a hidden ref");
        }
        boolean deletes = command.getNewId().name().equals(RefChange.NOTHING);
        if (deletes && command.getRefName().equals("refs/heads/" + repository.defaultBranch())) {
            command.setResult(ReceiveCommand.Result.REJECTED_OTHER_REASON, "refusing to delete the current branch");
        }
    }

    /** GitHub names the maker of a deploy key as the one who pushed with it. */
    private static String pusher(KeyGrant grant) {
        if (grant instanceof KeyGrant.OfOwner deploy) {
            return deploy.key().addedBy();
        }
        return grant instanceof KeyGrant.OfRepository deploy ? deploy.key().addedBy() : grant.holder();
    }

    private int refuse(String sentence) throws IOException {
        if (!wording.insideTheProtocol()) {
            return say(sentence);
        }
        new PacketLineOut(getOutputStream()).writeString("ERR " + sentence);
        return REFUSED;
    }

    private int say(String sentence) throws IOException {
        getErrorStream().write((sentence + "\n").getBytes(StandardCharsets.UTF_8));
        return REFUSED;
    }
}
