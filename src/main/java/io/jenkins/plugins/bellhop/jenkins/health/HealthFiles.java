package io.jenkins.plugins.bellhop.jenkins.health;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.bellhop.connect.Finding;
import io.jenkins.plugins.bellhop.connect.Health;
import io.jenkins.plugins.bellhop.delivery.Durable;
import io.jenkins.plugins.bellhop.forge.Json;
import io.jenkins.plugins.bellhop.forge.UnreadablePayload;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/** How connections were found, one file each: a restart mends nothing. The members' names are a file format. */
final class HealthFiles {

    private static final Logger LOGGER = Logger.getLogger(HealthFiles.class.getName());
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String ENDING = ".json";

    private final Path directory;

    HealthFiles(Path directory) throws IOException {
        this.directory = Durable.directory(directory);
    }

    /** By the connection's id. What can't be read is left out, and found anew. */
    Map<String, Health> all() throws IOException {
        Map<String, Health> all = new HashMap<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*" + ENDING)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                try {
                    all.put(
                            name.substring(0, name.length() - ENDING.length()),
                            health(Json.parse(Files.readAllBytes(file))));
                } catch (IOException | UnreadablePayload | DateTimeException | IllegalArgumentException e) {
                    LOGGER.log(Level.INFO, e, () -> "Can't read what was found of connection " + name);
                }
            }
        }
        return all;
    }

    private static Health health(Json json) throws UnreadablePayload {
        List<Finding> findings = new ArrayList<>();
        for (Json finding : json.at("findings").items()) {
            findings.add(new Finding(
                    Finding.Kind.valueOf(finding.at("kind").text()),
                    finding.at("sentence").text(),
                    finding.at("cure").text()));
        }
        Optional<String> lastUsed = json.findText("keyLastUsed");
        return new Health(
                Instant.parse(json.at("at").text()),
                findings,
                lastUsed.map(Instant::parse),
                json.findText("credentialOwner"));
    }

    /** What can't be written down is found anew after a restart. */
    void keep(String connectionId, Health health) {
        ObjectNode json = MAPPER.createObjectNode().put("at", health.at().toString());
        health.keyLastUsed().ifPresent(used -> json.put("keyLastUsed", used.toString()));
        health.credentialOwner().ifPresent(owner -> json.put("credentialOwner", owner));
        ArrayNode findings = json.putArray("findings");
        health.findings()
                .forEach(finding -> findings.addObject()
                        .put("kind", finding.kind().name())
                        .put("sentence", finding.sentence())
                        .put("cure", finding.cure()));
        try {
            Durable.write(file(connectionId), MAPPER.writeValueAsBytes(json));
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "Can't write down what was found of connection " + connectionId);
        }
    }

    void forget(String connectionId) {
        try {
            Files.deleteIfExists(file(connectionId));
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "Can't forget what was found of connection " + connectionId);
        }
    }

    private Path file(String connectionId) {
        return directory.resolve(connectionId + ENDING);
    }
}
