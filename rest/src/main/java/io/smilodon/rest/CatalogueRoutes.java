package io.smilodon.rest;

import io.smilodon.database.CollectionSummary;
import io.smilodon.database.DatabaseSummary;
import io.smilodon.database.DocumentCollection;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import io.smilodon.security.Action;
import io.smilodon.security.Caller;
import io.smilodon.security.Need;
import io.smilodon.security.Resource;
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

    /** Who may create its collections may create a database. */
    private static final Demand CREATING =
            Demand.needs(
                    exchange ->
                            List.of(
                                    new Need(
                                            Action.CREATE_COLLECTION,
                                            Resource.database(exchange.path("db")))));

    /** What the command of this name needs, with the options that the body has. */
    private static Demand definition(String command) {
        return Demand.commands(
                exchange ->
                        List.of(
                                Document.builder()
                                        .put(command, exchange.path("collection"))
                                        .putAll(exchange.bodyDocumentIfAny().without(command))
                                        .build()));
    }

    private static List<Route> databases() {
        return List.of(
                Route.get(DATABASES, Permission.READ)
                        .demanding(Demand.LOGIN)
                        .summary("List the databases")
                        .answer(200, "Name, collections, documents and bytes of each")
                        .by(CatalogueRoutes::listDatabases),
                Route.put(DATABASE, Permission.ADMINISTER)
                        .demanding(CREATING)
                        .summary("Create a database")
                        .answer(201, "It is there now")
                        .answer(200, "It was there already")
                        .by(CatalogueRoutes::createDatabase),
                Route.delete(DATABASE, Permission.ADMINISTER)
                        .demanding(Demand.onDatabase("dropDatabase"))
                        .summary("Drop a database with all its collections")
                        .answer(204, "It is gone")
                        .by(CatalogueRoutes::dropDatabase));
    }

    private static List<Route> collections() {
        return List.of(
                Route.get(COLLECTIONS, Permission.READ)
                        .demanding(Demand.onDatabase("listCollections"))
                        .summary("List the collections of a database")
                        .answer(200, "Name, documents, bytes and indexes of each")
                        .by(CatalogueRoutes::listCollections),
                Route.get(COLLECTION, Permission.READ)
                        .demanding(Demand.onCollection("collStats"))
                        .summary("Describe a collection")
                        .answer(200, "Documents, bytes and indexes")
                        .answer(404, "There is no such collection")
                        .by(CatalogueRoutes::describe),
                Route.put(COLLECTION, Permission.ADMINISTER)
                        .demanding(definition("create"))
                        .summary("Create a collection")
                        .body("Options, or nothing")
                        .answer(201, "It is there now")
                        .answer(200, "It was there already, with the same options")
                        .answer(409, "It is there with other options")
                        .inTransaction()
                        .by(CatalogueRoutes::createCollection),
                Route.patch(COLLECTION, Permission.ADMINISTER)
                        .demanding(definition("collMod"))
                        .summary("Change what a collection or a view is")
                        .body(
                                "The options of collMod: validator, viewOn, pipeline, index and so on")
                        .answer(200, "What was and what is now, of an index that was changed")
                        .answer(404, "There is no such collection")
                        .by(CatalogueRoutes::modifyCollection),
                Route.delete(COLLECTION, Permission.ADMINISTER)
                        .demanding(Demand.onCollection("drop"))
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
        Caller caller = exchange.permit().caller();
        boolean seesAll = caller.may(Action.LIST_DATABASES, Resource.CLUSTER);
        List<Document> databases =
                found.stream()
                        .filter(database -> seesAll || caller.mayTouch(database.name()))
                        .map(DatabaseSummary::toDocument)
                        .toList();
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
