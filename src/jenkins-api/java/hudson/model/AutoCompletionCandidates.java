package hudson.model;

import java.util.List;
import org.kohsuke.stapler.HttpResponse;

public class AutoCompletionCandidates implements HttpResponse {

    public AutoCompletionCandidates() {}

    public AutoCompletionCandidates add(String v) {
        return null;
    }

    public List<String> getValues() {
        return null;
    }
}
