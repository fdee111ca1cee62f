package io.jenkins.plugins.bellhop.forge;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;

/** How one kind of forge cuts its lists into pages. */
public interface Paging {

    /** What asks for pages of the greatest size that this list has, as in {@code per_page=100}. */
    String largest(String path);

    /** The entries of one page. */
    List<Json> entries(Json page) throws UnreadablePayload;

    /**
     * Where the next page is: an absolute URL, or a path below the API's root.
     *
     * @param first the path of the first page, with its query
     * @throws UnreadablePayload naming what should have led there
     */
    Optional<URI> next(Answer answer, Json page, String first) throws UnreadablePayload;

    /** A link that the forge wrote, which names its server. */
    static URI link(String text, String path) throws UnreadablePayload {
        try {
            URI link = new URI(text);
            if (link.isAbsolute()) {
                return link;
            }
        } catch (URISyntaxException e) {
            // The same fault as a link that leads to no server.
        }
        throw new UnreadablePayload(path, "expected the next page's URL, found something else");
    }
}
