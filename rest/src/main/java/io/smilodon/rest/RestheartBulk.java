package io.smilodon.rest;

import io.smilodon.database.DocumentCollection;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.ObjectId;
import io.smilodon.engine.value.Value;
import io.smilodon.rest.restheart.BulkReport;
import io.smilodon.rest.restheart.WriteMode;
import io.smilodon.security.Need;
import java.util.List;
import java.util.Map;

/** New documents, and writes of many, for RESTHeart's clients. */
final class RestheartBulk {

    private RestheartBulk() {}

    static List<Route> routes() {
        return List.of(
                RestheartExchange.route(
                        RestheartDocuments.writing(
                                        Route.post(RestheartExchange.COLLECTION, Permission.WRITE))
                                .demanding(RestheartWrites.demand(WriteMode.INSERT))
                                .summary("Insert a document, or an array of them")
                                .body("A document, or an array of documents")
                                .answer(200, "Of an array: how many, and where; or replaced")
                                .answer(201, "Inserted; Location says where")
                                .answer(207, "Of an array: some were not written, and why"),
                        RestheartBulk::post));
    }

    private static void post(RestheartExchange request) {
        if (request.exchange().bodyIsArray()) {
            RestheartSchemas.refuseStore(request);
            postAll(request);
        } else if (RestheartSchemas.isStore(request)) {
            Document schema = request.exchange().bodyDocumentIfAny();
            Value id = schema.has("_id") ? schema.get("_id") : ObjectId.next();
            RestheartSchemas.put(request, id, schema, WriteMode.INSERT);
        } else {
            postOne(request, RestheartDocuments.stored(request.exchange().bodyDocumentIfAny()));
        }
    }

    private static WriteMode mode(RestheartExchange request) {
        return request.parameters().writing().mode().orElse(WriteMode.INSERT);
    }

    private static void postOne(RestheartExchange request, Document document) {
        if (mode(request) == WriteMode.INSERT
                || mode(request) == WriteMode.UPSERT && !document.has("_id")) {
            Document action = RestheartWrites.with(request).put("document", document).build();
            Document done =
                    request.exchange().act(request.writableCollection(), "insertOne", action);
            RestheartWrites.created(request, request.address(), done.get("insertedId"));
            return;
        }
        Value id = requiredId(document);
        RestheartWrites.replace(request, id, document, WriteMode.INSERT);
    }

    private static Value requiredId(Document document) {
        if (!document.has("_id")) {
            throw new SmilodonException(
                            ErrorCode.BAD_VALUE,
                            "A document that is to be updated needs its _id",
                            Map.of("parameter", "wm", "value", "update"))
                    .withHint("wm=upsert inserts it");
        }
        return document.get("_id");
    }

    private static void postAll(RestheartExchange request) {
        List<Document> documents =
                DocumentRoutes.documents(request.exchange()).stream()
                        .map(RestheartDocuments::stored)
                        .toList();
        DocumentCollection collection = request.writableCollection();
        Document done =
                mode(request) == WriteMode.INSERT
                        ? insert(request, collection, documents)
                        : replace(request, collection, documents);
        BulkReport report = new BulkReport(done);
        request.answer(report.isWhole() ? 200 : 207, report.told(request.address()));
    }

    private static Document insert(
            RestheartExchange request, DocumentCollection collection, List<Document> documents) {
        Document action =
                RestheartWrites.with(request)
                        .put("documents", ArrayValue.of(documents))
                        .put("ordered", false)
                        .build();
        return request.exchange().act(collection, "insertMany", action);
    }

    /** As the action bulkWrite, it is for who may write all documents. */
    private static Document replace(
            RestheartExchange request, DocumentCollection collection, List<Document> documents) {
        if (request.exchange().permit().needs().stream().anyMatch(Need::isLimited)) {
            throw new SmilodonException(ErrorCode.UNAUTHORIZED, "not authorized");
        }
        boolean isUpsert = mode(request) == WriteMode.UPSERT;
        List<Document> operations =
                documents.stream().map(document -> operation(document, isUpsert)).toList();
        Document action =
                RestheartWrites.with(request)
                        .put("operations", ArrayValue.of(operations))
                        .put("ordered", false)
                        .build();
        return request.exchange().act(collection, "bulkWrite", action);
    }

    private static Document operation(Document document, boolean isUpsert) {
        if (isUpsert && !document.has("_id")) {
            return Document.of("insertOne", Document.of("document", document));
        }
        return Document.of(
                "replaceOne",
                Document.builder()
                        .put("filter", RestheartWrites.only(requiredId(document)))
                        .put("replacement", document)
                        .put("upsert", isUpsert)
                        .build());
    }

    static void update(RestheartExchange request, Value update) {
        requireUpdate(request);
        Document action =
                RestheartWrites.with(request)
                        .put("filter", request.parameters().selection().requiredFilter())
                        .put("update", update)
                        .build();
        answer(request, request.exchange().act(request.writableCollection(), "updateMany", action));
    }

    private static void requireUpdate(RestheartExchange request) {
        if (request.parameters().writing().mode().orElse(WriteMode.UPDATE) != WriteMode.UPDATE) {
            throw new SmilodonException(
                    ErrorCode.BAD_VALUE,
                    "A bulk update changes documents that are there",
                    Map.of("parameter", "wm"));
        }
    }

    static void delete(RestheartExchange request) {
        Document action =
                RestheartWrites.with(request)
                        .put("filter", request.parameters().selection().requiredFilter())
                        .build();
        answer(request, request.exchange().act(request.writableCollection(), "deleteMany", action));
    }

    private static void answer(RestheartExchange request, Document done) {
        request.answer(200, new BulkReport(done).told(request.address()));
    }
}
