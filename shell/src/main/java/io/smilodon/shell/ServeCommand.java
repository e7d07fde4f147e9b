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

    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
        DataDirectory directory = new DataDirectory(data);
        ServedDatabase served =
                ServedDatabase.start(directory, directory.open(), arguments.options());
        PrintWriter out = spec.commandLine().getOut();
        out.println("Serving " + directory.path() + " at " + served.url() + " (stop with Ctrl-C)");
        served.untilStopped(out);
        return 0;
    }
}
