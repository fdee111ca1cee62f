package io.jenkins.plugins.bellhop.jenkins.moving;

import hudson.model.Item;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.bellhop.jenkins.Messages;
import io.jenkins.plugins.bellhop.jenkins.Wiring;
import io.jenkins.plugins.bellhop.jenkins.connection.ConnectionForm;
import io.jenkins.plugins.bellhop.jenkins.pages.Paged;
import io.jenkins.plugins.bellhop.moving.Preview;
import io.jenkins.plugins.bellhop.moving.Proposal.Connecting;
import io.jenkins.plugins.bellhop.moving.Wanted;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a request finds among the jobs that aren't connected. */
public final class FoundJobs {

    private final int unconnected;
    private final int matching;
    private final int connectable;
    private final Paged<JobRow> page;

    FoundJobs(List<Preview> all, Wanted wanted, HttpServletRequest request, int most, String... parameters) {
        CredentialNames names = new CredentialNames();
        List<JobRow> found = all.stream()
                .filter(wanted::covers)
                .map(preview -> new JobRow(preview, names))
                .toList();
        this.unconnected = all.size();
        this.matching = found.size();
        this.connectable = (int) found.stream().filter(JobRow::isConnectable).count();
        this.page = Paged.of(found, request, most, parameters);
    }

    /** All jobs that aren't connected. */
    public int getUnconnected() {
        return unconnected;
    }

    /** Those of them that the request asks for, on all pages. */
    public int getMatching() {
        return matching;
    }

    /** Those of the latter that can be connected. */
    public int getConnectable() {
        return connectable;
    }

    public Paged<JobRow> getPage() {
        return page;
    }

    /** API credentials that fit the forge of a job on this page. */
    public List<Offered> getCredentials() {
        Map<String, Set<String>> offered = new TreeMap<>();
        Set<String> asked = new HashSet<>();
        for (JobRow row : page.getRows()) {
            row.preview()
                    .proposal()
                    .connecting()
                    // Once for all jobs of a folder and a forge.
                    .filter(to -> asked.add(CredentialNames.folderOf(row.getName()) + "\n" + row.getForge()))
                    .ifPresent(to -> offer(row, to, offered));
        }
        return offered.entrySet().stream()
                .map(entry -> new Offered(entry.getKey(), named(entry.getValue())))
                .sorted(Comparator.comparing(Offered::getText))
                .toList();
    }

    /** Folders may have different ones of the same id, and each job gets its own. */
    private static String named(Set<String> texts) {
        String all = String.join(" / ", texts);
        return texts.size() == 1 ? all : Messages.MovingPage_InFolders(all);
    }

    private static void offer(JobRow row, Connecting to, Map<String, Set<String>> offered) {
        Item item = Wiring.get().jobs().find(row.getName()).orElse(null);
        for (ListBoxModel.Option option :
                ConnectionForm.credentials(item, to.remote().text(), "")) {
            if (!option.value.isEmpty()) {
                offered.computeIfAbsent(option.value, id -> new TreeSet<>()).add(option.name);
            }
        }
    }

    /** An API credential to choose. */
    public static final class Offered {

        private final String value;
        private final String text;

        Offered(String value, String text) {
            this.value = value;
            this.text = text;
        }

        /** Its id. */
        public String getValue() {
            return value;
        }

        public String getText() {
            return text;
        }
    }
}
