package io.smilodon.database.command;

import io.smilodon.database.FindRequest;
import io.smilodon.database.Verbosity;
import io.smilodon.database.action.BodyRules;
import io.smilodon.database.action.FieldKind;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.OperatorTable;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code {explain: command, verbosity}}: how a command would be carried out. A write is not: what
 * is told is how it would find its documents, and how many it would change.
 */
final class ExplainCommand {

    private static final String VERBOSITY = "verbosity";
    private static final Value COUNT = Value.of("COUNT");
    private static final String ALL_PLANS = "allPlansExecution";

    static final Command ROW =
            Command.on(Target.DATABASE, Permission.READ, ExplainCommand::needExplained)
                    .optional(FieldKind.STRING, VERBOSITY)
                    .by(ExplainCommand::explain);

    /** How one command is explained. */
    private interface Explainer {
        Document explain(Invocation command, Verbosity verbosity);
    }

    private static final OperatorTable<Explainer> EXPLAINERS =
            OperatorTable.<Explainer>builder()
                    .add("aggregate", AggregateCommand::explained)
                    .add("count", ExplainCommand::counting)
                    .add("delete", ExplainCommand::deleting)
                    .add("distinct", ReadCommands::explainDistinct)
                    .add("find", ExplainCommand::finding)
                    .add("findAndModify", ExplainCommand::changing)
                    .add("findandmodify", ExplainCommand::changing)
                    .add("update", ExplainCommand::updating)
                    .build();

    private ExplainCommand() {}

    private static Document finding(Invocation command, Verbosity verbosity) {
        return command.collection().explain(FindCommand.request(command.body()), verbosity);
    }

    private static Document counting(Invocation command, Verbosity verbosity) {
        FindRequest request = ReadCommands.request(command.body());
        Document told = command.collection().explainCount(request, verbosity);
        if (!(told.get("queryPlanner") instanceof Document planner)) {
            return told; // of a view
        }
        Document plan = counted((Document) planner.get("winningPlan"), Document.EMPTY);
        Document counting = told.with("queryPlanner", planner.with("winningPlan", plan));
        if (!(told.get("executionStats") instanceof Document stats)) {
            return counting;
        }
        long works = ((NumberValue) stats.get("nReturned")).toLong() + 1;
        Document done =
                Document.builder()
                        .put("nReturned", 0)
                        .put("executionTimeMillisEstimate", stats.get("executionTimeMillis"))
                        .put("nCounted", stats.get("nReturned"))
                        .put("nSkipped", NumberValue.intOrLong(request.skip()))
                        .put("works", NumberValue.intOrLong(works))
                        .put("advanced", 0)
                        .put("needTime", NumberValue.intOrLong(works - 1))
                        .put("needYield", 0)
                        .build();
        Document stages = counted((Document) stats.get("executionStages"), done);
        return counting.with(
                "executionStats",
                stats.with("nReturned", Value.of(0)).with("executionStages", stages));
    }

    private static Document counted(Document input, Document done) {
        return Document.builder()
                .put("stage", COUNT)
                .putAll(done)
                .put("inputStage", counted(input))
                .build();
    }

    /** What is counted: the keys of an index, if the plan counts them already. */
    private static Document counted(Document input) {
        if (!input.get("stage").equals(COUNT)
                || !(input.get("inputStage") instanceof Document keys)) {
            return input;
        }
        boolean isOfOneIndex = keys.get("stage").equals(Value.of("IXSCAN"));
        return isOfOneIndex ? keys.with("stage", Value.of("COUNT_SCAN")) : keys;
    }

    /** What the explained command needs. */
    private static void needExplained(Asked asked) {
        if (asked.command().get(asked.name()) instanceof Document inner && !inner.isEmpty()) {
            String name = inner.iterator().next().name();
            Optional<Command> row = Commands.TABLE.find(name).filter(found -> EXPLAINERS.has(name));
            row.ifPresent(found -> asked.needAlso(found.requirement(), name, inner));
        }
    }

    private static Document explain(Invocation invocation) {
        Document command = inner(invocation);
        String name = command.isEmpty() ? "" : command.iterator().next().name();
        if (!Commands.TABLE.has(name)) {
            throw new SmilodonException(
                            ErrorCode.COMMAND_NOT_FOUND,
                            "Explain failed due to unknown command: " + name)
                    .at(Location.ROOT.child(invocation.name()));
        }
        Explainer explainer = EXPLAINERS.find(name).orElseThrow(() -> refused(name));
        String wanted = invocation.body().text(VERBOSITY).orElse(ALL_PLANS);
        Invocation explained = Commands.invocation(invocation.context(), command);
        ExpectedCollection.check(explained);
        Document told = explainer.explain(explained, Verbosity.ofName(wanted));
        return told(told, command, invocation.context());
    }

    /** What is told of a command that is explained. */
    static Document told(Document explained, Document command, CommandContext context) {
        return Document.builder()
                .put("explainVersion", "1")
                .putAll(explained)
                .put("command", command.with("$db", Value.of(context.databaseName())))
                .put("serverInfo", Server.description())
                .build();
    }

    private static Document inner(Invocation invocation) {
        if (invocation.argument() instanceof Document command) {
            return command;
        }
        throw new SmilodonException(
                        ErrorCode.TYPE_MISMATCH,
                        "What is explained is a command",
                        Map.of("actual", invocation.argument().type().alias()))
                .at(Location.ROOT.child(invocation.name()));
    }

    private static SmilodonException refused(String name) {
        return new SmilodonException(ErrorCode.ILLEGAL_OPERATION, "Cannot explain cmd: " + name);
    }

    private static Document changing(Invocation command, Verbosity verbosity) {
        return FindAndModifyCommand.action(command.body()).explain(command.collection(), verbosity);
    }

    private static Document updating(Invocation command, Verbosity verbosity) {
        WriteStatement statement = only(command, "updates", WriteCommands.UPDATE_RULES);
        return statement.updating().explain(command.collection(), verbosity);
    }

    private static Document deleting(Invocation command, Verbosity verbosity) {
        WriteStatement statement = only(command, "deletes", WriteCommands.DELETE_RULES);
        return statement
                .deleting(WriteCommands.isMulti(statement.body()))
                .explain(command.collection(), verbosity);
    }

    private static WriteStatement only(Invocation command, String field, BodyRules rules) {
        List<WriteStatement> statements = WriteCommands.statements(command, field, rules);
        if (statements.size() != 1) {
            throw new SmilodonException(
                    ErrorCode.INVALID_LENGTH,
                    "explained write batches must be of size 1",
                    Map.of("actual", statements.size()));
        }
        return statements.get(0);
    }
}
