package io.smilodon.rest;

import io.smilodon.database.DocumentCollection;
import io.smilodon.engine.codec.ExtendedJson;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.exec.MemoryAccount;
import io.smilodon.query.exec.OperationScope;
import io.smilodon.rest.graphql.GraphQlRequest;
import io.smilodon.rest.graphql.GraphQlService;
import io.smilodon.rest.graphql.RequestSteps;
import io.smilodon.rest.graphql.StoredDefinitions;
import io.smilodon.security.Action;
import io.smilodon.security.Need;
import io.smilodon.security.Permit;
import io.smilodon.security.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** GraphQL: by a schema derived from a database's collections, and by stored definitions. */
final class GraphQlRoutes {

    private static final String DERIVED = "/api/v1/dbs/{db}/graphql";
    private static final String STORED = DERIVED + "/{app}";
    private static final String ANSWER = "data, and errors with MongoDB's code and codeName";
    private static final String BODY = "{\"query\": …, \"variables\": {…}, \"operationName\": …}";
    private static final Set<String> BODY_NAMES =
            Set.of("query", "variables", "operationName", "extensions", Exchange.MAX_TIME);

    private final GraphQlService service =
            new GraphQlService(failure -> Problem.of(failure).body());

    /** The derived schema tells of all collections. */
    private static final Demand ALL =
            Demand.needs(
                    exchange ->
                            List.of(new Need(Action.FIND, Resource.database(exchange.path("db")))));

    /** What an action needs for the definitions; what each of their finds needs is asked then. */
    private static Demand onDefinitions(String action) {
        Document body = Document.of("upsert", Value.of(true));
        return Demand.commands(
                exchange -> ActionDemand.commands(action, StoredDefinitions.COLLECTION, body));
    }

    List<Route> routes() {
        List<Route> routes = new ArrayList<>(requestRoutes());
        routes.addAll(definitionRoutes());
        return routes;
    }

    private List<Route> requestRoutes() {
        return List.of(
                Route.post(DERIVED, Permission.READ)
                        .demanding(ALL)
                        .writingIf("it is a mutation")
                        .summary("Ask in GraphQL, by a schema derived from the collections")
                        .parameter(Exchange.MAX_TIME, "milliseconds that it may take")
                        .body(BODY)
                        .answer(200, ANSWER)
                        .by(exchange -> answer(exchange, posted(exchange), Optional.empty())),
                Route.get(DERIVED, Permission.READ)
                        .demanding(ALL)
                        .summary("Ask in GraphQL, or without a query read the derived schema")
                        .parameter("query", "queries; mutations are sent by POST")
                        .parameter("variables", "a JSON object")
                        .parameter("operationName", "which of several queries")
                        .parameter(Exchange.MAX_TIME, "milliseconds that it may take")
                        .answer(200, ANSWER + "; or the schema as text")
                        .by(exchange -> answerGet(exchange, Optional.empty())),
                Route.post(STORED, Permission.READ)
                        .demanding(onDefinitions("find"))
                        .summary("Ask in GraphQL, by a stored definition")
                        .parameter(Exchange.MAX_TIME, "milliseconds that it may take")
                        .body(BODY)
                        .answer(200, ANSWER)
                        .answer(404, "There is no such definition")
                        .by(exchange -> answer(exchange, posted(exchange), app(exchange))),
                Route.get(STORED, Permission.READ)
                        .demanding(onDefinitions("find"))
                        .summary("The same, or without a query read its schema")
                        .parameter("query", "queries")
                        .parameter("variables", "a JSON object")
                        .parameter("operationName", "which of several queries")
                        .parameter(Exchange.MAX_TIME, "milliseconds that it may take")
                        .answer(200, ANSWER + "; or the schema as text")
                        .answer(404, "There is no such definition")
                        .by(exchange -> answerGet(exchange, app(exchange))));
    }

    private List<Route> definitionRoutes() {
        return List.of(
                Route.put(STORED, Permission.WRITE)
                        .demanding(onDefinitions("replaceOne"))
                        .summary("Check and store a GraphQL definition")
                        .body("{\"descriptor\": …, \"schema\": SDL, \"mappings\": {…}}")
                        .answer(200, "Stored")
                        .answer(400, "It is wrong; pointer says where")
                        .by(this::save),
                Route.delete(STORED, Permission.WRITE)
                        .demanding(onDefinitions("deleteOne"))
                        .summary("Delete a GraphQL definition")
                        .answer(204, "It is gone")
                        .answer(404, "There is no such definition")
                        .by(GraphQlRoutes::delete));
    }

    private static Optional<String> app(Exchange exchange) {
        return Optional.of(exchange.path("app"));
    }

    // ---- Requests

    /** A request, and the body of the operation that shows it. */
    private record Asked(GraphQlRequest request, Document shown) {}

    private static Asked posted(Exchange exchange) {
        Document body = exchange.bodyDocument();
        body.forEach(
                field -> {
                    if (!BODY_NAMES.contains(field.name())) {
                        throw new SmilodonException(
                                        ErrorCode.location(40415),
                                        "A field of the request is unknown",
                                        Map.of("field", field.name()))
                                .at(Location.ROOT.child(field.name()));
                    }
                });
        return asked(exchange, body, true);
    }

    private static Asked asked(Exchange exchange, Document given, boolean mayWrite) {
        if (!(given.get("query") instanceof StringValue query)) {
            throw wrong("A request has a query", "query");
        }
        Value variables = given.get("variables");
        if (!variables.isNullish() && !(variables instanceof Document)) {
            throw wrong("Variables are an object", "variables");
        }
        Value named = given.get("operationName");
        if (!named.isNullish() && !(named instanceof StringValue)) {
            throw wrong("The name of an operation is a string", "operationName");
        }
        String name = named instanceof StringValue text ? text.value() : "";
        Document values = variables instanceof Document document ? document : Document.EMPTY;
        OptionalInt millis = exchange.queryInt(Exchange.MAX_TIME);
        Value maxTime =
                millis.isPresent() ? Value.of(millis.getAsInt()) : given.get(Exchange.MAX_TIME);
        Document shown = Document.of("query", query);
        return new Asked(
                new GraphQlRequest(query.value(), name, values, mayWrite),
                maxTime == Missing.INSTANCE ? shown : shown.with(Exchange.MAX_TIME, maxTime));
    }

    private static SmilodonException wrong(String message, String field) {
        return new SmilodonException(ErrorCode.FAILED_TO_PARSE, message)
                .at(Location.ROOT.child(field));
    }

    private void answerGet(Exchange exchange, Optional<String> app) {
        Optional<String> query = exchange.query("query");
        if (query.isEmpty()) {
            String schema =
                    exchange.asOperation(
                            exchange.path("db"),
                            "graphql",
                            Document.EMPTY,
                            () -> service.schema(exchange.database(), app));
            exchange.answer(200, "text/plain; charset=utf-8", schema);
            return;
        }
        Document given =
                Document.builder()
                        .put("query", query.get())
                        .put("operationName", exchange.query("operationName").orElse(""))
                        .put(
                                "variables",
                                exchange.query("variables")
                                        .<Value>map(ExtendedJson::readDocument)
                                        .orElse(NullValue.INSTANCE))
                        .build();
        answer(exchange, asked(exchange, given, false), app);
    }

    private void answer(Exchange exchange, Asked asked, Optional<String> app) {
        try (MemoryAccount memory = exchange.smilodon().memory("graphql")) {
            RequestSteps steps = steps(exchange, memory);
            Document answer =
                    exchange.asOperation(
                            exchange.path("db"),
                            "graphql",
                            asked.shown,
                            () -> service.answer(exchange.database(), app, asked.request, steps));
            boolean hasNewType =
                    exchange.header("Accept").filter(type -> type.contains(MEDIA_TYPE)).isPresent();
            int status = hasNewType && !answer.has("data") ? 400 : 200;
            exchange.answer(status, answer);
        }
    }

    private static final String MEDIA_TYPE = "application/graphql-response+json";

    /** The steps of a request are actions as any other. */
    private static RequestSteps steps(Exchange exchange, MemoryAccount memory) {
        return new RequestSteps() {
            @Override
            public Document act(String database, String collection, String action, Document body) {
                DocumentCollection target = exchange.database(database).collection(collection);
                List<Document> commands = ActionDemand.commands(action, collection, body);
                List<Need> needs = Demand.sent(exchange, database, commands);
                Permit permit = new Permit(exchange.permit().caller(), needs);
                return OperationScope.allowed(permit, () -> exchange.act(target, action, body));
            }

            @Override
            public void hold(long bytes) {
                memory.reserve(bytes);
            }

            @Override
            public void closeCursor(String id) {
                exchange.smilodon().cursors().kill(id);
            }
        };
    }

    // ---- Definitions

    private void save(Exchange exchange) {
        String name = exchange.path("app");
        Document definition = service.definitions().checked(name, exchange.bodyDocument());
        exchange.act(
                definitions(exchange),
                "replaceOne",
                Document.builder()
                        .put("filter", Document.of("_id", Value.of(name)))
                        .put("replacement", definition)
                        .put("upsert", true)
                        .build());
        exchange.answer(200, Document.of("name", Value.of(name)));
    }

    private static void delete(Exchange exchange) {
        String name = exchange.path("app");
        Document filter = Document.of("filter", Document.of("_id", Value.of(name)));
        Document answer = exchange.act(definitions(exchange), "deleteOne", filter);
        if (answer.get("deletedCount").equals(Value.of(0L))
                || answer.get("deletedCount").equals(Value.of(0))) {
            throw new SmilodonException(
                    ErrorCode.NO_SUCH_KEY,
                    "There is no such GraphQL definition",
                    Map.of("name", name));
        }
        exchange.answer(204);
    }

    private static DocumentCollection definitions(Exchange exchange) {
        return exchange.database().collection(StoredDefinitions.COLLECTION);
    }
}
