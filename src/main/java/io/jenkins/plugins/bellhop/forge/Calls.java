package io.jenkins.plugins.bellhop.forge;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.bellhop.forge.ForgeFailure.Kind;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Calls one forge, reads its answers, and turns every answer but success into a {@link ForgeFailure}. */
public final class Calls {

    /** Pages of one list that are read: 50,000 branches, and more than any repository's keys or hooks fill. */
    public static final int MOST_PAGES = 500;

    private static final Logger LOGGER = Logger.getLogger(Calls.class.getName());

    private final RestClient client;
    private final Refusals refusals;
    private final Paging paging;

    public Calls(RestClient client, Refusals refusals, Paging paging) {
        this.client = client;
        this.refusals = refusals;
        this.paging = paging;
    }

    /** @param path below the API's root, with everything that isn't a constant {@link #encoded} */
    public <T> T get(String path, Need need, Shape<T> shape) throws ForgeFailure {
        return read(succeeded(client.get(path), need), need, shape);
    }

    /** Like {@link #get}, but a thing that isn't there is an answer too. */
    public <T> Optional<T> find(String path, Need need, Shape<T> shape) throws ForgeFailure {
        Answer answer = client.get(path);
        boolean nothing = answer.status() == 404 || answer.status() == 204;
        return nothing ? Optional.empty() : Optional.of(read(succeeded(answer, need), need, shape));
    }

    /** A header of the answer, whatever its body says. */
    public Optional<String> header(String path, Need need, String name) throws ForgeFailure {
        return succeeded(client.get(path), need).header(name);
    }

    public <T> T post(String path, ObjectNode body, Need need, Shape<T> shape) throws ForgeFailure {
        return read(succeeded(client.post(path, body.toString()), need), need, shape);
    }

    /** For calls that are answered without a body. */
    public void post(String path, ObjectNode body, Need need) throws ForgeFailure {
        succeeded(client.post(path, body.toString()), need);
    }

    /** Replaces the thing at this path; the answer's body is of no interest. */
    public void put(String path, ObjectNode body, Need need) throws ForgeFailure {
        succeeded(client.put(path, body.toString()), need);
    }

    /** Changes what the body names of the thing at this path. */
    public void patch(String path, ObjectNode body, Need need) throws ForgeFailure {
        succeeded(client.patch(path, body.toString()), need);
    }

    /** What isn't there any more counts as deleted. */
    public void delete(String path, Need need) throws ForgeFailure {
        Answer answer = client.delete(path);
        if (answer.status() != 404) {
            succeeded(answer, need);
        }
    }

    /** All entries over all pages. */
    public <T> List<T> list(String path, Need need, Shape<T> shape) throws ForgeFailure {
        return first(Integer.MAX_VALUE, path, need, shape);
    }

    /** The entries that come first, so many at most; no page is read beyond them. */
    public <T> List<T> first(int most, String path, Need need, Shape<T> shape) throws ForgeFailure {
        String first = path + (path.contains("?") ? "&" : "?") + paging.largest(path);
        List<T> entries = new ArrayList<>();
        Answer answer = succeeded(client.get(first), need);
        for (int read = 1; ; read++) {
            Optional<URI> next = page(answer, first, need, shape, entries);
            if (next.isEmpty() || entries.size() >= most) {
                return entries.subList(0, Math.min(most, entries.size()));
            }
            if (read == MOST_PAGES) {
                throw new ForgeFailure(
                        Kind.UNREADABLE_ANSWER,
                        "Could not " + need.action() + ": expected at most " + MOST_PAGES + " pages, found more.");
            }
            answer = succeeded(client.follow(next.get()), need);
        }
    }

    /**
     * Like {@link #list}, but an entry that can't be read is left out: one branch with an odd name must not hide the others.
     * If not a single one can be read, that is a failure.
     */
    public <T> List<T> readable(String path, Need need, Shape<T> shape) throws ForgeFailure {
        List<Optional<T>> all = list(path, need, entry -> attempted(entry, need, shape));
        List<T> readable = all.stream().flatMap(Optional::stream).toList();
        if (readable.isEmpty() && !all.isEmpty()) {
            throw new ForgeFailure(
                    Kind.UNREADABLE_ANSWER,
                    "Could not " + need.action() + ": expected entries of a known form, found " + all.size()
                            + " others.");
        }
        return readable;
    }

    private static <T> Optional<T> attempted(Json entry, Need need, Shape<T> shape) {
        try {
            return Optional.of(shape.read(entry));
        } catch (UnreadablePayload e) {
            LOGGER.log(Level.INFO, "Left out, to {0}: {1}", new Object[] {need.action(), e.getMessage()});
            return Optional.empty();
        }
    }

    /** For one part of a path or one value of a query. */
    public static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private <T> Optional<URI> page(Answer answer, String first, Need need, Shape<T> shape, List<T> entries)
            throws ForgeFailure {
        return read(answer, need, page -> {
            for (Json entry : paging.entries(page)) {
                entries.add(shape.read(entry));
            }
            return paging.next(answer, page, first);
        });
    }

    private Answer succeeded(Answer answer, Need need) throws ForgeFailure {
        if (!answer.isSuccess()) {
            throw refusals.explain(answer, need);
        }
        return answer;
    }

    private static <T> T read(Answer answer, Need need, Shape<T> shape) throws ForgeFailure {
        try {
            return shape.read(answer.json());
        } catch (UnreadablePayload e) {
            throw new ForgeFailure(Kind.UNREADABLE_ANSWER, "Could not " + need.action() + ": " + e.getMessage() + ".");
        }
    }

    /** Reads a value out of an answer. */
    @FunctionalInterface
    public interface Shape<T> {
        T read(Json json) throws UnreadablePayload;
    }
}
