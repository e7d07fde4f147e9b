package io.smilodon.shell;

import io.smilodon.database.Smilodon;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.samples.Dataset;
import io.smilodon.samples.Datasets;
import io.smilodon.samples.SampleLoader;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
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
                new TaskWatch(client, bar).run("/api/v1/samples/" + dataset.name(), body.build());
            }
        }
    }
}
