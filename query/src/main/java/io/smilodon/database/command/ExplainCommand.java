package io.smilodon.database.command;

import io.smilodon.database.DocumentCollection;
import io.smilodon.database.FindRequest;
import io.smilodon.database.Verbosity;
import io.smilodon.database.action.Body;
import io.smilodon.database.action.BodyRules;
import io.smilodon.database.action.FieldKind;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.query.OperatorTable;
import java.util.List;
import java.util.Map;

/**
 * {@code {explain: command, verbosity}}: how a command would be carried out. A write is not: what
 * is told is how it would find its documents.
 */
final class ExplainCommand {

    private static final String VERBOSITY = "verbosity";
    private static final String ALL_PLANS = "allPlansExecution";

    static final Command ROW =
            Command.on(Target.DATABASE, Permission.READ)
                    .optional(FieldKind.STRING, VERBOSITY)
                    .by(ExplainCommand::explain);

    /** How one command is explained. */
    private interface Explainer {
        Document explain(Invocation command, Verbosity verbosity);
    }

    private static final OperatorTable<Explainer> EXPLAINERS =
            OperatorTable.<Explainer>builder()
                    .add("aggregate", AggregateCommand::explain)
                    .add("count", finding("COUNT", i -> ReadCommands.request(i.body())))
                    .add("delete", finding("DELETE", i -> batch(i, "deletes")))
                    .add("distinct", ReadCommands::explainDistinct)
                    .add("find", finding("", i -> FindCommand.request(i.body())))
                    .add("findAndModify", ExplainCommand::changing)
                    .add("findandmodify", ExplainCommand::changing)
                    .add("update", finding("UPDATE", i -> batch(i, "updates")))
                    .build();

    private ExplainCommand() {}

    /** What a command would find. */
    private interface Request {
        FindRequest of(Invocation command);
    }

    /**
     * @param stage what the command does with what it finds; empty for nothing
     */
    private static Explainer finding(String stage, Request request) {
        return (command, verbosity) -> {
            DocumentCollection collection = command.collection();
            Document told = collection.explain(request.of(command), verbosity);
            return stage.isEmpty() ? told : below(stage, told);
        };
    }

    private static Document below(String stage, Document told) {
        if (!(told.get("queryPlanner") instanceof Document planner)) {
            return told;
        }
        Document plan =
                Document.builder()
                        .put("stage", stage)
                        .put("inputStage", planner.get("winningPlan"))
                        .build();
        return told.with("queryPlanner", planner.with("winningPlan", plan));
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
        DocumentBuilder answer = Document.builder().put("explainVersion", "1");
        answer.putAll(explainer.explain(explained, Verbosity.ofName(wanted)));
        return answer.put("command", command).put("serverInfo", Server.description()).build();
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
        String stage = command.body().flag("remove", false) ? "DELETE" : "UPDATE";
        return finding(stage, ExplainCommand::findAndModify).explain(command, verbosity);
    }

    private static FindRequest findAndModify(Invocation command) {
        Body body = command.body();
        return FindRequest.of(body.document("query"))
                .withSort(body.document("sort"))
                .withHint(body.value("hint"))
                .withCollation(body.document("collation"))
                .withMaxTimeMillis(body.number("maxTimeMS"))
                .withLet(body.document("let"))
                .withLimit(1);
    }

    private static FindRequest batch(Invocation command, String field) {
        boolean isUpdate = field.equals("updates");
        BodyRules rules = isUpdate ? WriteCommands.UPDATE_RULES : WriteCommands.DELETE_RULES;
        List<WriteStatement> statements = WriteCommands.statements(command, field, rules);
        if (statements.size() != 1) {
            throw new SmilodonException(
                    ErrorCode.INVALID_LENGTH,
                    "explained write batches must be of size 1",
                    Map.of("actual", statements.size()));
        }
        Body body = statements.get(0).body();
        boolean isMany = isUpdate ? body.flag("multi", false) : body.number("limit") == 0;
        return FindRequest.of(body.document("q"))
                .withSort(body.document("sort"))
                .withHint(body.value("hint"))
                .withCollation(body.document("collation"))
                .withMaxTimeMillis(command.body().number("maxTimeMS"))
                .withLet(command.body().document("let"))
                .withLimit(isMany ? 0 : 1);
    }
}
