package io.smilodon.rest;

import io.smilodon.database.CursorOwner;
import io.smilodon.database.command.CommandContext;
import io.smilodon.database.command.Commands;
import io.smilodon.engine.value.Document;
import java.util.List;
import java.util.Optional;

/** MongoDB's commands: answered as a driver would see it, errors too. */
final class CommandRoutes {

    private CommandRoutes() {}

    static List<Route> routes() {
        return List.of(
                Route.post("/api/v1/dbs/{db}/command", Permission.ADMINISTER)
                        .demanding(Demand.LOGIN)
                        .summary("Carry out any of MongoDB's commands")
                        .body("The command, its name first: {\"count\": \"movies\"}")
                        .answer(200, "Its answer; ok is 0 and code says why if it failed")
                        .inTransaction()
                        .by(CommandRoutes::run));
    }

    private static void run(Exchange exchange) {
        CommandContext context =
                new CommandContext(
                        exchange.smilodon(),
                        exchange.path("db"),
                        exchange.transaction(),
                        exchange.client(),
                        Exchange.TIME_LIMITS,
                        Optional.empty(),
                        CursorOwner.NONE,
                        exchange.permit().caller(),
                        Optional.empty());
        Document command = exchange.bodyDocument();
        boolean waits = exchange.transaction().isEmpty() && Commands.waitsForTurn(command);
        Document answer =
                waits
                        ? exchange.smilodon()
                                .admission()
                                .admit(() -> Commands.run(context, command))
                        : Commands.run(context, command);
        exchange.answer(200, answer);
    }
}
