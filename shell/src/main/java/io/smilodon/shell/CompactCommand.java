package io.smilodon.shell;

import io.smilodon.database.Smilodon;
import io.smilodon.engine.store.StoreStatistics;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.NumberValue;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code smilodon compact}: files that hold nothing in vain. */
@Command(
        name = "compact",
        description = "Merge all files, dropping removed and overwritten entries.",
        mixinStandardHelpOptions = true,
        exitCodeOnExecutionException = ExitCodes.NOT_DONE)
final class CompactCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "DIR|URL",
            description = "A data directory that nobody has open, or a running server")
    private String source;

    @Mixin private ReportOutput output;

    @Override
    public Integer call() {
        boolean isServer = source.startsWith("http://") || source.startsWith("https://");
        Document result = isServer ? there() : here();
        if (output.isJson()) {
            output.json(result);
        } else {
            output.out()
                    .printf(
                            "Before: %,d segments, %,d bytes. After: %,d segments, %,d bytes.%n",
                            number(result, "segmentsBefore"),
                            number(result, "bytesBefore"),
                            number(result, "segmentsAfter"),
                            number(result, "bytesAfter"));
        }
        return ExitCodes.GOOD;
    }

    private static long number(Document result, String field) {
        return ((NumberValue) result.get(field)).toLong();
    }

    private Document there() {
        try (RestClient client = new RestClient(URI.create(source));
                ProgressBar bar = output.bar()) {
            Document task = new TaskWatch(client, bar).run("/api/v1/admin/compact", Document.EMPTY);
            return (Document) task.get("result");
        }
    }

    private Document here() {
        try (Smilodon smilodon = new DataDirectory(Path.of(source)).openExisting();
                ProgressBar bar = output.bar()) {
            StoreStatistics before = smilodon.statistics().store();
            smilodon.compact(bar::at);
            StoreStatistics after = smilodon.statistics().store();
            return Document.builder()
                    .put("segmentsBefore", before.segmentCount())
                    .put("segmentsAfter", after.segmentCount())
                    .put("bytesBefore", before.segmentBytes())
                    .put("bytesAfter", after.segmentBytes())
                    .build();
        }
    }
}
