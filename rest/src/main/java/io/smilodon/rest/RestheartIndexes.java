package io.smilodon.rest;

import io.smilodon.database.CreateIndexResult;
import io.smilodon.database.DocumentCollection;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.Value;
import io.smilodon.rest.restheart.Kind;
import io.smilodon.rest.restheart.Listing;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** The indexes of a collection, for RESTHeart's clients. */
final class RestheartIndexes {

    private static final String INDEXES = RestheartExchange.COLLECTION + "/_indexes";
    private static final String INDEX = INDEXES + "/{name}";
    private static final String NAME = "name";
    private static final String KEY = "key";

    private RestheartIndexes() {}

    static List<Route> routes() {
        return List.of(
                RestheartExchange.route(
                        Route.get(INDEXES, Permission.READ)
                                .demanding(Demand.onCollection("listIndexes"))
                                .summary("List the indexes of a collection")
                                .answer(200, "Their definitions; _id is the name")
                                .answer(404, "There is no such collection"),
                        RestheartIndexes::list),
                RestheartExchange.route(
                        Route.get(INDEX, Permission.READ)
                                .demanding(Demand.onCollection("listIndexes"))
                                .summary("Read the definition of an index")
                                .answer(200, "It; _id is the name")
                                .answer(404, "There is no such index"),
                        RestheartIndexes::read),
                RestheartExchange.route(
                        Route.put(INDEX, Permission.ADMINISTER)
                                .demanding(Demand.onCollection("createIndexes"))
                                .summary("Create an index and fill it")
                                .body("keys, and ops: its options")
                                .answer(201, "It is there and filled")
                                .answer(200, "It was there already")
                                .answer(409, "It conflicts with another one, or with documents"),
                        RestheartIndexes::create),
                RestheartExchange.route(
                        Route.delete(INDEX, Permission.ADMINISTER)
                                .demanding(Demand.onCollection("dropIndexes"))
                                .summary("Drop an index")
                                .answer(204, "It is gone")
                                .answer(404, "There was no such index"),
                        RestheartIndexes::drop));
    }

    private static List<Document> indexes(RestheartExchange request) {
        return request.existingCollection().indexes().stream()
                .map(RestheartIndexes::shown)
                .toList();
    }

    private static Document shown(Document index) {
        return Document.builder().putAll(index.without(NAME)).put("_id", index.get(NAME)).build();
    }

    private static void list(RestheartExchange request) {
        List<Document> indexes = indexes(request);
        request.answer(
                new Listing(
                        Kind.COLLECTION_INDEXES,
                        Document.EMPTY,
                        indexes,
                        OptionalLong.of(indexes.size())));
    }

    private static void read(RestheartExchange request) {
        String name = request.exchange().path(NAME);
        Document found =
                indexes(request).stream()
                        .filter(index -> index.get("_id").equals(Value.of(name)))
                        .findFirst()
                        .orElseThrow(() -> notFound(name));
        request.answer(200, found);
    }

    private static SmilodonException notFound(String name) {
        return new SmilodonException(
                ErrorCode.INDEX_NOT_FOUND, "index not found with name", Map.of(NAME, name));
    }

    private static void create(RestheartExchange request) {
        DocumentCollection collection = request.existingCollection();
        Document definition =
                definition(request.exchange().path(NAME), request.exchange().bodyDocument());
        CreateIndexResult result =
                request.exchange()
                        .asLongOperation(
                                collection.namespace().toString(),
                                "createIndex",
                                definition,
                                () -> collection.createIndex(definition));
        request.answer(result.indexCountAfter() > result.indexCountBefore() ? 201 : 200);
    }

    /** {@code keys} and {@code ops} as MongoDB's definition. */
    private static Document definition(String name, Document body) {
        Value options = body.get("ops");
        if (!(body.get("keys") instanceof Document keys)) {
            throw wrong("keys", "the fields of the index: {\"qty\": 1}");
        }
        if (!(options instanceof Document) && options != Missing.INSTANCE) {
            throw wrong("ops", "the options of the index: {\"unique\": true}");
        }
        Document given = options instanceof Document document ? document : Document.EMPTY;
        if (given.has(NAME) || given.has(KEY)) {
            throw wrong("ops", "options beside the name, which the path has, and the keys");
        }
        return Document.builder().put(KEY, keys).put(NAME, name).putAll(given).build();
    }

    private static SmilodonException wrong(String field, String expected) {
        return new SmilodonException(
                        ErrorCode.BAD_VALUE,
                        "The definition of the index is not understood",
                        Map.of("field", field, "expected", expected))
                .at(Location.ROOT.child(field));
    }

    private static void drop(RestheartExchange request) {
        String name = request.exchange().path(NAME);
        if (name.equals("*")) {
            throw notFound(name);
        }
        request.existingCollection().dropIndex(Value.of(name));
        request.answer(204);
    }
}
