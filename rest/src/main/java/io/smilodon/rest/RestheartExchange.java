package io.smilodon.rest;

import io.smilodon.database.Database;
import io.smilodon.database.DocumentCollection;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.Value;
import io.smilodon.rest.restheart.Address;
import io.smilodon.rest.restheart.Failure;
import io.smilodon.rest.restheart.Kind;
import io.smilodon.rest.restheart.Listing;
import io.smilodon.rest.restheart.Parameters;
import io.smilodon.rest.restheart.Reserved;
import io.smilodon.rest.restheart.Variables;
import io.smilodon.security.Caller;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpStatus;

/**
 * A request of a client that is written for RESTHeart, and its answer. One thread.
 *
 * @param exchange the same as any other request
 * @param parameters those of its query string
 */
record RestheartExchange(Exchange exchange, Parameters parameters) {

    /** Where all of these routes are. */
    static final String MOUNT = "/restheart";

    static final String DATABASE = MOUNT + "/{db}";
    static final String COLLECTION = DATABASE + "/{collection}";
    static final String DOCUMENT = COLLECTION + "/{id}";

    /** Whether a path leads to one of these routes. */
    static boolean isBelowMount(String path) {
        return path.equals(MOUNT) || path.startsWith(MOUNT + "/");
    }

    /** A problem in the form that its clients know. */
    static Document failure(Problem problem) {
        return Failure.of(
                problem.status(), HttpStatus.getMessage(problem.status()), problem.body());
    }

    /** The route, which takes the parameters that it declares and those that every one takes. */
    static Route route(Route.Builder route, Consumer<RestheartExchange> handler) {
        route.parameter("rep", "standard, hal or shal: what stands around the documents")
                .parameter("jsonMode", "standard, strict, extended or relaxed");
        if (route.isInTransaction()) {
            route.parameter("sid", "the session that the request belongs to")
                    .parameter("txn", "the transaction of the session that it belongs to");
        }
        Set<String> known = new HashSet<>(route.parameterNames());
        known.addAll(Parameters.GENERAL);
        return route.by(exchange -> handler.accept(of(exchange, known)));
    }

    private static RestheartExchange of(Exchange exchange, Set<String> known) {
        exchange.requireParameters(known);
        return of(exchange);
    }

    /** A request whose parameters may be there. */
    static RestheartExchange of(Exchange exchange) {
        Value user = user(exchange.permit().caller());
        return new RestheartExchange(exchange, Parameters.of(exchange.queryValues(), user));
    }

    private static Value user(Caller caller) {
        return caller.name()
                .map(
                        name ->
                                (Value)
                                        Document.builder()
                                                .put("_id", name.user())
                                                .put("db", name.database())
                                                .put("roles", caller.shownRoles())
                                                .build())
                .orElse(NullValue.INSTANCE);
    }

    /** The route, in whose documents variables may stand. */
    static Route.Builder binding(Route.Builder route) {
        return route.parameter(
                Variables.PARAMETER,
                "the values of variables, a JSON object: {\"$var\": \"name\"} stands for one");
    }

    // ---- What it is about

    /**
     * The name of the database in the path.
     *
     * @throws SmilodonException {@code Unauthorized} (13) for one of the server itself
     */
    String databaseName() {
        String name = exchange.path("db");
        Reserved.refuse(Reserved.isDatabase(name), name);
        return name;
    }

    /** The name of the collection in the path; the same. */
    String collectionName() {
        String name = exchange.path("collection");
        Reserved.refuse(Reserved.isCollection(name), name);
        return name;
    }

    Database database() {
        return exchange.database(databaseName());
    }

    /**
     * The database, which is there.
     *
     * @throws SmilodonException {@code NamespaceNotFound} (26)
     */
    Database existingDatabase() {
        Database database = database();
        boolean exists =
                exchange.smilodon().databases().stream()
                        .anyMatch(each -> each.name().equals(database.name()));
        if (!exists) {
            throw missing("The database does not exist", database.name(), "PUT it first");
        }
        return database;
    }

    DocumentCollection collection() {
        return database().collection(collectionName());
    }

    /** The collection, which is there; the same. */
    DocumentCollection existingCollection() {
        DocumentCollection collection = collection();
        if (!collection.exists()) {
            throw missing(
                    "The collection does not exist",
                    collection.namespace().toString(),
                    "PUT it first");
        }
        return collection;
    }

    /** The collection, which is there, and whose documents may be written by themselves. */
    DocumentCollection writableCollection() {
        refuseBucket();
        return existingCollection();
    }

    /** Refuses a bucket, whatever in its name is encoded: files are written with their bytes. */
    void refuseBucket() {
        Reserved.refuse(Kind.of(collectionName()) == Kind.FILES_BUCKET, collectionName());
    }

    static SmilodonException missing(String what, String name, String hint) {
        return new SmilodonException(ErrorCode.NAMESPACE_NOT_FOUND, what, Map.of("name", name))
                .withHint(hint);
    }

    /** The {@code _id} in the path; the same. */
    Value id() {
        String id = exchange.path("id");
        Reserved.refuse(Reserved.isDocument(id), id);
        return parameters.idType().read(id);
    }

    /** Where it is. */
    Address address() {
        return new Address(exchange.requestPath(), exchange.queryString());
    }

    // ---- Its answer

    void answer(int status, Value value) {
        exchange.answer(status, parameters.form().mediaType(), parameters.form().text(value));
    }

    void answer(int status) {
        exchange.answer(status);
    }

    /** Answers with a page of a list. */
    void answer(Listing listing) {
        answer(200, listing.body(parameters, address()));
    }

    /** Answers with what a version is the ETag of; 0 is that of what nobody has written yet. */
    RestheartExchange tag(long version) {
        exchange.headerOut("ETag", ETags.of(version));
        return this;
    }
}
