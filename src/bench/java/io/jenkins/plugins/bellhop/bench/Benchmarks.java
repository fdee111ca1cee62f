package io.jenkins.plugins.bellhop.bench;

import java.nio.file.Files;
import java.nio.file.Path;

/** The program behind {@code mvn -Pbench verify}: measures, and prints every figure beside its floor. */
public final class Benchmarks {

    private Benchmarks() {}

    /** @param args the file that the table is written to as well */
    public static void main(String[] args) throws Exception {
        Table table = new Table();
        new Acknowledgement(table).run();
        Microbenchmarks micro = new Microbenchmarks(table);
        micro.deciding();
        micro.parsing();
        new Load(table).run();
        new Recovery(table).run();
        new KeysInUse(table).run();
        System.out.println(table);
        Files.writeString(Path.of(args[0]), table.toString());
    }
}
