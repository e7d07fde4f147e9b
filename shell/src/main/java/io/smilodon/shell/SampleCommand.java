package io.smilodon.shell;

import io.smilodon.database.Smilodon;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.StringValue;
import io.smilodon.samples.Dataset;
import io.smilodon.samples.Datasets;
import io.smilodon.samples.SampleLoader;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code smilodon sample}: the bundled datasets. */
@Command(
        name = "sample",
        description = "List and load the bundled datasets.",
        mixinStandardHelpOptions = true,
        subcommands = {SampleCommand.ListCommand.class, SampleCommand.LoadCommand.class})
final class SampleCommand implements Runnable {

    @Spec private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "list or load?");
    }

    /** {@code smilodon sample list}. */
    @Command(
            name = "list",
            description = "List the bundled datasets.",
            mixinStandardHelpOptions = true)
    static final class ListCommand implements Runnable {

        @Spec private CommandSpec spec;

        @Override
        public void run() {
            PrintWriter out = spec.commandLine().getOut();
            for (Dataset dataset : Datasets.all()) {
                out.printf("%-8s %s%n", dataset.name(), dataset.description());
            }
        }
    }

    /** {@code smilodon sample load}. */
    @Command(
            name = "load",
            description = "Load a bundled dataset into a data directory or a running server.",
            mixinStandardHelpOptions = true)
    static final class LoadCommand implements Callable<Integer> {

        private static final long POLL_NANOS = 100_000_000;

        @Parameters(paramLabel = "NAME", description = "The dataset; see: smilodon sample list")
        private String name;

        @ArgGroup(multiplicity = "1")
        private Target target;

        @Option(names = "--db", description = "Database to load into (default: the dataset's name)")
        private Optional<String> database;

        @Option(names = "--drop", description = "Replace the dataset if it is there")
        private boolean drop;

        @Spec private CommandSpec spec;

        /** One of the two. */
        static final class Target {

            @Option(names = "--data", paramLabel = "DIR", description = "A data directory")
            private Optional<Path> directory;

            @Option(names = "--url", paramLabel = "URL", description = "A running server")
            private Optional<URI> url;
        }

        @Override
        public Integer call() {
            Dataset dataset = Datasets.named(name);
            PrintWriter out = spec.commandLine().getOut();
            try (ProgressBar bar = new ProgressBar(out)) {
                if (target.directory.isPresent()) {
                    loadHere(dataset, target.directory.get(), bar);
                } else {
                    loadThere(dataset, target.url.orElseThrow(), bar);
                }
            }
            out.println("Loaded " + name + ".");
            return 0;
        }

        private void loadHere(Dataset dataset, Path directory, ProgressBar bar) {
            try (Smilodon smilodon = new DataDirectory(directory).open()) {
                new SampleLoader(smilodon.database(database.orElse(name)), bar::at)
                        .load(dataset, drop);
            }
        }

        private void loadThere(Dataset dataset, URI server, ProgressBar bar) {
            try (RestClient client = new RestClient(server)) {
                DocumentBuilder body = Document.builder().put("drop", drop);
                database.ifPresent(db -> body.put("db", db));
                Document task = client.post("/api/v1/samples/" + dataset.name(), body.build());
                while (isUnfinished(task)) {
                    show(task, bar);
                    LockSupport.parkNanos(POLL_NANOS);
                    task = client.get("/api/v1/tasks/" + text(task, "id"));
                }
                show(task, bar);
                if (text(task, "state").equals("failed")) {
                    throw new ShellException(
                            "the server could not load it: "
                                    + ScriptText.inline((Document) task.get("error")));
                }
            }
        }

        private static boolean isUnfinished(Document task) {
            String state = text(task, "state");
            return state.equals("waiting") || state.equals("running");
        }

        private static void show(Document task, ProgressBar bar) {
            if (!text(task, "step").isEmpty()) {
                bar.at(text(task, "step"), number(task, "done"), number(task, "total"));
            }
        }

        private static String text(Document task, String field) {
            return ((StringValue) task.get(field)).value();
        }

        private static long number(Document task, String field) {
            return ((NumberValue) task.get(field)).toLong();
        }
    }
}
