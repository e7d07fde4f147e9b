package io.smilodon.query.expression;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.FieldPath;
import io.smilodon.engine.value.Missing;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Parses what follows {@code $$}: the name of a variable, and perhaps a path into its value. */
public final class VariableReference {

    /** Where paths begin: the document, or what an expression binds in its place. */
    private static final String CURRENT = "CURRENT";

    private VariableReference() {}

    /** Parses what follows {@code $}: a path that begins at {@code CURRENT}. */
    static Expression path(String written, ExpressionScope scope) {
        FieldPath path = FieldNames.path(written, scope.location());
        return scope.variables().contains(CURRENT)
                ? new InsideExpression(new VariableExpression(CURRENT), path.steps())
                : new FieldExpression(path);
    }

    static Expression parse(String reference, ExpressionScope scope) {
        int dot = reference.indexOf('.');
        String name = dot < 0 ? reference : reference.substring(0, dot);
        Expression variable = variable(name, scope);
        if (dot < 0) {
            return variable;
        }
        FieldPath path = FieldNames.path(reference.substring(dot + 1), scope.location());
        return variable instanceof RootExpression
                ? new FieldExpression(path)
                : new InsideExpression(variable, path.steps());
    }

    private static Expression variable(String name, ExpressionScope scope) {
        return switch (name) {
            // Bound where expressions look at a document inside the one that the stage works on.
            case "ROOT", CURRENT ->
                    scope.variables().contains(name)
                            ? new VariableExpression(name)
                            : new RootExpression();
            case "NOW" -> new NowExpression();
            case "REMOVE" -> new Literal(Missing.INSTANCE);
            case "CLUSTER_TIME" -> new ClusterTimeExpression();
            case "USER_ROLES" -> new UserRolesExpression();
            case "SEARCH_META" -> new SearchMetaExpression();
            case "JS_SCOPE" -> throw unavailable(name, scope);
            default -> userVariable(name, scope);
        };
    }

    /** There is no script whose value an expression could see. */
    private static SmilodonException unavailable(String name, ExpressionScope scope) {
        return scope.error(
                        ErrorCode.location(51144),
                        "Builtin variable is not available",
                        Map.of("name", name))
                .withHint("variables here: " + known(scope));
    }

    private static Expression userVariable(String name, ExpressionScope scope) {
        if (name.isEmpty()) {
            throw scope.error(
                    ErrorCode.FAILED_TO_PARSE, "empty variable names are not allowed", Map.of());
        }
        if (!scope.variables().contains(name)) {
            throw scope.error(
                            ErrorCode.location(17276),
                            "Use of undefined variable",
                            Map.of("name", name))
                    .withHint("variables here: " + known(scope));
        }
        return new VariableExpression(name);
    }

    private static List<String> known(ExpressionScope scope) {
        List<String> names =
                new ArrayList<>(
                        List.of("CLUSTER_TIME", CURRENT, "NOW", "REMOVE", "ROOT", "USER_ROLES"));
        scope.variables().stream().sorted().forEach(names::add);
        return names;
    }

    /** The same for what an expression binds, which may be {@code CURRENT} too. */
    public static void requireBindable(String name, ExpressionScope scope) {
        if (!name.equals(CURRENT)) {
            requireUserName(name, scope);
        }
    }

    /**
     * Refuses a name that a user's variable cannot have: it starts with a small letter and goes on
     * with letters, digits and underscores; other letters than those of ASCII are free.
     */
    public static void requireUserName(String name, ExpressionScope scope) {
        if (name.isEmpty() || !startsVariable(name.charAt(0))) {
            throw scope.error(
                    ErrorCode.FAILED_TO_PARSE,
                    "variable name starts with an invalid character for a user variable name",
                    Map.of("name", name));
        }
        if (!name.chars().allMatch(VariableReference::continuesVariable)) {
            throw scope.error(
                    ErrorCode.FAILED_TO_PARSE,
                    "variable name contains an invalid character for a variable name",
                    Map.of("name", name));
        }
    }

    private static boolean startsVariable(char c) {
        return c >= 'a' && c <= 'z' || c >= 0x80;
    }

    private static boolean continuesVariable(int c) {
        return c >= 'a' && c <= 'z'
                || c >= 'A' && c <= 'Z'
                || c >= '0' && c <= '9'
                || c == '_'
                || c >= 0x80;
    }
}
