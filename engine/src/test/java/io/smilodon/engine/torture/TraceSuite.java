package io.smilodon.engine.torture;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A9: the system calls of a process that commits, flushes and merges keep to the protocol. */
final class TraceSuite implements Suite {

    private static final Facts FACTS = new Facts("A9", "Traced system calls", "traces", 40, 6);

    private static final ChildProgram TRACED =
            new ChildProgram(TracedProgram.class, List.of("1", "20"));

    private static final String CALLS =
            "trace=openat,write,pwrite64,writev,pwritev,fsync,fdatasync,rename,renameat,renameat2"
                    + ",unlink,unlinkat,ftruncate";

    private static final int COMMITS = 60;

    @Override
    public Facts facts() {
        return FACTS;
    }

    @Override
    public void run(Round round) throws Exception {
        Path home = Trash.folder("torture-trace");
        List<String> command = new ArrayList<>(List.of("strace", "-f", "-y", "-s", "100000"));
        command.addAll(List.of("-e", CALLS, "-o", home.resolve("trace").toString()));
        List<String> arguments = List.of(Long.toString(round.seed()), Integer.toString(COMMITS));
        command.addAll(TRACED.command(home, arguments));
        int status = ChildProgram.status(started(command, home));
        String output = Files.readString(home.resolve("output"), StandardCharsets.ISO_8859_1);
        if (status != 0 && output.contains("ptrace")) {
            Trash.delete(home);
            throw new SuiteSkipped("the right to trace processes");
        } else if (status != 0) {
            throw new AssertionError("status " + status + ": " + output);
        }
        List<String> lines = Files.readAllLines(home.resolve("trace"), StandardCharsets.ISO_8859_1);
        String directory = home.resolve("store").toRealPath().toString();
        int count = new TraceCheck(directory, SystemCall.parse(lines)).acknowledgements();
        if (count == 0) {
            throw new AssertionError("no acknowledgement in the trace: " + output);
        }
        round.count(1);
        round.count("acknowledgements", count);
        round.count("lines", lines.size());
        Trash.delete(home);
    }

    private static Process started(List<String> command, Path home) {
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(home.resolve("output").toFile())
                    .start();
        } catch (IOException absent) {
            throw new SuiteSkipped("strace: " + absent.getMessage());
        }
    }
}
