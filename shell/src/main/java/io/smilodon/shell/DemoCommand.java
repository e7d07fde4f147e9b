package io.smilodon.shell;

import io.smilodon.database.Smilodon;
import io.smilodon.samples.Dataset;
import io.smilodon.samples.Datasets;
import io.smilodon.samples.SampleLoader;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code smilodon demo}: sample data, served, with something to try. */
@Command(
        name = "demo",
        description = "Load sample data, serve it, and say what to try.",
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Where the data is kept (default: .smilodon/demo in your home directory)")
    private Path data = Path.of(System.getProperty("user.home"), ".smilodon", "demo");

    @Mixin private ServerArguments arguments;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
        arguments.check();
        PrintWriter out = spec.commandLine().getOut();
        DataDirectory directory = new DataDirectory(data);
        Smilodon smilodon = directory.open();
        try {
            for (Dataset dataset : Datasets.all()) {
                loadIfMissing(smilodon, dataset, out);
            }
        } catch (RuntimeException failure) {
            smilodon.close();
            throw failure;
        }
        ServedDatabase served = ServedDatabase.start(directory, smilodon, arguments);
        out.println(invitation(served.url(), directory.path()));
        out.println();
        out.println(served.wireNotice());
        served.untilStopped(out);
        return 0;
    }

    private static void loadIfMissing(Smilodon smilodon, Dataset dataset, PrintWriter out) {
        try (ProgressBar bar = new ProgressBar(out)) {
            SampleLoader loader = new SampleLoader(smilodon.database(dataset.name()), bar::at);
            if (!loader.isLoaded(dataset)) {
                loader.load(dataset, false);
            }
        }
    }

    private static String invitation(String url, Path directory) {
        return """

        Smilodon serves %1$s (data in %2$s; stop with Ctrl-C). Try, in another window:

          curl -G '%1$s/api/v1/dbs/jdk/collections/classes/documents' \\
            --data-urlencode 'filter={"methods.name":"computeIfAbsent"}' -d 'projection={"name":1}'

          curl '%1$s/api/v1/dbs/places/collections/zones/aggregate' \\
            -H 'Content-Type: application/json' \\
            -d '{"pipeline":[{"$group":{"_id":"$area","zones":{"$sum":1}}},{"$sort":{"zones":-1}}]}'

          ./smilodon shell %1$s/jdk --eval 'db.classes.find({package:"java.util"}).limit(3)'

        or open %1$s in a browser."""
                .formatted(url, directory);
    }
}
