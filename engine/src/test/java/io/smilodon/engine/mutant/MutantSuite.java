package io.smilodon.engine.mutant;

import io.smilodon.engine.torture.Hunt;
import io.smilodon.engine.torture.Round;
import io.smilodon.engine.torture.Suite;
import io.smilodon.engine.torture.Trash;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The negative controls: an engine with one sin, in a process of its own, which the suite meant for
 * it must find out. The seed is the number of the mutant.
 */
public final class MutantSuite implements Suite {

    private static final long SECONDS = 90;

    private final String program;
    private final List<Mutant> mutants;

    /**
     * @param program the class of a campaign that knows the suites of all mutants
     */
    public MutantSuite(String program, List<Mutant> mutants) {
        this.program = program;
        this.mutants = List.copyOf(mutants);
    }

    @Override
    public Facts facts() {
        return new Facts("N", "Engines with one sin", "found out", mutants.size(), 10);
    }

    @Override
    public long seed(long campaign, long round) {
        return round;
    }

    @Override
    public void run(Round round) throws Exception {
        Mutant mutant = mutants.get((int) Math.floorMod(round.seed(), (long) mutants.size()));
        Path home = Trash.folder("torture-mutant");
        new MutantClasses(mutant).writeTo(Files.createDirectory(home.resolve("classes")));
        Process process = started(home, mutant.suite());
        boolean hasEnded;
        try {
            hasEnded = process.waitFor(3 * SECONDS, TimeUnit.SECONDS);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        String output = Files.readString(home.resolve("output"));
        if (hasEnded && output.contains("SKIPPED")) {
            round.count("skipped", 1);
        } else if (hasEnded && process.exitValue() != Hunt.FOUND_STATUS) {
            throw new AssertionError("not found out: " + mutant + ": " + output);
        }
        round.count(1);
        Trash.delete(home);
    }

    private Process started(Path home, String suite) throws IOException {
        String path = home.resolve("classes") + File.pathSeparator;
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-Xmx512m",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        path + System.getProperty("java.class.path"),
                        program,
                        "--hunt",
                        Long.toString(SECONDS),
                        "--suite",
                        suite)
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("output").toFile())
                .start();
    }
}
