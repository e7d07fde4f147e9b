package io.smilodon.query.aggregate;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.FieldPath;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.expression.FieldNames;
import io.smilodon.query.predicate.Predicate;
import io.smilodon.query.predicate.PredicateParser;
import java.util.Optional;

/** Reads {@code $graphLookup}. Lives while one is read. */
final class GraphLookupParser {

    private static final String FROM = "from";

    private Optional<String> from = Optional.empty();
    private Optional<Expression> startWith = Optional.empty();
    private Optional<FieldPath> out = Optional.empty();
    private Optional<FieldPath> in = Optional.empty();
    private Optional<FieldPath> as = Optional.empty();
    private Optional<FieldPath> depthField = Optional.empty();
    private long maxDepth = Long.MAX_VALUE - 1;
    private Predicate restriction = Predicate.everything();

    private GraphLookupParser() {}

    static Stage parse(StageOperand operand) {
        if (!(operand.value() instanceof Document options)) {
            throw operand.error(
                    ErrorCode.FAILED_TO_PARSE,
                    "the $graphLookup stage specification must be an object");
        }
        GraphLookupParser parser = new GraphLookupParser();
        parser.from = Optional.of(from(options.get(FROM), operand));
        for (Field option : options) {
            parser.read(option.name(), operand.child(option.name(), option.value()));
        }
        return parser.build(operand);
    }

    private void read(String name, StageOperand option) {
        switch (name) {
            case FROM -> {} // read before the others, as MongoDB does
            case "startWith" -> startWith = Optional.of(option.expression());
            case "connectFromField" -> out = Optional.of(path(option));
            case "connectToField" -> in = Optional.of(path(option));
            case "as" -> as = Optional.of(path(option));
            case "depthField" -> depthField = Optional.of(path(option));
            case "maxDepth" -> maxDepth = depth(option);
            case "restrictSearchWithMatch" -> restriction = restriction(option);
            default -> throw option.error(40104, "Unknown argument to $graphLookup");
        }
    }

    private Stage build(StageOperand operand) {
        if (from.isEmpty()
                || startWith.isEmpty()
                || out.isEmpty()
                || in.isEmpty()
                || as.isEmpty()) {
            throw operand.error(
                    40105,
                    "$graphLookup requires 'from', 'as', 'startWith', 'connectFromField', and"
                            + " 'connectToField' to be specified.");
        }
        GraphLookup.Edges edges =
                new GraphLookup.Edges(
                        from.get(), out.get(), in.get(), depthField, maxDepth, restriction);
        return new GraphLookup(edges, startWith.get(), as.get());
    }

    private static String from(Value written, StageOperand operand) {
        return switch (written) {
            case StringValue name -> name.value();
            case Missing absent ->
                    throw operand.error(
                            ErrorCode.FAILED_TO_PARSE,
                            "missing 'from' option to $graphLookup stage specification");
            default ->
                    throw operand.child(FROM, written)
                            .error(
                                    ErrorCode.FAILED_TO_PARSE,
                                    "$graphLookup 'from' option must be a string");
        };
    }

    private static String string(StageOperand option) {
        if (option.value() instanceof StringValue string) {
            return string.value();
        }
        throw option.error(40103, "expected string as argument of $graphLookup");
    }

    private static FieldPath path(StageOperand option) {
        return FieldNames.path(string(option), option.location());
    }

    private static long depth(StageOperand option) {
        if (!(option.value() instanceof NumberValue number)) {
            throw option.error(40100, "maxDepth must be numeric");
        }
        if (number.toDouble() < 0) {
            throw option.error(40101, "maxDepth requires a nonnegative argument");
        }
        if (number.toLong() != number.toDouble()) {
            throw option.error(40102, "maxDepth could not be represented as a long long");
        }
        return number.toLong();
    }

    private static Predicate restriction(StageOperand option) {
        if (option.value() instanceof Document filter) {
            return PredicateParser.parse(filter, option.location(), option.variables());
        }
        throw option.error(40185, "restrictSearchWithMatch must be an object");
    }
}
