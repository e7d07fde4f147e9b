package io.smilodon.rest;

import io.smilodon.database.DocumentCollection;
import io.smilodon.database.VersionedDocument;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.store.Precondition;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.DateValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.Value;
import io.smilodon.rest.restheart.Change;
import io.smilodon.rest.restheart.Listing;
import io.smilodon.rest.restheart.WriteMode;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** One document by its {@code _id}, for RESTHeart's clients. */
final class RestheartDocuments {

    /** The part of a path that stands for all documents which match the filter. */
    private static final String ALL = "*";

    private RestheartDocuments() {}

    static List<Route> routes() {
        return List.of(
                RestheartExchange.route(
                        typed(
                                        RestheartExchange.binding(
                                                Route.get(
                                                        RestheartExchange.DOCUMENT,
                                                        Permission.READ)))
                                .parameter("keys", "the fields to return; several go together")
                                .parameter("hal", "full: HAL has a link")
                                .parameter("readConcern", "they mean the same on one member")
                                .demanding(Demand.onCollection("find"))
                                .limitable()
                                .summary("Read a document")
                                .answer(200, "The document; its version is the ETag")
                                .answer(304, "It is still the version of If-None-Match")
                                .answer(404, "There is no such document")
                                .inTransaction(),
                        RestheartDocuments::read),
                RestheartExchange.route(
                        writing(typed(Route.put(RestheartExchange.DOCUMENT, Permission.WRITE)))
                                .demanding(RestheartWrites.demand(WriteMode.UPDATE))
                                .summary("Replace a document; with wm=upsert, or create it")
                                .body("The document")
                                .answer(200, "Replaced")
                                .answer(201, "Created"),
                        RestheartDocuments::put),
                RestheartExchange.route(
                        filtered(Route.patch(RestheartExchange.DOCUMENT, Permission.WRITE))
                                .demanding(RestheartWrites.demand(WriteMode.UPDATE))
                                .summary("Change a document; with * for the id, all that match")
                                .body("Fields, operators of updates, or a pipeline")
                                .answer(200, "Changed; with *, how many")
                                .answer(201, "Created, as wm=upsert allows"),
                        RestheartDocuments::patch),
                RestheartExchange.route(
                        filtered(Route.delete(RestheartExchange.DOCUMENT, Permission.WRITE))
                                .demanding(Demand.onCollection("delete"))
                                .summary("Delete a document; with * for the id, all that match")
                                .answer(200, "With *: how many")
                                .answer(204, "It is gone"),
                        RestheartDocuments::delete));
    }

    private static Route.Builder typed(Route.Builder route) {
        return route.parameter(
                "id_type",
                "of the id in the path: STRING_OID unless given, OID, STRING, NUMBER, DATE,"
                        + " BOOLEAN, NULL, MINKEY or MAXKEY");
    }

    /** A write of one document or, with a filter, of many. */
    private static Route.Builder filtered(Route.Builder route) {
        return RestheartExchange.binding(writing(typed(route)))
                .parameter("filter", "with * for the id: which documents");
    }

    /** What all writes of documents have in common. */
    static Route.Builder writing(Route.Builder route) {
        return route.parameter("wm", "insert, update or upsert; also writeMode")
                .parameter("writeMode", "the same")
                .parameter("checkEtag", "If-Match must be there")
                .parameter("writeConcern", "majority, 1 or w:1")
                .answer(404, "There is no such document, or collection")
                .answer(409, "The _id or another unique value is taken, or If-Match is missing")
                .answer(412, "If-Match is not its ETag")
                .limitable()
                .inTransaction();
    }

    /** Whether the path means all documents that match. */
    static boolean isBulk(RestheartExchange request) {
        return request.exchange().path("id").equals(ALL);
    }

    private static void read(RestheartExchange request) {
        Exchange exchange = request.exchange();
        DocumentCollection collection = request.existingCollection();
        VersionedDocument found =
                DocumentRoutes.seen(exchange, collection, List.of(request.id()))
                        .orElseThrow(() -> missing(request.id()));
        String tag = ETags.of(found.version());
        if (found.version() > 0) { // a transaction has not given it one yet
            request.tag(found.version());
        }
        if (exchange.header("If-None-Match").filter(tags -> ETags.match(tags, tag)).isPresent()) {
            request.answer(304);
        } else {
            Document shown = RestheartSchemas.shown(request, projected(request, collection, found));
            Document told = Listing.document(shown, request.parameters().form(), request.address());
            request.answer(200, told);
        }
    }

    /** What the document has of the fields that are asked for. */
    private static Document projected(
            RestheartExchange request, DocumentCollection collection, VersionedDocument found) {
        Document keys = request.parameters().selection().keys();
        if (keys.isEmpty()) {
            return found.document();
        }
        Document find =
                Document.builder()
                        .put("filter", RestheartWrites.only(request.id()))
                        .put("projection", keys)
                        .build();
        Value document = request.exchange().act(collection, "findOne", find).get("document");
        if (document instanceof Document shown) {
            return shown;
        }
        throw missing(request.id());
    }

    static SmilodonException missing(Value id) {
        return new SmilodonException(
                        ErrorCode.NAMESPACE_NOT_FOUND,
                        "The document does not exist",
                        Map.of("_id", id))
                .withHint("id_type says of what type the id is; PUT with wm=upsert creates it");
    }

    private static DateValue now() {
        return new DateValue(Instant.now().toEpochMilli());
    }

    /** A body as it is stored. */
    static Document stored(Document body) {
        return Change.document(body, now());
    }

    private static void put(RestheartExchange request) {
        Document body = request.exchange().bodyDocumentIfAny();
        if (RestheartSchemas.isStore(request)) {
            RestheartSchemas.put(request, request.id(), body, WriteMode.UPDATE);
            return;
        }
        Document document = Change.withId(stored(body), request.id());
        RestheartWrites.replace(request, request.id(), document, WriteMode.UPDATE);
    }

    private static void patch(RestheartExchange request) {
        RestheartSchemas.refuseStore(request);
        Exchange exchange = request.exchange();
        Value update =
                exchange.bodyIsArray()
                        ? ArrayValue.of(DocumentRoutes.documents(exchange))
                        : Change.update(exchange.bodyDocument());
        if (isBulk(request)) {
            RestheartBulk.update(request, update);
            return;
        }
        WriteMode mode = request.parameters().writing().mode().orElse(WriteMode.UPDATE);
        switch (mode) {
            case INSERT -> throw RestheartWrites.noInsert();
            case UPSERT -> upsert(request, update);
            case UPDATE -> change(request, update);
        }
    }

    private static void change(RestheartExchange request, Value update) {
        Precondition only = RestheartTags.precondition(request.exchange());
        RestheartWrites.run(
                request,
                request.id(),
                WriteMode.UPDATE,
                collection -> collection.updateById(request.id(), update, only));
    }

    /** A version that must be there is no upsert. */
    private static void upsert(RestheartExchange request, Value update) {
        boolean isTold = request.exchange().header("If-Match").isPresent();
        if (isTold || request.parameters().writing().checksTag()) {
            change(request, update);
            return;
        }
        Document action =
                RestheartWrites.with(request)
                        .put("filter", RestheartWrites.only(request.id()))
                        .put("update", update)
                        .put("upsert", true)
                        .build();
        Document done = request.exchange().act(request.writableCollection(), "updateOne", action);
        boolean isNew = ((NumberValue) done.get("upsertedCount")).toLong() > 0;
        request.answer(isNew ? 201 : 200);
    }

    private static void delete(RestheartExchange request) {
        if (isBulk(request)) {
            RestheartSchemas.refuseStore(request);
            RestheartBulk.delete(request);
            return;
        }
        if (RestheartSchemas.isStore(request) && RestheartSchemas.isUsed(request)) {
            return;
        }
        Precondition only = RestheartTags.precondition(request.exchange());
        RestheartWrites.run(
                request,
                request.id(),
                WriteMode.UPDATE,
                collection -> collection.deleteById(request.id(), only));
    }
}
