package io.smilodon.database.command;

import io.smilodon.database.CollectionUpkeep;
import io.smilodon.database.CollectionVerification;
import io.smilodon.database.Database;
import io.smilodon.database.DocumentCollection;
import io.smilodon.database.Smilodon;
import io.smilodon.database.action.Body;
import io.smilodon.database.action.FieldKind;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import io.smilodon.security.Action;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The commands that say how large collections and databases are, and whether they are whole. */
final class StatisticsCommands {

    private static final String SCALE = "scale";
    private static final String NON_COMPLIANT =
            "Detected one or more documents not compliant with the collection's schema";

    private static final String METADATA = "metadata";

    static final Command COLLECTION =
            Command.on(
                            Target.COLLECTION,
                            Permission.READ,
                            Requirement.onCollection(Action.COLL_STATS))
                    .optional(FieldKind.NUMBER, SCALE)
                    .by(StatisticsCommands::ofCollection);

    static final Command DATABASE =
            Command.on(Target.DATABASE, Permission.READ, Requirement.onDatabase(Action.DB_STATS))
                    .optional(FieldKind.NUMBER, SCALE)
                    .optional(FieldKind.BOOLEAN_OR_NUMBER, "freeStorage")
                    .by(StatisticsCommands::ofDatabase);

    static final Command DATA_SIZE =
            Command.on(Target.DATABASE, Permission.READ, StatisticsCommands::needDataSize)
                    .optional(FieldKind.OBJECT, "keyPattern", "min", "max")
                    .optional(FieldKind.BOOLEAN_OR_NUMBER, "estimate")
                    .by(StatisticsCommands::dataSize);

    static final Command TOP =
            Command.on(Target.ADMIN, Permission.MONITOR, Requirement.onServer(Action.TOP))
                    .by(StatisticsCommands::top);

    static final Command VALIDATE =
            Command.on(
                            Target.COLLECTION,
                            Permission.MONITOR,
                            Requirement.onCollection(Action.VALIDATE))
                    .optional(FieldKind.BOOLEAN_OR_NUMBER, "full", "background", "repair")
                    .optional(
                            FieldKind.BOOLEAN_OR_NUMBER,
                            "scandata") // sent by PyMongo; says nothing
                    .optional(FieldKind.BOOLEAN_OR_NUMBER, METADATA, "checkBSONConformance")
                    .by(StatisticsCommands::validate);

    /** Options of validate that do not go together. */
    private static final Map<String, List<String>> NOT_WITH =
            Map.of(
                    "background",
                    List.of("full", "repair"),
                    "repair",
                    List.of("checkBSONConformance"),
                    METADATA,
                    List.of("background", "checkBSONConformance", "full", "repair"));

    private StatisticsCommands() {}

    private static long scale(Body body) {
        long scale = body.has(SCALE) ? body.truncated(SCALE) : 1;
        if (scale < 1) {
            throw new SmilodonException(
                            ErrorCode.BAD_VALUE, "Scale must be >= 1", Map.of("actual", scale))
                    .at(Location.ROOT.child(SCALE));
        }
        return scale;
    }

    private static Document ofCollection(Invocation invocation) {
        DocumentCollection collection = invocation.collection();
        return Document.builder()
                .put("ns", collection.namespace().toString())
                .putAll(collection.storageStats(scale(invocation.body())))
                .build();
    }

    private static Document ofDatabase(Invocation invocation) {
        Database database = invocation.context().database();
        Document stats = database.storageStats(scale(invocation.body()));
        return invocation.body().flag("freeStorage", false)
                ? stats.with("freeStorageSize", Value.of(0.0))
                        .with("indexFreeStorageSize", Value.of(0.0))
                        .with("totalFreeStorageSize", Value.of(0.0))
                : stats;
    }

    /** Requests on collections that there are. */
    private static Document top(Invocation invocation) {
        Smilodon smilodon = invocation.context().smilodon();
        Set<String> known = new HashSet<>();
        for (String database : smilodon.databaseNames()) {
            smilodon.database(database).listings().stream()
                    .map(listing -> database + "." + listing.name())
                    .forEach(known::add);
        }
        return Document.of("totals", smilodon.operations().top(known::contains));
    }

    private static void needDataSize(Asked asked) {
        if (asked.command().get(asked.name()) instanceof StringValue full) {
            asked.need(Action.FIND, Asked.namespace(full.value()));
        }
    }

    /** From what is counted of collections: nothing is read. */
    private static Document dataSize(Invocation invocation) {
        Unsupported.fields(invocation.body(), "min", "max", "keyPattern");
        if (!(invocation.argument() instanceof StringValue name)) {
            throw new SmilodonException(
                            ErrorCode.TYPE_MISMATCH,
                            "A collection is named in full, as database.collection",
                            Map.of("actual", invocation.argument().type().alias()))
                    .at(Location.ROOT.child(invocation.name()));
        }
        Document counted =
                Namespaces.collection(invocation.context(), name.value()).storageStats(1);
        return Document.builder()
                .put("estimate", invocation.body().flag("estimate", false))
                .put("size", counted.get("size"))
                .put("numObjects", counted.get("count"))
                .put("millis", 0L)
                .build();
    }

    /** Reads every document and every entry of every index. */
    private static Document validate(Invocation invocation) {
        checkTogether(invocation.body());
        Unsupported.flags(invocation.body(), METADATA);
        DocumentCollection collection = invocation.collection();
        CollectionUpkeep.Repair done =
                checked(collection, invocation.body().flag("repair", false))
                        .orElseThrow(() -> CollectionCommands.notFound(collection.namespace()));
        CollectionVerification found = done.left();
        DocumentBuilder keys = Document.builder();
        found.keys().forEach((index, count) -> keys.put(index, NumberValue.intOrLong(count)));
        DocumentBuilder details = Document.builder();
        found.keys().keySet().forEach(index -> details.put(index, detail(index, found)));
        List<Value> errors = found.lines().stream().map(Value::of).toList();
        return Document.builder()
                .put("ns", collection.namespace().toString())
                .put("nInvalidDocuments", 0)
                .put("nNonCompliantDocuments", NumberValue.intOrLong(found.nonCompliant()))
                .put("nrecords", NumberValue.intOrLong(found.documents()))
                .put("nIndexes", found.keys().size())
                .put("keysPerIndex", keys.build())
                .put("indexDetails", details.build())
                .put("valid", errors.isEmpty())
                .put("repaired", !done.rebuilt().isEmpty())
                .put("warnings", ArrayValue.of(warnings(done)))
                .put("errors", ArrayValue.of(errors))
                .put("extraIndexEntries", ArrayValue.EMPTY)
                .put("missingIndexEntries", ArrayValue.EMPTY)
                .put("corruptRecords", ArrayValue.EMPTY)
                .build();
    }

    private static void checkTogether(Body body) {
        for (Map.Entry<String, List<String>> option : NOT_WITH.entrySet()) {
            for (String other : option.getValue()) {
                if (body.flag(option.getKey(), false) && body.flag(other, false)) {
                    throw new SmilodonException(
                                    ErrorCode.INVALID_OPTIONS,
                                    "Running the validate command with both of these options is"
                                            + " not supported",
                                    Map.of("option", option.getKey(), "other", other))
                            .at(Location.ROOT.child(other));
                }
            }
        }
    }

    private static Optional<CollectionUpkeep.Repair> checked(
            DocumentCollection collection, boolean isRepaired) {
        return isRepaired
                ? collection.upkeep().repair()
                : collection
                        .verification()
                        .map(found -> new CollectionUpkeep.Repair(found, found, List.of()));
    }

    /** Of documents that no validator would take, and of indexes that have been built anew. */
    private static List<Value> warnings(CollectionUpkeep.Repair done) {
        Stream<String> documents =
                done.left().nonCompliant() > 0 ? Stream.of(NON_COMPLIANT) : Stream.empty();
        Stream<String> indexes =
                done.rebuilt().stream()
                        .flatMap(index -> done.found().problems().get(index).stream());
        return Stream.concat(documents, indexes).map(Value::of).toList();
    }

    private static Document detail(String index, CollectionVerification found) {
        boolean isValid = found.problems().getOrDefault(index, List.of()).isEmpty();
        return Document.of("valid", Value.of(isValid));
    }
}
