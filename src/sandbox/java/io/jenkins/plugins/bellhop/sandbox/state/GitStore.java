package io.jenkins.plugins.bellhop.sandbox.state;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEditor;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.TagBuilder;
import org.eclipse.jgit.merge.MergeStrategy;
import org.eclipse.jgit.merge.Merger;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.URIish;

/** A bare repository on disk: commits are made in it directly, without a work tree. */
public final class GitStore implements AutoCloseable {

    static {
        MachineSettings.ignore();
    }

    private final Repository repository;

    private GitStore(Repository repository) {
        this.repository = repository;
    }

    static GitStore create(Path directory, String defaultBranch) {
        try {
            Repository repository = new FileRepositoryBuilder()
                    .setGitDir(directory.toFile())
                    .setBare()
                    .build();
            repository.create(true);
            GitStore store = new GitStore(repository);
            store.pointHeadAt(defaultBranch);
            return store;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** For serving it over a transport. */
    public Repository repository() {
        return repository;
    }

    /** What a ref, branch name or id stands for; an annotated tag stays the tag. */
    public Optional<String> resolve(String name) {
        try {
            return Optional.ofNullable(repository.resolve(name)).map(ObjectId::name);
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    /** Full ref names below the prefix, such as {@code refs/heads/}, with the ids they hold. */
    public SortedMap<String, String> refs(String prefix) {
        try {
            SortedMap<String, String> refs = new TreeMap<>();
            for (Ref ref : repository.getRefDatabase().getRefsByPrefix(prefix)) {
                refs.put(ref.getName(), ref.getObjectId().name());
            }
            return refs;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The history, for questions about commits. */
    public History history() {
        return new History(repository);
    }

    void pointHeadAt(String branch) {
        try {
            repository.updateRef(Constants.HEAD).link(Constants.R_HEADS + branch);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes a commit on top of the parent, if any, with these files changed; scripts become executable. */
    String commit(Optional<String> parent, Map<String, String> files, String message, PersonIdent author) {
        try (ObjectInserter inserter = repository.newObjectInserter()) {
            DirCache index = DirCache.newInCore();
            DirCacheBuilder builder = index.builder();
            if (parent.isPresent()) {
                builder.addTree(
                        new byte[0], 0, repository.newObjectReader(), history().tree(parent.get()));
            }
            builder.finish();
            DirCacheEditor editor = index.editor();
            for (Map.Entry<String, String> file : files.entrySet()) {
                editor.add(edit(
                        file.getKey(),
                        inserter.insert(Constants.OBJ_BLOB, file.getValue().getBytes(StandardCharsets.UTF_8))));
            }
            editor.finish();
            CommitBuilder commit = new CommitBuilder();
            commit.setTreeId(index.writeTree(inserter));
            parent.ifPresent(id -> commit.setParentId(ObjectId.fromString(id)));
            commit.setAuthor(author);
            commit.setCommitter(author);
            commit.setMessage(message);
            ObjectId id = inserter.insert(commit);
            inserter.flush();
            return id.name();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes the merge of two commits; empty when they conflict. */
    Optional<String> merge(String base, String head, String message, PersonIdent author) {
        try (RevWalk walk = new RevWalk(repository);
                ObjectInserter inserter = repository.newObjectInserter()) {
            RevCommit into = walk.parseCommit(ObjectId.fromString(base));
            RevCommit from = walk.parseCommit(ObjectId.fromString(head));
            Merger merger = MergeStrategy.RECURSIVE.newMerger(repository, true);
            if (!merger.merge(into, from)) {
                return Optional.empty();
            }
            CommitBuilder commit = new CommitBuilder();
            commit.setTreeId(merger.getResultTreeId());
            commit.setParentIds(into, from);
            commit.setAuthor(author);
            commit.setCommitter(author);
            commit.setMessage(message);
            ObjectId id = inserter.insert(commit);
            inserter.flush();
            return Optional.of(id.name());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes an annotated tag's object and returns its id. */
    String tagObject(String name, String commit, String message, PersonIdent tagger) {
        try (ObjectInserter inserter = repository.newObjectInserter()) {
            TagBuilder tag = new TagBuilder();
            tag.setTag(name);
            tag.setObjectId(ObjectId.fromString(commit), Constants.OBJ_COMMIT);
            tag.setMessage(message);
            tag.setTagger(tagger);
            ObjectId id = inserter.insert(tag);
            inserter.flush();
            return id.name();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Moves, creates or (forty zeros) deletes a ref, whatever it held. */
    RefChange move(String ref, String target) {
        try {
            Ref old = repository.exactRef(ref);
            String before = old == null ? RefChange.NOTHING : old.getObjectId().name();
            RefUpdate update = repository.updateRef(ref);
            update.setForceUpdate(true);
            if (target.equals(RefChange.NOTHING)) {
                update.delete();
            } else {
                update.setNewObjectId(ObjectId.fromString(target));
                update.update();
            }
            return describe(ref, before, target);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The change that moving a ref between these ids makes; forced when the old id isn't in the new one's history. */
    public RefChange describe(String ref, String before, String after) {
        boolean update = !before.equals(RefChange.NOTHING) && !after.equals(RefChange.NOTHING);
        return new RefChange(ref, before, after, update && !history().contains(after, before));
    }

    /** Copies a ref of another repository, with all objects it needs. */
    void take(GitStore source, String refSpecification) {
        try (Transport transport = Transport.open(
                repository, new URIish(source.repository.getDirectory().toString()))) {
            transport.fetch(NullProgressMonitor.INSTANCE, List.of(new RefSpec(refSpecification)));
        } catch (Exception e) {
            throw new IllegalStateException("Copying " + refSpecification + " failed", e);
        }
    }

    @Override
    public void close() {
        repository.close();
    }

    private static DirCacheEditor.PathEdit edit(String path, ObjectId blob) {
        return new DirCacheEditor.PathEdit(path) {
            @Override
            public void apply(DirCacheEntry entry) {
                entry.setFileMode(path.endsWith(".sh") ? FileMode.EXECUTABLE_FILE : FileMode.REGULAR_FILE);
                entry.setObjectId(blob);
            }
        };
    }
}
