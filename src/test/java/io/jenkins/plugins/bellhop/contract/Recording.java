package io.jenkins.plugins.bellhop.contract;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What was recorded of one kind of answer.
 *
 * @param request a regular expression of method and path
 * @param files with the bodies
 */
record Recording(Party party, String request, List<String> files) {

    static List<Recording> all() throws IOException {
        List<Recording> all = new ArrayList<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(Recording.class.getResourceAsStream("recorded.txt")), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(" ")) {
                    all.get(all.size() - 1).files().add(line.strip());
                } else if (!line.isEmpty() && !line.startsWith("#")) {
                    String[] words = line.split(" ", 2);
                    all.add(new Recording(Party.valueOf(words[0]), words[1], new ArrayList<>()));
                }
            }
        }
        return all;
    }

    boolean isOf(Exchange exchange) {
        return exchange.status() < 300 && (exchange.method() + " " + exchange.path()).matches(request);
    }
}
