package io.jenkins.plugins.bellhop.bench;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs the JMH benchmarks and puts each figure beside its floor. Medians of single calls, as other programs may interrupt some. */
final class Microbenchmarks {

    private static final int ITERATIONS = Integer.getInteger("bench.iterations", 1);
    private static final int WARM_UP = 2;
    /** Where cores are scarce, compilers that run beside the benchmark would get through only after it. */
    private static final String COMPILED_FIRST = "-XX:-BackgroundCompilation";

    private static final TimeValue ITERATION = TimeValue.seconds(1);

    private final Table table;

    Microbenchmarks(Table table) {
        this.table = table;
    }

    void deciding() throws RunnerException {
        Map<String, Double> figures = nanoseconds(Deciding.class);
        Map<String, String> benchmarks = new LinkedHashMap<>();
        benchmarks.put("decidedForOne", "look-up and decision for the same one of");
        benchmarks.put("decidedForAny", "look-up and decision for any one of");
        benchmarks.put("handled", "all of handling but the disk, for any one of");
        benchmarks.forEach((benchmark, what) -> {
            double floor = figures.get(benchmark + " 100");
            for (String watches : List.of("100", "10000", "100000")) {
                double figure = figures.get(benchmark + " " + watches);
                table.ratio(what + " " + watches + " watches", Table.time(figure), Table.time(floor), figure / floor);
            }
        });
    }

    void parsing() throws RunnerException {
        Map<String, Double> figures = nanoseconds(Parsing.class);
        for (Parsing.Kind kind : Parsing.Kind.values()) {
            for (String size : List.of("20000", "1000000")) {
                double figure = figures.get("dialect " + kind + " " + size);
                double floor = figures.get("floor " + kind + " " + size);
                table.ratio(
                        "push of " + size + " bytes, " + kind, Table.time(figure), Table.time(floor), figure / floor);
            }
        }
    }

    /** By method and parameters, as in {@code decided 100}. */
    private static Map<String, Double> nanoseconds(Class<?> benchmarks) throws RunnerException {
        System.out.println("Measuring " + benchmarks.getSimpleName() + " …");
        OptionsBuilder options = new OptionsBuilder();
        options.include(benchmarks.getName() + "\\.")
                .forks(1)
                .warmupIterations(WARM_UP)
                .warmupTime(ITERATION)
                .measurementIterations(ITERATIONS)
                .measurementTime(ITERATION)
                .jvmArgsAppend("-Xmx1g", COMPILED_FIRST)
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT);
        Map<String, Double> figures = new HashMap<>();
        for (RunResult run : new Runner(options.build()).run()) {
            StringBuilder name = new StringBuilder(run.getPrimaryResult().getLabel());
            for (String parameter : run.getParams().getParamsKeys()) {
                name.append(' ').append(run.getParams().getParam(parameter));
            }
            double nanosecondsPerUnit = run.getParams().getTimeUnit().toNanos(1);
            figures.put(name.toString(), run.getPrimaryResult().getStatistics().getPercentile(50) * nanosecondsPerUnit);
        }
        return figures;
    }
}
