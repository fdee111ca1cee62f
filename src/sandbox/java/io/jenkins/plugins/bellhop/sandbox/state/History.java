package io.jenkins.plugins.bellhop.sandbox.state;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.diff.DiffEntry;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.revwalk.filter.RevFilter;
import org.eclipse.jgit.treewalk.EmptyTreeIterator;
import org.eclipse.jgit.treewalk.TreeWalk;

/** Questions about the commits of a repository. */
public final class History {

    private final Repository repository;

    History(Repository repository) {
        this.repository = repository;
    }

    /** The commit that an id, branch, tag or ref leads to. */
    public Optional<CommitFacts> commit(String name) {
        try (RevWalk walk = new RevWalk(repository)) {
            ObjectId id = repository.resolve(name + "^{commit}");
            return id == null ? Optional.empty() : Optional.of(facts(walk, walk.parseCommit(id)));
        } catch (MissingObjectException | IncorrectObjectTypeException | IllegalArgumentException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether the first commit's history holds the second. */
    public boolean contains(String descendant, String ancestor) {
        try (RevWalk walk = new RevWalk(repository)) {
            return walk.isMergedInto(
                    walk.parseCommit(ObjectId.fromString(ancestor)), walk.parseCommit(ObjectId.fromString(descendant)));
        } catch (MissingObjectException | IncorrectObjectTypeException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The commits that a change brought, oldest first; for a new branch those that no other branch has. */
    public List<CommitFacts> broughtBy(RefChange change, int limit) {
        if (change.deleted() || change.isTag()) {
            return List.of();
        }
        try (RevWalk walk = new RevWalk(repository)) {
            walk.markStart(walk.parseCommit(ObjectId.fromString(change.after())));
            for (ObjectId known : knownBefore(change)) {
                walk.markUninteresting(walk.parseCommit(known));
            }
            List<CommitFacts> commits = new ArrayList<>();
            for (RevCommit commit : walk) {
                if (commits.size() == limit) {
                    break;
                }
                commits.add(facts(walk, commit));
            }
            Collections.reverse(commits);
            return commits;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What differs between two commits, by path. */
    public List<FileChange> between(String before, String after) {
        try (RevWalk walk = new RevWalk(repository);
                TreeWalk trees = new TreeWalk(repository)) {
            trees.setRecursive(true);
            trees.addTree(walk.parseCommit(ObjectId.fromString(before)).getTree());
            trees.addTree(walk.parseCommit(ObjectId.fromString(after)).getTree());
            return DiffEntry.scan(trees).stream().map(History::change).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FileChange change(DiffEntry entry) {
        return switch (entry.getChangeType()) {
            case ADD, COPY -> new FileChange(entry.getNewPath(), FileChange.Kind.ADDED);
            case MODIFY, RENAME -> new FileChange(entry.getNewPath(), FileChange.Kind.MODIFIED);
            case DELETE -> new FileChange(entry.getOldPath(), FileChange.Kind.REMOVED);
        };
    }

    /** The newest commit that both histories hold. */
    public Optional<String> mergeBase(String one, String other) {
        try (RevWalk walk = new RevWalk(repository)) {
            walk.setRevFilter(RevFilter.MERGE_BASE);
            walk.markStart(walk.parseCommit(ObjectId.fromString(one)));
            walk.markStart(walk.parseCommit(ObjectId.fromString(other)));
            return Optional.ofNullable(walk.next()).map(RevCommit::name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file's content in a commit. */
    public Optional<byte[]> file(String commit, String path) {
        try (RevWalk walk = new RevWalk(repository);
                TreeWalk tree = TreeWalk.forPath(
                        repository,
                        path,
                        walk.parseCommit(ObjectId.fromString(commit)).getTree())) {
            if (tree == null || tree.isSubtree()) {
                return Optional.empty();
            }
            return Optional.of(repository.open(tree.getObjectId(0)).getBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    ObjectId tree(String commit) throws IOException {
        try (RevWalk walk = new RevWalk(repository)) {
            return walk.parseCommit(ObjectId.fromString(commit)).getTree();
        }
    }

    private List<ObjectId> knownBefore(RefChange change) throws IOException {
        if (!change.created()) {
            return List.of(ObjectId.fromString(change.before()));
        }
        return repository.getRefDatabase().getRefsByPrefix(Constants.R_HEADS).stream()
                .filter(ref -> !ref.getName().equals(change.ref()))
                .map(Ref::getObjectId)
                .toList();
    }

    private CommitFacts facts(RevWalk walk, RevCommit commit) throws IOException {
        List<String> added = new ArrayList<>();
        List<String> modified = new ArrayList<>();
        List<String> removed = new ArrayList<>();
        for (DiffEntry entry : differences(walk, commit)) {
            switch (entry.getChangeType()) {
                case ADD, COPY -> added.add(entry.getNewPath());
                case MODIFY, RENAME -> modified.add(entry.getNewPath());
                case DELETE -> removed.add(entry.getOldPath());
            }
        }
        PersonIdent author = commit.getAuthorIdent();
        return new CommitFacts(
                commit.name(),
                commit.getTree().name(),
                List.of(commit.getParents()).stream().map(RevCommit::name).toList(),
                commit.getFullMessage(),
                OffsetDateTime.ofInstant(author.getWhenAsInstant(), author.getZoneId()),
                author.getName(),
                author.getEmailAddress(),
                added,
                modified,
                removed);
    }

    private List<DiffEntry> differences(RevWalk walk, RevCommit commit) throws IOException {
        try (TreeWalk trees = new TreeWalk(repository)) {
            trees.setRecursive(true);
            if (commit.getParentCount() == 0) {
                trees.addTree(new EmptyTreeIterator());
            } else {
                trees.addTree(walk.parseCommit(commit.getParent(0)).getTree());
            }
            trees.addTree(commit.getTree());
            return DiffEntry.scan(trees);
        }
    }
}
