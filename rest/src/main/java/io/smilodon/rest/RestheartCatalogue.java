package io.smilodon.rest;

import io.smilodon.database.CollectionSummary;
import io.smilodon.database.Database;
import io.smilodon.database.DatabaseSummary;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import io.smilodon.rest.restheart.Kind;
import io.smilodon.rest.restheart.Listing;
import io.smilodon.rest.restheart.Paging;
import io.smilodon.rest.restheart.Properties;
import io.smilodon.rest.restheart.Reserved;
import io.smilodon.security.Action;
import io.smilodon.security.Caller;
import io.smilodon.security.Resource;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** Databases, collections and their properties, for RESTHeart's clients. */
final class RestheartCatalogue {

    private static final String META = "/_meta";
    private static final String SIZE = "/_size";

    private RestheartCatalogue() {}

    /** Who tells properties reads their documents. */
    private static final Demand TELLING =
            Demand.commands(
                    exchange -> List.of(Document.of("find", Value.of(Properties.COLLECTION))));

    static final Document REMEMBERING =
            Document.builder()
                    .put("update", Properties.COLLECTION)
                    .put("updates", ArrayValue.of(Document.of("upsert", Value.of(true))))
                    .build();

    static final Document FORGETTING = Document.of("delete", Value.of(Properties.COLLECTION));

    private static final Demand PUTTING_DATABASE =
            Demand.commands(
                    exchange ->
                            List.of(
                                    Document.of("create", Value.of(Properties.COLLECTION)),
                                    REMEMBERING));

    private static final Demand CHANGING = Demand.commands(exchange -> List.of(REMEMBERING));

    private static final Demand PUTTING =
            Demand.commands(
                    exchange ->
                            List.of(
                                    Document.of("create", Value.of(exchange.path("collection"))),
                                    REMEMBERING));

    private static final Demand DROPPING =
            Demand.commands(
                    exchange ->
                            List.of(
                                    Document.of("drop", Value.of(exchange.path("collection"))),
                                    FORGETTING));

    static List<Route> routes() {
        return Stream.of(root(), readingDatabases(), writingDatabases(), collections())
                .flatMap(List::stream)
                .toList();
    }

    /** What all lists have in common. */
    static Route.Builder paged(Route.Builder route) {
        return route.parameter("page", "from 1 on")
                .parameter("pagesize", "how many on a page: 100 unless given, 0 to 1000")
                .parameter("hal", "full: HAL has its links")
                .parameter("np", "HAL and SHAL leave the properties out");
    }

    private static Route.Builder checked(Route.Builder route) {
        return route.parameter("checkEtag", "If-Match must be there");
    }

    private static List<Route> root() {
        return List.of(
                RestheartExchange.route(
                        paged(Route.get(RestheartExchange.MOUNT, Permission.READ))
                                .demanding(Demand.LOGIN)
                                .summary("List the databases")
                                .answer(200, "Their names"),
                        RestheartCatalogue::listDatabases),
                RestheartExchange.route(
                        Route.get(RestheartExchange.MOUNT + SIZE, Permission.READ)
                                .demanding(Demand.LOGIN)
                                .summary("Count the databases")
                                .answer(200, "_size"),
                        RestheartCatalogue::countDatabases));
    }

    private static List<Route> readingDatabases() {
        String database = RestheartExchange.DATABASE;
        return List.of(
                RestheartExchange.route(
                        Route.get(database + SIZE, Permission.READ)
                                .demanding(Demand.onDatabase("listCollections"))
                                .summary("Count the collections of a database")
                                .answer(200, "_size"),
                        RestheartCatalogue::countCollections),
                RestheartExchange.route(
                        Route.get(database + META, Permission.READ)
                                .demanding(TELLING)
                                .summary("Read the properties of a database")
                                .answer(200, "Them; their version is the ETag"),
                        RestheartCatalogue::databaseProperties),
                RestheartExchange.route(
                        paged(Route.get(database, Permission.READ))
                                .demanding(Demand.onDatabase("listCollections"))
                                .summary("List the collections of a database")
                                .answer(200, "Their names")
                                .answer(404, "There is no such database"),
                        RestheartCatalogue::listCollections));
    }

    private static List<Route> writingDatabases() {
        String database = RestheartExchange.DATABASE;
        return List.of(
                RestheartExchange.route(
                        checked(Route.put(database, Permission.ADMINISTER))
                                .demanding(PUTTING_DATABASE)
                                .summary("Create a database, or replace its properties")
                                .body("The properties, or nothing")
                                .answer(201, "It is there now")
                                .answer(200, "It was there already")
                                .answer(409, "checkEtag asks for If-Match")
                                .answer(412, "If-Match is not its ETag"),
                        RestheartCatalogue::putDatabase),
                RestheartExchange.route(
                        checked(Route.patch(database, Permission.ADMINISTER))
                                .demanding(CHANGING)
                                .summary("Change some properties of a database")
                                .body("Them; operators of updates too")
                                .answer(200, "They are changed")
                                .answer(404, "There is no such database")
                                .answer(412, "If-Match is not its ETag"),
                        RestheartCatalogue::patchDatabase),
                RestheartExchange.route(
                        checked(Route.delete(database, Permission.ADMINISTER))
                                .demanding(Demand.onDatabase("dropDatabase"))
                                .summary("Drop a database; If-Match must have its ETag")
                                .answer(204, "It is gone")
                                .answer(404, "There is no such database")
                                .answer(409, "If-Match is not there; the ETag is in the answer")
                                .answer(412, "If-Match is not its ETag"),
                        RestheartCatalogue::deleteDatabase));
    }

    private static List<Route> collections() {
        String collection = RestheartExchange.COLLECTION;
        return List.of(
                RestheartExchange.route(
                        Route.get(collection + META, Permission.READ)
                                .demanding(TELLING)
                                .summary("Read the properties of a collection")
                                .answer(200, "Them; their version is the ETag")
                                .answer(404, "There is no such collection"),
                        RestheartCatalogue::collectionProperties),
                RestheartExchange.route(
                        checked(Route.put(collection, Permission.ADMINISTER))
                                .demanding(PUTTING)
                                .summary("Create a collection, or replace its properties")
                                .body("The properties, or nothing")
                                .answer(201, "It is there now")
                                .answer(200, "It was there already")
                                .answer(404, "There is no such database")
                                .answer(409, "checkEtag asks for If-Match")
                                .answer(412, "If-Match is not its ETag"),
                        RestheartCatalogue::putCollection),
                RestheartExchange.route(
                        checked(Route.patch(collection, Permission.ADMINISTER))
                                .demanding(CHANGING)
                                .summary("Change some properties of a collection")
                                .body("Them; operators of updates too")
                                .answer(200, "They are changed")
                                .answer(404, "There is no such collection")
                                .answer(412, "If-Match is not its ETag"),
                        RestheartCatalogue::patchCollection),
                RestheartExchange.route(
                        checked(Route.delete(collection, Permission.ADMINISTER))
                                .demanding(DROPPING)
                                .summary("Drop a collection; If-Match must have its ETag")
                                .answer(204, "It is gone")
                                .answer(404, "There is no such collection")
                                .answer(409, "If-Match is not there; the ETag is in the answer")
                                .answer(412, "If-Match is not its ETag"),
                        RestheartCatalogue::deleteCollection));
    }

    // ---- The server

    private static List<String> databaseNames(RestheartExchange request) {
        Exchange exchange = request.exchange();
        Caller caller = exchange.permit().caller();
        boolean seesAll = caller.may(Action.LIST_DATABASES, Resource.CLUSTER);
        List<DatabaseSummary> found =
                exchange.asOperation(
                        "admin",
                        "listDatabases",
                        Document.EMPTY,
                        () -> exchange.smilodon().databases());
        return found.stream()
                .map(DatabaseSummary::name)
                .filter(name -> seesAll || caller.mayTouch(name))
                .filter(name -> !Reserved.isDatabase(name))
                .sorted()
                .toList();
    }

    private static void listDatabases(RestheartExchange request) {
        request.answer(page(request, Kind.ROOT, Document.EMPTY, databaseNames(request)));
    }

    private static void countDatabases(RestheartExchange request) {
        request.answer(200, size(databaseNames(request).size()));
    }

    static Document size(long count) {
        return Document.of("_size", Value.of(count));
    }

    private static Listing page(
            RestheartExchange request, Kind kind, Document properties, List<String> names) {
        Paging paging = request.parameters().paging();
        List<Document> elements =
                names.stream()
                        .skip(paging.skip())
                        .limit(paging.pagesize())
                        .map(name -> Document.of("_id", Value.of(name)))
                        .toList();
        return new Listing(kind, properties, elements, OptionalLong.of(names.size()));
    }

    // ---- Databases

    private static List<String> collectionNames(RestheartExchange request) {
        Database database = request.existingDatabase();
        List<CollectionSummary> found =
                request.exchange()
                        .asOperation(
                                database.name(),
                                "listCollections",
                                Document.EMPTY,
                                database::collections);
        return found.stream()
                .map(CollectionSummary::name)
                .filter(name -> !Reserved.isCollection(name))
                .sorted()
                .toList();
    }

    private static void listCollections(RestheartExchange request) {
        List<String> names = collectionNames(request);
        Properties properties = Properties.of(request.database());
        Document shown = RestheartProperties.told(request, properties, properties.name());
        request.tag(properties.version()).answer(page(request, Kind.DB, shown, names));
    }

    private static void countCollections(RestheartExchange request) {
        request.answer(200, size(collectionNames(request).size()));
    }

    private static void databaseProperties(RestheartExchange request) {
        RestheartProperties.read(request, Properties.of(request.existingDatabase()));
    }

    private static void putDatabase(RestheartExchange request) {
        Properties properties = Properties.of(request.database());
        RestheartProperties.put(
                request,
                properties,
                () -> request.exchange().smilodon().createDatabase(request.databaseName()));
    }

    private static void patchDatabase(RestheartExchange request) {
        RestheartProperties.patch(request, Properties.of(request.existingDatabase()));
    }

    private static void deleteDatabase(RestheartExchange request) {
        Database database = request.existingDatabase();
        if (RestheartTags.check(request, Properties.of(database).version(), true)) {
            request.exchange().smilodon().dropDatabase(database.name());
            request.answer(204);
        }
    }

    // ---- Collections

    private static Properties properties(RestheartExchange request) {
        return Properties.of(request.database(), request.collectionName());
    }

    private static void collectionProperties(RestheartExchange request) {
        request.existingCollection();
        RestheartProperties.read(request, properties(request));
    }

    private static void putCollection(RestheartExchange request) {
        request.refuseBucket();
        Database database = request.existingDatabase();
        RestheartProperties.put(
                request,
                properties(request),
                () ->
                        !request.collection().exists()
                                && database.createCollection(
                                        request.collectionName(), Document.EMPTY));
    }

    private static void patchCollection(RestheartExchange request) {
        request.existingCollection();
        RestheartProperties.patch(request, properties(request));
    }

    private static void deleteCollection(RestheartExchange request) {
        request.writableCollection();
        Properties properties = properties(request);
        if (RestheartTags.check(request, properties.version(), true)) {
            RestheartProperties.dropWith(request, properties);
            request.answer(204);
        }
    }
}
