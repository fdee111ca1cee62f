package io.jenkins.plugins.bellhop.packaging;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** A plugin archive that was built, with what is in the jar inside it. */
final class PluginArchive {

    private static final String JAR = "WEB-INF/lib/bellhop.jar";

    private final Map<String, byte[]> archive;
    private final Map<String, byte[]> jar;

    private PluginArchive(Map<String, byte[]> archive) throws IOException {
        this.archive = archive;
        this.jar = filesOf(new ByteArrayInputStream(archive.get(JAR)));
    }

    /** The archive of the build that runs the test. */
    static PluginArchive underTest() {
        return read(Path.of(System.getProperty("bellhop.hpi", "target/bellhop.hpi")));
    }

    static PluginArchive read(Path path) {
        try (InputStream in = Files.newInputStream(path)) {
            return new PluginArchive(filesOf(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Set<String> names() {
        return archive.keySet();
    }

    Attributes manifest() {
        return attributesIn(archive);
    }

    Attributes jarManifest() {
        return attributesIn(jar);
    }

    Map<String, byte[]> jar() {
        return jar;
    }

    Map<String, byte[]> classes() {
        Map<String, byte[]> classes = new TreeMap<>(jar);
        classes.keySet().removeIf(name -> !name.endsWith(".class"));
        return classes;
    }

    /** Names in the index of one annotation that sezpoz wrote; none when there is no index. */
    Set<String> indexed(String annotation) {
        return SezpozIndex.read(jar.get("META-INF/annotations/" + annotation));
    }

    /** Class names in the index of {@code @Symbol}; none when there is no index. */
    Set<String> symbols() {
        byte[] index = jar.getOrDefault("META-INF/services/annotations/org.jenkinsci.Symbol", new byte[0]);
        Set<String> names = new TreeSet<>();
        new String(index, StandardCharsets.UTF_8).lines().forEach(names::add);
        return names;
    }

    private static Attributes attributesIn(Map<String, byte[]> files) {
        try {
            return new Manifest(new ByteArrayInputStream(files.get(JarFile.MANIFEST_NAME))).getMainAttributes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, byte[]> filesOf(InputStream in) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        ZipInputStream zip = new ZipInputStream(in);
        for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
            if (!entry.isDirectory()) {
                files.put(entry.getName(), zip.readAllBytes());
            }
        }
        return files;
    }
}
