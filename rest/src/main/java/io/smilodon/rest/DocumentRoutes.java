package io.smilodon.rest;

import io.smilodon.database.DocumentCollection;
import io.smilodon.database.VersionedDocument;
import io.smilodon.engine.codec.DocumentReader;
import io.smilodon.engine.codec.ExtendedJson;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The documents of a collection as resources. */
final class DocumentRoutes {

    private static final String DOCUMENTS = CatalogueRoutes.COLLECTION + "/documents";
    private static final String DOCUMENT = DOCUMENTS + "/<id>";
    private static final String NDJSON = "application/x-ndjson";
    private static final String MERGE_PATCH = "application/merge-patch+json";

    static final String AS_OF =
            "the state to read: the sequence of a commit (an ETag), or an instant (ISO 8601)";

    private DocumentRoutes() {}

    /** It replaces or creates, which a command of MongoDB does as an upsert. */
    private static final Demand PUTTING =
            acting("replaceOne", Document.of("upsert", Value.of(true)));

    /** It answers what it has made of the document, which may be more than was sent. */
    private static final Demand PATCHING = acting("findOneAndUpdate", Document.EMPTY);

    private static Demand acting(String action, Document body) {
        return Demand.commands(
                exchange -> ActionDemand.commands(action, exchange.path("collection"), body));
    }

    static List<Route> routes() {
        List<Route> routes = new ArrayList<>(ofList());
        routes.addAll(ofOne());
        return routes;
    }

    private static List<Route> ofList() {
        return List.of(
                Route.get(DOCUMENTS, Permission.READ)
                        .demanding(Demand.onCollection("find"))
                        .limitable()
                        .summary("Find documents")
                        .parameter("filter", "MongoDB's filter")
                        .parameter("sort", "the order, such as {\"year\": -1}")
                        .parameter("projection", "the fields to return")
                        .parameter("skip", "how many to leave out")
                        .parameter("limit", "how many at most")
                        .parameter("batchSize", "how many in the first batch")
                        .parameter(Exchange.MAX_TIME, "milliseconds that it may take")
                        .parameter("hint", "the index to use: a name, or a key pattern")
                        .parameter("asOf", AS_OF)
                        .parameter("count", "none, exact or estimated: the total beside the list")
                        .answer(200, "The first batch, and a cursor if there is more")
                        .inTransaction()
                        .by(DocumentRoutes::list),
                WriteParameters.declare(Route.post(DOCUMENTS, Permission.WRITE))
                        .demanding(Demand.onCollection("insert"))
                        .limitable()
                        .summary("Insert one document, an array of them, or NDJSON")
                        .parameter("ordered", "false goes on after an error")
                        .body("A document, an array of documents, or one document a line")
                        .answer(201, "Inserted")
                        .answer(207, "Some were inserted, some were not")
                        .answer(409, "The _id or another unique value is taken")
                        .inTransaction()
                        .by(DocumentRoutes::insert));
    }

    private static List<Route> ofOne() {
        return List.of(
                Route.get(DOCUMENT, Permission.READ)
                        .demanding(Demand.onCollection("find"))
                        .limitable()
                        .summary("Read a document")
                        .parameter("asOf", AS_OF)
                        .answer(200, "The document; its version is the ETag")
                        .answer(304, "It is still the version of If-None-Match")
                        .answer(404, "There is no such document")
                        .inTransaction()
                        .by(DocumentRoutes::read),
                WriteParameters.declare(Route.put(DOCUMENT, Permission.WRITE))
                        .demanding(PUTTING)
                        .summary("Replace or create a document")
                        .body("The document")
                        .answer(200, "Replaced")
                        .answer(201, "Created")
                        .answer(412, "If-Match or If-None-Match does not hold")
                        .inTransaction()
                        .by(DocumentRoutes::put),
                WriteParameters.declare(Route.patch(DOCUMENT, Permission.WRITE))
                        .demanding(PATCHING)
                        .summary("Change a document")
                        .body("MongoDB's update operators, or a JSON merge patch (RFC 7396)")
                        .answer(200, "The document as it is now")
                        .answer(404, "There is no such document")
                        .answer(412, "If-Match does not hold")
                        .inTransaction()
                        .by(DocumentRoutes::patch),
                WriteParameters.declare(Route.delete(DOCUMENT, Permission.WRITE))
                        .demanding(Demand.onCollection("delete"))
                        .summary("Delete a document")
                        .answer(204, "It is gone")
                        .answer(404, "There was no such document")
                        .answer(412, "If-Match does not hold")
                        .inTransaction()
                        .by(DocumentRoutes::delete));
    }

    private static void list(Exchange exchange) {
        DocumentBuilder find = Document.builder();
        for (String name : List.of("filter", "sort", "projection")) {
            exchange.queryDocument(name).ifPresent(document -> find.put(name, document));
        }
        for (String name : List.of("skip", "limit", "batchSize", Exchange.MAX_TIME)) {
            exchange.queryInt(name).ifPresent(number -> find.put(name, number));
        }
        exchange.query("hint").ifPresent(hint -> find.put("hint", hint(hint)));
        DocumentCollection collection = exchange.collectionAsOf();
        Document answer = exchange.act(collection, "find", find.build());
        Optional<Value> total = total(exchange, collection);
        exchange.answer(200, total.isPresent() ? answer.with("count", total.get()) : answer);
    }

    static Value hint(String text) {
        return text.startsWith("{") ? ExtendedJson.readDocument(text) : Value.of(text);
    }

    private static Optional<Value> total(Exchange exchange, DocumentCollection collection) {
        String wanted = exchange.query("count").orElse("none");
        return switch (wanted) {
            case "none" -> Optional.empty();
            case "estimated" ->
                    Optional.of(
                            counted(
                                    exchange,
                                    collection,
                                    Document.EMPTY,
                                    collection::estimatedCount));
            case "exact" -> {
                Document filter = exchange.queryDocument("filter").orElse(Document.EMPTY);
                yield Optional.of(
                        counted(
                                exchange,
                                collection,
                                Document.of("query", filter),
                                () -> collection.count(filter)));
            }
            default ->
                    throw new SmilodonException(
                                    ErrorCode.BAD_VALUE,
                                    "Unknown way of counting",
                                    Map.of("count", wanted))
                            .withHint("none, exact or estimated");
        };
    }

    /** Counts as an operation of its own, which others see and may end. */
    private static Value counted(
            Exchange exchange,
            DocumentCollection collection,
            Document request,
            Supplier<Long> counting) {
        String source = collection.namespace().toString();
        return Value.of(exchange.asOperation(source, "count", request, counting));
    }

    private static void insert(Exchange exchange) {
        DocumentCollection collection = exchange.collection();
        if (exchange.bodyType().equals(NDJSON) || exchange.bodyIsArray()) {
            insertMany(exchange, collection, ArrayValue.of(documents(exchange)));
        } else {
            insertOne(exchange, collection, exchange.bodyDocument());
        }
    }

    /** Those of a body that is an array of them, or has one on each line. */
    static List<Document> documents(Exchange exchange) {
        List<Document> documents = new ArrayList<>();
        try (DocumentReader reader = exchange.bodyNotation().documents(exchange.bodyBytes())) {
            reader.forEachRemaining(documents::add);
        }
        return documents;
    }

    private static void insertOne(
            Exchange exchange, DocumentCollection collection, Document document) {
        Document request = WriteParameters.of(exchange).with("document", document);
        Document answer = exchange.act(collection, "insertOne", request);
        exchange.headerOut("Location", DocumentId.path(exchange, answer.get("insertedId")))
                .answer(201, answer);
    }

    private static void insertMany(
            Exchange exchange, DocumentCollection collection, ArrayValue documents) {
        boolean ordered = !exchange.query("ordered").orElse("true").equals("false");
        Document answer =
                exchange.act(
                        collection,
                        "insertMany",
                        WriteParameters.of(exchange)
                                .with("documents", documents)
                                .with("ordered", Value.of(ordered)));
        exchange.answer(answer.has("writeErrors") ? 207 : 201, answer);
    }

    private static void read(Exchange exchange) {
        VersionedDocument found =
                seen(exchange, exchange.collectionAsOf(), ids(exchange))
                        .orElseThrow(() -> DocumentWrites.notFound(exchange));
        String tag = ETags.of(found.version());
        if (found.version() > 0) {
            exchange.headerOut("ETag", tag);
        }
        if (exchange.header("If-None-Match").filter(tags -> ETags.match(tags, tag)).isPresent()) {
            exchange.answer(304);
        } else {
            exchange.answer(200, found.document());
        }
    }

    /** The first document there is of these, as far as the caller may see it. */
    static Optional<VersionedDocument> seen(
            Exchange exchange, DocumentCollection collection, List<Value> ids) {
        return exchange.asOperation(
                collection.namespace().toString(),
                "findOne",
                Document.of("id", Value.of(exchange.path("id"))),
                () -> find(collection, ids));
    }

    private static Optional<VersionedDocument> find(
            DocumentCollection collection, List<Value> ids) {
        return ids.stream().flatMap(id -> collection.findById(id).stream()).findFirst();
    }

    /** What the path may name, the likeliest first. */
    private static List<Value> ids(Exchange exchange) {
        return DocumentId.candidates(exchange.path("id"));
    }

    /** The {@code _id} of the document there is, else the likeliest reading of the path. */
    private static Value id(Exchange exchange) {
        return find(exchange.collection(), ids(exchange))
                .map(found -> found.document().get("_id"))
                .orElseGet(() -> ids(exchange).getFirst());
    }

    private static void put(Exchange exchange) {
        Document replacement = exchange.bodyDocument();
        DocumentWrites.run(
                exchange,
                id(exchange),
                replacement,
                write -> write.collection().replaceById(write.id(), replacement, write.only()));
    }

    private static void patch(Exchange exchange) {
        Document change = exchange.bodyDocument();
        boolean merge = exchange.bodyType().equals(MERGE_PATCH);
        DocumentWrites.run(
                exchange,
                id(exchange),
                change,
                write ->
                        merge
                                ? MergePatch.apply(
                                        write.collection(), write.id(), change, write.only())
                                : write.collection().updateById(write.id(), change, write.only()));
    }

    private static void delete(Exchange exchange) {
        DocumentWrites.run(
                exchange,
                id(exchange),
                Document.EMPTY,
                write -> write.collection().deleteById(write.id(), write.only()));
    }
}
