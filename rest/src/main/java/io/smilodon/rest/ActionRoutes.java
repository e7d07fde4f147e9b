package io.smilodon.rest;

import io.smilodon.database.action.Action;
import io.smilodon.database.action.Actions;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.StringValue;
import io.smilodon.security.Need;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Actions on collections, a route each: below the collection, and in the shape of the Data API that
 * MongoDB's cloud offered until 2025.
 */
final class ActionRoutes {

    private static final List<String> DATA_API_ACTIONS =
            List.of(
                    "findOne",
                    "find",
                    "insertOne",
                    "insertMany",
                    "updateOne",
                    "updateMany",
                    "replaceOne",
                    "deleteOne",
                    "deleteMany",
                    "aggregate");

    private ActionRoutes() {}

    static List<Route> routes() {
        List<Route> routes = new ArrayList<>();
        for (String name : Actions.TABLE.names()) {
            routes.add(belowCollection(name));
        }
        for (String name : DATA_API_ACTIONS) {
            routes.add(dataApi(name));
        }
        return routes;
    }

    private static Route belowCollection(String name) {
        return route(CatalogueRoutes.COLLECTION + "/" + name, name)
                .demanding(
                        Demand.commands(
                                exchange ->
                                        ActionDemand.commands(
                                                name,
                                                exchange.path("collection"),
                                                exchange.bodyDocumentIfAny())))
                .summary("The action " + name)
                .body("Its arguments, as MongoDB's drivers name them")
                .answer(status(name), "Its result")
                .inTransaction()
                .by(
                        exchange ->
                                exchange.answer(
                                        status(name),
                                        exchange.act(
                                                exchange.collection(),
                                                name,
                                                exchange.bodyDocumentIfAny())));
    }

    private static Route dataApi(String name) {
        return route("/api/v1/action/" + name, name)
                .demanding(exchange -> demanded(exchange, name))
                .summary("The action " + name + ", addressed by its body")
                .body("database, collection, and the action's arguments")
                .answer(status(name), "Its result")
                .inTransaction()
                .by(exchange -> runDataApi(exchange, name));
    }

    private static List<Need> demanded(Exchange exchange, String name) {
        Document body = exchange.bodyDocument();
        return Demand.sent(
                exchange,
                required(body, "database"),
                ActionDemand.commands(name, required(body, "collection"), body));
    }

    private static void runDataApi(Exchange exchange, String name) {
        Document body = exchange.bodyDocument();
        Document arguments = body.without("dataSource").without("database").without("collection");
        exchange.answer(
                status(name),
                exchange.act(
                        exchange.database(required(body, "database"))
                                .collection(required(body, "collection")),
                        name,
                        arguments));
    }

    private static String required(Document body, String name) {
        if (body.get(name) instanceof StringValue text) {
            return text.value();
        }
        throw new SmilodonException(
                        ErrorCode.location(40414),
                        "A required field is missing or not a string",
                        Map.of("field", name))
                .at(Location.ROOT.child(name));
    }

    private static Route.Builder route(String path, String name) {
        Route.Builder route = Route.post(path, permission(name));
        route = ActionDemand.isOneCommand(name) ? route.limitable() : route;
        return name.equals("aggregate")
                ? route.writingIf("the pipeline ends with $out or $merge")
                : route;
    }

    private static Permission permission(String name) {
        boolean writes = Actions.TABLE.find(name).map(Action::writes).orElse(false);
        return writes ? Permission.WRITE : Permission.READ;
    }

    private static int status(String name) {
        return name.startsWith("insert") ? 201 : 200;
    }
}
