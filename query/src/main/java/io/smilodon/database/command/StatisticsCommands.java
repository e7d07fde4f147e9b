package io.smilodon.database.command;

import io.smilodon.database.CollectionSummary;
import io.smilodon.database.DocumentCollection;
import io.smilodon.database.action.Body;
import io.smilodon.database.action.Counts;
import io.smilodon.database.action.FieldKind;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The commands that say how large collections and databases are, and whether they are whole. */
final class StatisticsCommands {

    private static final String SCALE = "scale";

    static final Command COLLECTION =
            Command.on(Target.COLLECTION, Permission.READ)
                    .optional(FieldKind.NUMBER, SCALE)
                    .by(StatisticsCommands::ofCollection);

    static final Command DATABASE =
            Command.on(Target.DATABASE, Permission.READ)
                    .optional(FieldKind.NUMBER, SCALE)
                    .optional(FieldKind.BOOLEAN_OR_NUMBER, "freeStorage")
                    .by(StatisticsCommands::ofDatabase);

    static final Command VALIDATE =
            Command.on(Target.COLLECTION, Permission.MONITOR)
                    .optional(FieldKind.BOOLEAN_OR_NUMBER, "full", "background", "repair")
                    .optional(FieldKind.BOOLEAN_OR_NUMBER, "metadata", "checkBSONConformance")
                    .by(StatisticsCommands::validate);

    private StatisticsCommands() {}

    private static long scale(Body body) {
        long scale = body.has(SCALE) ? body.number(SCALE) : 1;
        if (scale < 1) {
            throw new SmilodonException(
                            ErrorCode.BAD_VALUE, "Scale must be >= 1", Map.of("actual", scale))
                    .at(Location.ROOT.child(SCALE));
        }
        return scale;
    }

    private static Document ofCollection(Invocation invocation) {
        long scale = scale(invocation.body());
        DocumentCollection collection = invocation.collection();
        Optional<CollectionSummary> summary = collection.stats();
        long bytes = summary.map(CollectionSummary::sizeBytes).orElse(0L);
        long count = summary.map(CollectionSummary::documentCount).orElse(0L);
        DocumentBuilder answer =
                Document.builder()
                        .put("ns", collection.namespace().toString())
                        .put("size", Counts.of(bytes / scale))
                        .put("count", Counts.of(count));
        if (count > 0) {
            answer.put("avgObjSize", Counts.of(bytes / count));
        }
        return answer.put("storageSize", Counts.of(bytes / scale))
                .put("capped", false)
                .put("nindexes", summary.map(found -> found.indexNames().size()).orElse(0))
                .put("scaleFactor", Counts.of(scale))
                .build();
    }

    private static Document ofDatabase(Invocation invocation) {
        long scale = scale(invocation.body());
        List<CollectionSummary> all = invocation.context().database().collections();
        long objects = all.stream().mapToLong(CollectionSummary::documentCount).sum();
        long bytes = all.stream().mapToLong(CollectionSummary::sizeBytes).sum();
        int indexes = all.stream().mapToInt(each -> each.indexNames().size()).sum();
        return Document.builder()
                .put("db", invocation.context().databaseName())
                .put("collections", Counts.of(all.size()))
                .put("views", Counts.of(0))
                .put("objects", Counts.of(objects))
                .put("avgObjSize", objects == 0 ? 0.0 : (double) bytes / objects)
                .put("dataSize", (double) bytes / scale)
                .put("storageSize", (double) bytes / scale)
                .put("indexes", Counts.of(indexes))
                .put("scaleFactor", Counts.of(scale))
                .build();
    }

    /** Reads every document and every entry of every index. */
    private static Document validate(Invocation invocation) {
        Unsupported.flags(invocation.body(), "repair", "metadata");
        DocumentCollection collection = invocation.collection();
        CollectionSummary summary =
                collection
                        .stats()
                        .orElseThrow(() -> CollectionCommands.notFound(collection.namespace()));
        List<Value> errors = collection.verify().stream().map(Value::of).toList();
        return Document.builder()
                .put("ns", collection.namespace().toString())
                .put("nInvalidDocuments", 0)
                .put("nrecords", Counts.of(summary.documentCount()))
                .put("nIndexes", summary.indexNames().size())
                .put("valid", errors.isEmpty())
                .put("repaired", false)
                .put("warnings", ArrayValue.EMPTY)
                .put("errors", ArrayValue.of(errors))
                .build();
    }
}
