package io.smilodon.rest;

import io.smilodon.database.CollectionSummary;
import io.smilodon.database.DatabaseSummary;
import io.smilodon.database.DocumentCollection;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Databases and collections. */
final class CatalogueRoutes {

    private static final String DATABASES = "/api/v1/dbs";
    private static final String DATABASE = DATABASES + "/{db}";
    private static final String COLLECTIONS = DATABASE + "/collections";
    static final String COLLECTION = COLLECTIONS + "/{collection}";

    private CatalogueRoutes() {}

    static List<Route> routes() {
        return Stream.of(databases(), collections()).flatMap(List::stream).toList();
    }

    private static List<Route> databases() {
        return List.of(
                Route.get(DATABASES, Permission.READ)
                        .summary("List the databases")
                        .answer(200, "Name, collections, documents and bytes of each")
                        .by(CatalogueRoutes::listDatabases),
                Route.put(DATABASE, Permission.ADMINISTER)
                        .summary("Create a database")
                        .answer(201, "It is there now")
                        .answer(200, "It was there already")
                        .by(CatalogueRoutes::createDatabase),
                Route.delete(DATABASE, Permission.ADMINISTER)
                        .summary("Drop a database with all its collections")
                        .answer(204, "It is gone")
                        .by(CatalogueRoutes::dropDatabase));
    }

    private static List<Route> collections() {
        return List.of(
                Route.get(COLLECTIONS, Permission.READ)
                        .summary("List the collections of a database")
                        .answer(200, "Name, documents, bytes and indexes of each")
                        .by(CatalogueRoutes::listCollections),
                Route.get(COLLECTION, Permission.READ)
                        .summary("Describe a collection")
                        .answer(200, "Documents, bytes and indexes")
                        .answer(404, "There is no such collection")
                        .by(CatalogueRoutes::describe),
                Route.put(COLLECTION, Permission.ADMINISTER)
                        .summary("Create a collection")
                        .body("Options, or nothing")
                        .answer(201, "It is there now")
                        .answer(200, "It was there already, with the same options")
                        .answer(409, "It is there with other options")
                        .inTransaction()
                        .by(CatalogueRoutes::createCollection),
                Route.patch(COLLECTION, Permission.ADMINISTER)
                        .summary("Change what a collection or a view is")
                        .body(
                                "The options of collMod: validator, viewOn, pipeline, index and so on")
                        .answer(200, "What was and what is now, of an index that was changed")
                        .answer(404, "There is no such collection")
                        .by(CatalogueRoutes::modifyCollection),
                Route.delete(COLLECTION, Permission.ADMINISTER)
                        .summary("Drop a collection with its documents and indexes")
                        .answer(204, "It is gone")
                        .answer(404, "There was no such collection")
                        .by(CatalogueRoutes::dropCollection));
    }

    private static void listDatabases(Exchange exchange) {
        List<DatabaseSummary> found =
                exchange.asOperation(
                        "admin",
                        "listDatabases",
                        Document.EMPTY,
                        () -> exchange.smilodon().databases());
        List<Document> databases = found.stream().map(DatabaseSummary::toDocument).toList();
        exchange.answer(200, Document.of("databases", ArrayValue.of(databases)));
    }

    private static void createDatabase(Exchange exchange) {
        boolean created = exchange.smilodon().createDatabase(exchange.path("db"));
        exchange.answer(created ? 201 : 200, Document.of("name", Value.of(exchange.path("db"))));
    }

    private static void dropDatabase(Exchange exchange) {
        exchange.smilodon().dropDatabase(exchange.path("db"));
        exchange.answer(204);
    }

    private static void listCollections(Exchange exchange) {
        List<CollectionSummary> found =
                exchange.asOperation(
                        exchange.path("db"),
                        "listCollections",
                        Document.EMPTY,
                        () -> exchange.database().collections());
        List<Document> collections = found.stream().map(CollectionSummary::toDocument).toList();
        exchange.answer(200, Document.of("collections", ArrayValue.of(collections)));
    }

    private static void describe(Exchange exchange) {
        DocumentCollection collection = exchange.collection();
        CollectionSummary stats =
                exchange.asOperation(
                                collection.namespace().toString(),
                                "collStats",
                                Document.EMPTY,
                                collection::stats)
                        .orElseThrow(() -> notFound(collection));
        exchange.answer(
                200, stats.toDocument().with("indexes", ArrayValue.of(collection.indexes())));
    }

    static SmilodonException notFound(DocumentCollection collection) {
        return new SmilodonException(
                ErrorCode.NAMESPACE_NOT_FOUND,
                "ns not found",
                Map.of("ns", collection.namespace().toString()));
    }

    private static void createCollection(Exchange exchange) {
        boolean created =
                exchange.database()
                        .createCollection(
                                exchange.path("collection"), exchange.bodyDocumentIfAny());
        exchange.answer(
                created ? 201 : 200, Document.of("name", Value.of(exchange.path("collection"))));
    }

    private static void modifyCollection(Exchange exchange) {
        String name = exchange.path("collection");
        Document changes = exchange.bodyDocument();
        Document answer =
                exchange.asLongOperation(
                        exchange.path("db") + "." + name,
                        "collMod",
                        changes,
                        () -> exchange.database().modifyCollection(name, changes));
        exchange.answer(200, answer);
    }

    private static void dropCollection(Exchange exchange) {
        DocumentCollection collection = exchange.collection();
        if (!collection.drop()) {
            throw notFound(collection);
        }
        exchange.answer(204);
    }
}
