package io.smilodon.rest;

import io.smilodon.database.command.CommandContext;
import io.smilodon.database.command.Commands;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import io.smilodon.security.Action;
import io.smilodon.security.Caller;
import io.smilodon.security.Need;
import io.smilodon.security.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * What the sender of a request must be allowed to do, where logins are asked for. Every route has
 * one; most say which command does the same, and need what that needs.
 */
@FunctionalInterface
interface Demand {

    /** Anyone may, also who has not logged in: what a load balancer or a browser asks first. */
    Demand NOTHING = exchange -> List.of();

    /** Whoever has logged in may, and is told only of what is its own or what it may see. */
    Demand LOGIN = exchange -> List.of();

    /** Of a route that says nothing: only who may do everything. */
    Demand EVERYTHING = needs(exchange -> List.of(new Need(Action.ANY_ACTION, Resource.ANYTHING)));

    /**
     * Asks for what the request needs; its sender has logged in.
     *
     * @return what it needs
     * @throws SmilodonException {@code Unauthorized} (13)
     */
    List<Need> check(Exchange exchange);

    /** These. */
    static Demand needs(Function<Exchange, List<Need>> needs) {
        return exchange -> {
            Caller caller = exchange.permit().caller();
            List<Need> all = needs.apply(exchange);
            if (!all.stream().allMatch(need -> caller.may(need.action(), need.resource()))) {
                throw new SmilodonException(ErrorCode.UNAUTHORIZED, "not authorized");
            }
            return all;
        };
    }

    /** What commands need that are sent to the database in the path. */
    static Demand commands(Function<Exchange, List<Document>> commands) {
        return exchange -> sent(exchange, exchange.path("db"), commands.apply(exchange));
    }

    /** What commands need that are sent to a database. */
    static List<Need> sent(Exchange exchange, String database, List<Document> commands) {
        CommandContext context =
                CommandContext.of(exchange.smilodon(), database)
                        .withCaller(exchange.permit().caller());
        List<Need> needs = new ArrayList<>();
        for (Document command : commands) {
            try {
                needs.addAll(Commands.authorize(context, command));
            } catch (SmilodonException refusal) {
                RequestAudit.of(exchange).refused(exchange, database, command);
                throw refusal;
            }
            RequestAudit.of(exchange).allowed(database, command);
        }
        return needs;
    }

    /** What a command needs for the collection in the path. */
    static Demand onCollection(String command) {
        return commands(
                exchange -> List.of(Document.of(command, Value.of(exchange.path("collection")))));
    }

    /** What a command needs for the database in the path. */
    static Demand onDatabase(String command) {
        return commands(exchange -> List.of(Document.of(command, Value.of(1))));
    }

    /** What a command needs for the server. */
    static Demand onServer(String command) {
        return exchange -> sent(exchange, "admin", List.of(Document.of(command, Value.of(1))));
    }
}
