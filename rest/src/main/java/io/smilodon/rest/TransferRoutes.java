package io.smilodon.rest;

import io.smilodon.database.DocumentCollection;
import io.smilodon.database.DocumentCursor;
import io.smilodon.database.FindRequest;
import io.smilodon.database.transfer.CsvOptions;
import io.smilodon.database.transfer.DocumentText;
import io.smilodon.database.transfer.ExportFormat;
import io.smilodon.database.transfer.Import;
import io.smilodon.database.transfer.ImportFormat;
import io.smilodon.database.transfer.ImportMode;
import io.smilodon.database.transfer.ImportOptions;
import io.smilodon.database.transfer.SampleSchema;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.Value;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;

/** Documents in and out in bulk, whatever their number, and what a sample of them tells. */
final class TransferRoutes {

    private static final String MAX_TIME = Exchange.MAX_TIME;
    private static final Set<String> IMPORT_PARAMETERS =
            Set.of(
                    "format",
                    "mode",
                    "upsertFields",
                    "columns",
                    "columnsHaveTypes",
                    "ignoreBlanks",
                    "stopOnError",
                    "jsonMode",
                    MAX_TIME);
    private static final Set<String> EXPORT_PARAMETERS =
            Set.of(
                    "format",
                    "filter",
                    "fields",
                    "sort",
                    "skip",
                    "limit",
                    "hint",
                    "asOf",
                    "jsonMode",
                    MAX_TIME);
    private static final int SAMPLE = 1_000;

    private TransferRoutes() {}

    /** By what is done with documents that are there already. */
    private static final Map<ImportMode, List<String>> ACTIONS =
            Map.of(
                    ImportMode.INSERT, List.of("insertMany"),
                    ImportMode.UPSERT, List.of("insertMany", "updateOne"),
                    ImportMode.MERGE, List.of("insertMany", "updateOne"),
                    ImportMode.UPDATE, List.of("updateOne"),
                    ImportMode.DELETE, List.of("deleteMany"));

    private static final Demand IMPORTING =
            Demand.commands(
                    exchange ->
                            commands(
                                    one(exchange, "mode", "insert", ImportMode::named),
                                    exchange.path("collection")));

    /** What needs the same as an import. */
    static List<Document> commands(ImportMode mode, String collection) {
        return ACTIONS.get(mode).stream()
                .flatMap(
                        action ->
                                ActionDemand.commands(action, collection, Document.EMPTY).stream())
                .toList();
    }

    static List<Route> routes() {
        return List.of(
                Route.post(CatalogueRoutes.COLLECTION + "/import", Permission.WRITE)
                        .demanding(IMPORTING)
                        .summary("Import documents, however many; gzip is taken")
                        .parameter("format", "ndjson, json or csv; else as the body's type says")
                        .parameter("mode", "insert (unless given), upsert, merge, update or delete")
                        .parameter("upsertFields", "what documents are found by; _id unless given")
                        .parameter("columns", "names of the columns, if the first row has none")
                        .parameter("columnsHaveTypes", "true: columns are year.int32() and so on")
                        .parameter("ignoreBlanks", "true: columns without text are no fields")
                        .parameter("stopOnError", "true: the first error ends it")
                        .parameter(MAX_TIME, "milliseconds that it may take, an hour at most")
                        .text(
                                "Extended JSON, an array or one document a line, or a table",
                                "application/json",
                                "application/x-ndjson",
                                "text/csv")
                        .answer(200, "What was done with the documents")
                        .answer(207, "The same, and the first hundred errors")
                        .atOnce()
                        .by(TransferRoutes::importAll),
                Route.get(CatalogueRoutes.COLLECTION + "/export", Permission.READ)
                        .demanding(Demand.onCollection("find"))
                        .summary("Export documents, however many; gzip if the client takes it")
                        .parameter("format", "ndjson (unless given), json or csv")
                        .parameter("filter", "MongoDB's filter")
                        .parameter("fields", "paths, with commas between; csv needs them")
                        .parameter("sort", "the order, such as {\"year\": -1}")
                        .parameter("skip", "how many to leave out")
                        .parameter("limit", "how many at most")
                        .parameter("hint", "the index to use: a name, or a key pattern")
                        .parameter("asOf", DocumentRoutes.AS_OF)
                        .parameter(MAX_TIME, "milliseconds that it may take, an hour at most")
                        .answer(200, "The documents; an answer that breaks off has failed")
                        .atOnce()
                        .by(TransferRoutes::exportAll),
                Route.get(CatalogueRoutes.COLLECTION + "/schema", Permission.READ)
                        .demanding(Demand.onCollection("find"))
                        .summary("Infer the fields of a collection from a sample")
                        .parameter("sample", "how many documents to look at; 1000 unless given")
                        .answer(200, "Of each path types, presence, range and frequent values")
                        .answer(404, "There is no such collection")
                        .by(TransferRoutes::schema));
    }

    private static void importAll(Exchange exchange) {
        exchange.requireParameters(IMPORT_PARAMETERS);
        DocumentCollection collection = exchange.collection();
        ImportOptions options = options(exchange);
        Document report =
                exchange.asLongOperation(
                        collection.namespace().toString(),
                        "import",
                        limited(exchange),
                        () -> new Import(collection, options).run(exchange.bodyStream()));
        boolean isWhole = !report.has("errors") && !report.has("stopped");
        exchange.answer(isWhole ? 200 : 207, report);
    }

    private static ImportOptions options(Exchange exchange) {
        List<String> found = list(exchange, "upsertFields");
        return new ImportOptions(
                one(exchange, "format", formatOfBody(exchange), ImportFormat::named),
                one(exchange, "mode", "insert", ImportMode::named),
                found.isEmpty() ? List.of("_id") : found,
                CsvOptions.DEFAULTS
                        .withColumns(
                                list(exchange, "columns"), exchange.queryFlag("columnsHaveTypes"))
                        .withoutBlanks(exchange.queryFlag("ignoreBlanks")),
                exchange.queryFlag("stopOnError"),
                Document.EMPTY);
    }

    private static String formatOfBody(Exchange exchange) {
        if (exchange.bodyNotation() == Notation.SMILE) {
            throw new SmilodonException(
                            ErrorCode.FAILED_TO_PARSE, "Documents are not imported from Smile")
                    .withHint("POST an array of documents");
        }
        return exchange.bodyType().equals("text/csv") ? "csv" : "ndjson";
    }

    private static <T> T one(
            Exchange exchange,
            String parameter,
            String byDefault,
            Function<String, Optional<T>> named) {
        String name = exchange.query(parameter).orElse(byDefault);
        return named.apply(name)
                .orElseThrow(
                        () ->
                                new SmilodonException(
                                                ErrorCode.BAD_VALUE,
                                                "The parameter has a value that is not known",
                                                Map.of("parameter", parameter, "value", name))
                                        .at(Location.ROOT.child(parameter)));
    }

    private static List<String> list(Exchange exchange, String parameter) {
        return exchange.query(parameter)
                .filter(text -> !text.isEmpty())
                .map(text -> List.of(text.split(",", -1)))
                .orElse(List.of());
    }

    /** The time limit of a request as the field that operations have for it. */
    private static Document limited(Exchange exchange) {
        OptionalInt millis = exchange.queryInt(MAX_TIME);
        return millis.isPresent()
                ? Document.of(MAX_TIME, Value.of(millis.getAsInt()))
                : Document.EMPTY;
    }

    private static void exportAll(Exchange exchange) {
        exchange.requireParameters(EXPORT_PARAMETERS);
        DocumentCollection collection = exchange.collectionAsOf();
        ExportFormat format = one(exchange, "format", "ndjson", ExportFormat::named);
        List<String> fields = list(exchange, "fields");
        DocumentText text = format.text(fields, exchange.mode());
        FindRequest request = request(exchange, format == ExportFormat.CSV ? tops(fields) : fields);
        String name = exchange.path("collection") + "." + format.name().toLowerCase(Locale.ROOT);
        exchange.asLongOperation(
                collection.namespace().toString(),
                "export",
                limited(exchange).with("filter", request.filter()),
                () -> {
                    try (DocumentCursor cursor = collection.find(request)) {
                        exchange.stream(format.mediaType(), name, text, cursor);
                        return cursor.namespace();
                    }
                });
    }

    /** A table may have elements of arrays as columns, which a projection cannot name. */
    private static List<String> tops(List<String> fields) {
        return fields.stream().map(field -> field.split("\\.", -1)[0]).distinct().toList();
    }

    private static FindRequest request(Exchange exchange, List<String> fields) {
        DocumentBuilder projection = Document.builder();
        fields.forEach(field -> projection.put(field, Value.of(1)));
        if (!fields.isEmpty() && !fields.contains("_id")) {
            projection.put("_id", Value.of(0));
        }
        FindRequest request =
                FindRequest.of(exchange.queryDocument("filter").orElse(Document.EMPTY))
                        .withProjection(projection.build())
                        .withSort(exchange.queryDocument("sort").orElse(Document.EMPTY))
                        .withSkip(exchange.queryInt("skip").orElse(0))
                        .withLimit(exchange.queryInt("limit").orElse(0));
        return exchange.query("hint")
                .map(hint -> request.withHint(DocumentRoutes.hint(hint)))
                .orElse(request);
    }

    private static void schema(Exchange exchange) {
        exchange.requireParameters(Set.of("sample", "jsonMode", MAX_TIME));
        DocumentCollection collection = exchange.collection();
        if (!collection.exists()) {
            throw CatalogueRoutes.notFound(collection);
        }
        int sample = exchange.queryInt("sample").orElse(SAMPLE);
        Document schema =
                exchange.asOperation(
                        collection.namespace().toString(),
                        "schema",
                        limited(exchange),
                        () -> SampleSchema.of(collection, sample));
        exchange.answer(200, schema);
    }
}
