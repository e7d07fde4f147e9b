package io.smilodon.rest;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Which commands do the same as an action, as far as what they need. Pure functions. */
final class ActionDemand {

    private static final String PIPELINE = "pipeline";
    private static final String UPSERT = "upsert";
    private static final String BYPASS = "bypassDocumentValidation";
    private static final String UPDATE = "update";
    private static final String MODIFY = "findAndModify";

    /** By the names of actions; of other ones nothing is known. */
    private static final Map<String, String> COMMANDS =
            Map.ofEntries(
                    Map.entry("aggregate", "aggregate"),
                    Map.entry("count", "count"),
                    Map.entry("distinct", "distinct"),
                    Map.entry("find", "find"),
                    Map.entry("findOne", "find"),
                    Map.entry("deleteMany", "delete"),
                    Map.entry("deleteOne", "delete"),
                    Map.entry("findOneAndDelete", MODIFY),
                    Map.entry("findOneAndReplace", MODIFY),
                    Map.entry("findOneAndUpdate", MODIFY),
                    Map.entry("insertMany", "insert"),
                    Map.entry("insertOne", "insert"),
                    Map.entry("replaceOne", UPDATE),
                    Map.entry("updateMany", UPDATE),
                    Map.entry("updateOne", UPDATE));

    private ActionDemand() {}

    /** Whether it is known what an action needs. */
    static boolean knows(String action) {
        return COMMANDS.containsKey(action)
                || action.equals("bulkWrite")
                || action.equals("explain");
    }

    /** Whether an action is a single command in other words. */
    static boolean isOneCommand(String action) {
        return COMMANDS.containsKey(action);
    }

    /** The commands that need what an action needs. */
    static List<Document> commands(String action, String collection, Document body) {
        if (action.equals("bulkWrite")) {
            return bulkWrite(collection, body);
        }
        if (action.equals("explain")) {
            return List.of(command(body.has(PIPELINE) ? "aggregate" : "find", collection, body));
        }
        return List.of(command(action, collection, body));
    }

    private static Document command(String action, String collection, Document body) {
        String name = COMMANDS.get(action);
        DocumentBuilder command = Document.builder().put(name, collection);
        keep(command, body, BYPASS);
        switch (name) {
            case "aggregate" -> keep(command, body, PIPELINE);
            case UPDATE -> {
                DocumentBuilder statement = Document.builder();
                keep(statement, body, UPSERT);
                command.put("updates", ArrayValue.of(statement.build()));
            }
            case MODIFY -> {
                command.put("remove", action.equals("findOneAndDelete"));
                keep(command, body, UPSERT);
            }
            default -> {}
        }
        return command.build();
    }

    private static void keep(DocumentBuilder command, Document body, String option) {
        if (body.has(option)) {
            command.put(option, body.get(option));
        }
    }

    private static List<Document> bulkWrite(String collection, Document body) {
        List<Document> commands = new ArrayList<>();
        if (body.get("operations") instanceof ArrayValue operations) {
            for (Value operation : operations) {
                if (operation instanceof Document written) {
                    for (Field named : written) {
                        commands.addAll(operation(named, collection));
                    }
                }
            }
        }
        return commands;
    }

    /** One that is not known needs what any of them may need; who reads it refuses it. */
    private static List<Document> operation(Field named, String collection) {
        Document arguments = named.value() instanceof Document given ? given : Document.EMPTY;
        List<String> actions =
                COMMANDS.containsKey(named.name())
                        ? List.of(named.name())
                        : List.of("insertOne", "updateOne", "deleteOne", "findOne");
        return actions.stream().map(action -> command(action, collection, arguments)).toList();
    }
}
