package io.jenkins.plugins.bellhop.sandbox.state;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jgit.lib.PersonIdent;

/** Everything a forge knows. Changes that take several steps hold this object's monitor. */
public final class ForgeState implements AutoCloseable {

    private static final String DEFAULT_BRANCH = "main";

    private final Path directory;
    private final AtomicLong ids = new AtomicLong(1000);
    private final Map<String, Account> accounts = new ConcurrentHashMap<>();
    private final Tokens tokens = new Tokens(this);
    private final Map<Long, SandboxRepository> repositories = new ConcurrentSkipListMap<>();
    private final Map<String, Long> formerNames = new ConcurrentHashMap<>();
    private final Deliveries deliveries = new Deliveries(this);
    private volatile Face face;

    public ForgeState(Path directory) throws IOException {
        this.directory = Files.createDirectories(directory);
    }

    /** Says in whose words the forge speaks; to be called once, before the first repository. */
    public void speakAs(Face speaker) {
        face = speaker;
    }

    /** The words and habits of the forge. */
    public Face face() {
        return Objects.requireNonNull(face, "speakAs comes first");
    }

    public Deliveries deliveries() {
        return deliveries;
    }

    public long nextId() {
        return ids.incrementAndGet();
    }

    // Accounts and tokens

    /** The account of this name; a user, made when first named. */
    public Account account(String login) {
        return accounts.computeIfAbsent(key(login), key -> new Account(nextId(), login));
    }

    public Account organization(String login) {
        Account account = account(login);
        account.becomeOrganization();
        return account;
    }

    /** The account that owns repositories under this name. */
    Account owner(String name) {
        if (!face().habits().ownersAreProjects()) {
            return account(name);
        }
        Account project = organization(name);
        if (name.startsWith("~")) {
            addMember(name, name.substring(1), Role.ADMIN);
        }
        return project;
    }

    /** The account that a mail address belongs to; its login is what stands before the at sign. */
    public Account accountAt(String email) {
        Account account = account(email.replaceFirst("@.*", ""));
        if (email.contains("@")) {
            account.reachedAt(email);
        }
        return account;
    }

    public List<Account> accounts() {
        return List.copyOf(accounts.values());
    }

    public void addMember(String organization, String login, Role role) {
        account(organization).addMember(account(login).login(), role);
    }

    public void forbidDeployKeys(String owner, boolean forbidden) {
        account(owner).forbidDeployKeys(forbidden);
        repositories.values().forEach(repository -> repository.settings().applyPolicy());
    }

    public Tokens tokens() {
        return tokens;
    }

    /** The account as the author of commits. */
    PersonIdent person(String login) {
        return new PersonIdent(login, account(login).email());
    }

    // Keys

    /** What a key opens: nothing, one thing, or several where the forge allows a key to be shared. */
    public List<KeyGrant> grants(SshPublicKey key) {
        List<KeyGrant> grants = new ArrayList<>();
        for (SandboxRepository repository : repositories.values()) {
            repository.deployKeys().stream()
                    .filter(deployKey -> deployKey.key().equals(key))
                    .forEach(deployKey -> grants.add(new KeyGrant.OfRepository(repository, deployKey)));
        }
        for (Account account : accounts.values()) {
            account.deployKeys().stream()
                    .filter(deployKey -> deployKey.key().equals(key))
                    .forEach(deployKey -> grants.add(new KeyGrant.OfOwner(account, deployKey)));
            account.keys().stream()
                    .filter(userKey -> userKey.key().equals(key))
                    .forEach(userKey -> grants.add(new KeyGrant.OfAccount(account, userKey)));
        }
        return grants;
    }

    /** Notes that a key was used. */
    public void used(KeyGrant grant) {
        if (grant instanceof KeyGrant.OfRepository deploy) {
            deploy.repository().settings().used(deploy.key());
        }
    }

    // Repositories

    public synchronized SandboxRepository createRepository(String owner, String name, boolean isPrivate) {
        SandboxRepository repository = createEmptyRepository(owner, name, isPrivate);
        repository.git().move("refs/heads/" + DEFAULT_BRANCH, Seed.commit(repository, person(repository.actor())));
        return repository;
    }

    /** A new repository without a commit, and so without a branch. */
    public synchronized SandboxRepository createEmptyRepository(String owner, String name, boolean isPrivate) {
        return add(owner, name, isPrivate, Optional.empty(), DEFAULT_BRANCH);
    }

    public synchronized SandboxRepository fork(SandboxRepository base, String newOwner) {
        SandboxRepository fork = add(newOwner, base.name(), base.isPrivate(), Optional.of(base), base.defaultBranch());
        fork.git().take(base.git(), "+refs/heads/*:refs/heads/*");
        fork.git().take(base.git(), "+refs/tags/*:refs/tags/*");
        return fork;
    }

    public List<SandboxRepository> repositories() {
        return List.copyOf(repositories.values());
    }

    public Optional<SandboxRepository> repository(long id) {
        return Optional.ofNullable(repositories.get(id));
    }

    /** The repository that bears this name now. */
    public Optional<SandboxRepository> repository(String fullName) {
        return repositories.values().stream()
                .filter(repository -> repository.fullName().equalsIgnoreCase(fullName))
                .findFirst();
    }

    /** The repository that bore this name once, unless another one took the name since or the forge forgets names. */
    public Optional<SandboxRepository> formerly(String fullName) {
        if (!face().habits().remembersNames()) {
            return Optional.empty();
        }
        return Optional.ofNullable(formerNames.get(key(fullName))).map(repositories::get);
    }

    void moving(SandboxRepository repository, String newOwner, String newName) {
        String newFullName = newOwner + "/" + newName;
        requireFree(newFullName);
        formerNames.put(key(repository.fullName()), repository.id());
        formerNames.remove(key(newFullName));
    }

    void removed(SandboxRepository repository) {
        repositories.remove(repository.id());
    }

    // Pushes

    /** Tells of a push and lets pull requests follow it; also for pushes that arrived over a transport. */
    public synchronized void pushed(SandboxRepository repository, List<RefChange> changes, String sender) {
        tellPushed(repository, changes, sender);
        followPush(repository, changes);
    }

    void tellPushed(SandboxRepository repository, List<RefChange> changes, String sender) {
        if (!changes.isEmpty()) {
            face().pushed(repository, changes, sender);
        }
    }

    void followPush(SandboxRepository repository, List<RefChange> changes) {
        for (RefChange change : changes) {
            repositories.values().forEach(base -> base.pulls().follow(repository, change));
        }
    }

    @Override
    public void close() {
        deliveries.close();
        repositories.values().forEach(repository -> repository.git().close());
    }

    private SandboxRepository add(
            String owner, String name, boolean isPrivate, Optional<SandboxRepository> parent, String defaultBranch) {
        requireFree(owner + "/" + name);
        formerNames.remove(key(owner + "/" + name));
        long id = nextId();
        GitStore git = GitStore.create(directory.resolve(id + ".git"), defaultBranch);
        GitStore bench = face().habits().publishesPullRefs()
                ? git
                : GitStore.create(directory.resolve(id + "-merges.git"), defaultBranch);
        SandboxRepository repository = new SandboxRepository(
                this, id, owner(owner).login(), name, isPrivate, parent, defaultBranch, git, bench);
        repositories.put(id, repository);
        return repository;
    }

    private void requireFree(String fullName) {
        if (repository(fullName).isPresent()) {
            throw new IllegalArgumentException(fullName + " exists already");
        }
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
