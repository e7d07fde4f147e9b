package io.smilodon.shell;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code smilodon serve}: a database over HTTP. */
@Command(
        name = "serve",
        description = "Serve a data directory over HTTP.",
        mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {

    @Option(
            names = "--data",
            paramLabel = "DIR",
            required = true,
            description = "The data directory; created if it is not there")
    private Path data;

    @Mixin private ServerArguments arguments;

    @Option(
            names = "--exit-on-poison",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description =
                    "End with exit code 75 when a sync fails, so that a supervisor starts the"
                            + " server anew and it recovers (default: ${DEFAULT-VALUE})")
    private boolean exitOnPoison;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
        DataDirectory directory = new DataDirectory(data);
        ServedDatabase served =
                ServedDatabase.start(directory, directory.open(), arguments.options());
        PrintWriter out = spec.commandLine().getOut();
        if (exitOnPoison) {
            served.exitOnPoison(spec.commandLine().getErr());
        }
        out.println("Serving " + directory.path() + " at " + served.url() + " (stop with Ctrl-C)");
        served.untilStopped(out);
        return 0;
    }
}
