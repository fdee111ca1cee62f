package io.jenkins.plugins.bellhop.sandbox.state;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A request to merge a branch of one repository into a branch of the same or another one. */
public final class PullRequest {

    private final long id;
    private final int number;
    private final SandboxRepository base;
    private final SandboxRepository head;
    private final String headOwner;
    private final String headBranch;
    private final String author;
    private final Instant createdAt = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private final List<String> labels = new CopyOnWriteArrayList<>();
    private volatile String title;
    private volatile boolean draft;
    private volatile String headSha;
    private volatile String baseBranch;
    private volatile String baseSha;
    private volatile String mergeSha;
    private volatile boolean mergeable;
    private volatile boolean merged;
    private volatile Instant closedAt;
    private volatile Instant updatedAt = createdAt;

    PullRequest(long id, int number, SandboxRepository base, SandboxRepository head, String headBranch, String author) {
        this.id = id;
        this.number = number;
        this.base = base;
        this.head = head;
        this.headOwner = head.owner();
        this.headBranch = headBranch;
        this.author = author;
    }

    public long id() {
        return id;
    }

    public int number() {
        return number;
    }

    public SandboxRepository base() {
        return base;
    }

    /** Empty once the head repository is gone. */
    public Optional<SandboxRepository> head() {
        return head.deleted() ? Optional.empty() : Optional.of(head);
    }

    /** The owner of the head repository, which outlives it in the label. */
    public String headOwner() {
        return head.deleted() ? headOwner : head.owner();
    }

    public String headBranch() {
        return headBranch;
    }

    public String headSha() {
        return headSha;
    }

    public String baseBranch() {
        return baseBranch;
    }

    public String baseSha() {
        return baseSha;
    }

    public String author() {
        return author;
    }

    public String title() {
        return title;
    }

    public boolean draft() {
        return draft;
    }

    public boolean open() {
        return closedAt == null;
    }

    public boolean merged() {
        return merged;
    }

    /** The trial merge while open, the merge commit once merged. */
    public Optional<String> mergeSha() {
        return Optional.ofNullable(mergeSha);
    }

    public boolean mergeable() {
        return mergeable;
    }

    public List<String> labels() {
        return List.copyOf(labels);
    }

    public Instant createdAt() {
        return createdAt;
    }

    public Instant updatedAt() {
        return updatedAt;
    }

    public Optional<Instant> closedAt() {
        return Optional.ofNullable(closedAt);
    }

    boolean comesFrom(SandboxRepository repository, String branch) {
        return head == repository && headBranch.equals(branch);
    }

    void titled(String value) {
        title = value;
        touch();
    }

    void drafted(boolean value) {
        draft = value;
        touch();
    }

    void labelled(String label) {
        labels.add(label);
        touch();
    }

    void headedAt(String sha) {
        headSha = sha;
        touch();
    }

    void basedOn(String branch, String sha) {
        baseBranch = branch;
        baseSha = sha;
        touch();
    }

    void tried(Optional<String> merge) {
        mergeable = merge.isPresent();
        mergeSha = merge.orElse(null);
    }

    void closed(Optional<String> mergeCommit) {
        merged = mergeCommit.isPresent();
        mergeCommit.ifPresent(sha -> mergeSha = sha);
        closedAt = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        touch();
    }

    void reopened() {
        closedAt = null;
        touch();
    }

    private void touch() {
        updatedAt = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    }
}
