package io.jenkins.plugins.bellhop.sandbox.state;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * One repository of the forge. Whatever changes it tells the hooks that asked for it, as if a person had done the same
 * through the forge's pages or by {@code git push}.
 */
public final class SandboxRepository {

    private final ForgeState forge;
    private final long id;
    private final boolean isPrivate;
    private final Optional<SandboxRepository> parent;
    private final GitStore git;
    private final PullRequests pulls;
    private final Settings settings;
    private final Instant createdAt = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private final List<Status> statuses = new CopyOnWriteArrayList<>();
    private volatile String owner;
    private volatile String name;
    private volatile String defaultBranch;
    private volatile boolean deleted;

    SandboxRepository(
            ForgeState forge,
            long id,
            String owner,
            String name,
            boolean isPrivate,
            Optional<SandboxRepository> parent,
            String defaultBranch,
            GitStore git,
            GitStore bench) {
        this.forge = forge;
        this.id = id;
        this.owner = owner;
        this.name = name;
        this.isPrivate = isPrivate;
        this.parent = parent;
        this.defaultBranch = defaultBranch;
        this.git = git;
        this.pulls = new PullRequests(forge, this, new MergeBench(this, bench));
        this.settings = new Settings(forge, this);
    }

    /** The number that survives renames and transfers. */
    public long id() {
        return id;
    }

    public String owner() {
        return owner;
    }

    public String name() {
        return name;
    }

    public String fullName() {
        return owner + "/" + name;
    }

    public boolean isPrivate() {
        return isPrivate;
    }

    /** The repository this one was forked from. */
    public Optional<SandboxRepository> parent() {
        return parent;
    }

    public String defaultBranch() {
        return defaultBranch;
    }

    public Instant createdAt() {
        return createdAt;
    }

    public boolean deleted() {
        return deleted;
    }

    public Account account() {
        return forge.account(owner);
    }

    public GitStore git() {
        return git;
    }

    /** Keys, hooks and collaborators. */
    public Settings settings() {
        return settings;
    }

    /** The pull requests into this repository. */
    public PullRequests pulls() {
        return pulls;
    }

    public List<DeployKey> deployKeys() {
        return settings.deployKeys();
    }

    public List<Hook> hooks() {
        return settings.hooks();
    }

    /** The id that a full ref holds; it must exist. */
    public String sha(String ref) {
        return Optional.ofNullable(git.refs(ref).get(ref))
                .orElseThrow(() -> new IllegalArgumentException("No " + ref + " in " + this));
    }

    /** The head of a branch. */
    public String head(String branch) {
        return sha("refs/heads/" + branch);
    }

    // What people with an account do

    /** Gives an account a role here, beside what its organisation gives it. */
    public void grant(String login, Role role) {
        settings.grant(login, role);
    }

    /** What an account may do here; anybody may read a public repository. */
    public Role roleOf(String login) {
        Role own = settings.roleOf(login);
        Role inherited = account().roleOf(login);
        Role best = own.atLeast(inherited) ? own : inherited;
        return best == Role.NONE && !isPrivate ? Role.READ : best;
    }

    String actor() {
        return account().actor();
    }

    // Pushes

    /** Commits these files to a branch (made from the default branch if it is new), pushes, and returns the id. */
    public String commit(String branch, Map<String, String> files, String message) {
        synchronized (forge) {
            String ref = "refs/heads/" + branch;
            Optional<String> parentCommit = git.resolve(ref).or(() -> git.resolve("refs/heads/" + defaultBranch));
            String sha = git.commit(parentCommit, files, message, forge.person(actor()));
            push(Map.of(ref, sha));
            return sha;
        }
    }

    /** Moves several refs in one push; forty zeros delete. Ids must exist here already; any move is allowed. */
    public void push(Map<String, String> targets) {
        synchronized (forge) {
            if (RefChange.NOTHING.equals(targets.get("refs/heads/" + defaultBranch))) {
                throw new IllegalArgumentException("The default branch can't be deleted");
            }
            Map<String, String> sorted = new LinkedHashMap<>(targets);
            forge.pushed(
                    this,
                    sorted.entrySet().stream()
                            .map(target -> git.move(target.getKey(), target.getValue()))
                            .filter(change -> !change.before().equals(change.after()))
                            .toList(),
                    actor());
        }
    }

    public void createBranch(String branch, String fromSha) {
        push(Map.of("refs/heads/" + branch, fromSha));
    }

    public void deleteBranch(String branch) {
        push(Map.of("refs/heads/" + branch, RefChange.NOTHING));
    }

    /** Pushes a lightweight tag and returns the commit. */
    public String tag(String tag, String sha) {
        push(Map.of("refs/tags/" + tag, sha));
        return sha;
    }

    /** Pushes an annotated tag and returns the id of the tag object. */
    public String annotatedTag(String tag, String sha, String message) {
        String object = git.tagObject(tag, sha, message, forge.person(actor()));
        push(Map.of("refs/tags/" + tag, object));
        return object;
    }

    public void deleteTag(String tag) {
        push(Map.of("refs/tags/" + tag, RefChange.NOTHING));
    }

    // The repository as a whole

    public void rename(String newName) {
        synchronized (forge) {
            String previous = name;
            forge.moving(this, owner, newName);
            name = newName;
            forge.face().repositoryChanged(this, RepositoryAction.RENAMED, previous, actor());
        }
    }

    /** Moves it, its keys and its hooks to another account. The old owner gets no role there by itself. */
    public void transfer(String newOwner) {
        synchronized (forge) {
            String previous = owner;
            String sender = actor();
            forge.moving(this, newOwner, name);
            owner = forge.owner(newOwner).login();
            settings.applyPolicy();
            forge.face().repositoryChanged(this, RepositoryAction.TRANSFERRED, previous, sender);
        }
    }

    public void changeDefaultBranch(String branch) {
        synchronized (forge) {
            String previous = defaultBranch;
            sha("refs/heads/" + branch);
            git.pointHeadAt(branch);
            defaultBranch = branch;
            forge.face().repositoryChanged(this, RepositoryAction.DEFAULT_BRANCH_CHANGED, previous, actor());
        }
    }

    /** Deletes it with its keys and hooks; pull requests from it into other repositories stay, without a head. */
    public void delete() {
        synchronized (forge) {
            forge.face().repositoryChanged(this, RepositoryAction.DELETED, "", actor());
            forge.removed(this);
            deleted = true;
            git.close();
        }
    }

    // Results and deliveries

    public void add(Status status) {
        statuses.add(status);
    }

    /** Reports a result in the place of the one with the same commit and context. */
    public void replace(Status status) {
        statuses.removeIf(old -> old.sha().equals(status.sha()) && old.context().equals(status.context()));
        statuses.add(status);
    }

    /** What was reported for a commit, oldest first. */
    public List<Status> statuses(String sha) {
        return statuses.stream().filter(status -> status.sha().equals(sha)).toList();
    }

    /** The deliveries of all hooks of this repository, oldest first. */
    public List<SentDelivery> deliveries() {
        return forge.deliveries().of(id);
    }

    /** Sends a delivery once more, under its old id. */
    public void redeliver(long deliveryId) {
        forge.deliveries().repeat(this, deliveryId);
    }

    @Override
    public String toString() {
        return fullName();
    }
}
