package io.smilodon.database.command;

import io.smilodon.database.Parameters;
import io.smilodon.database.action.Body;
import io.smilodon.database.action.FieldKind;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import io.smilodon.security.Action;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * <code>{getParameter: 1 or "*" or {showDetails, allParameters, setAt}, name: 1, …}</code> and
 * <code>{setParameter: 1, name: value, …}</code>.
 */
final class ParameterCommands {

    static final Command GET =
            Command.on(Target.ADMIN, Permission.MONITOR, Requirement.onServer(Action.GET_PARAMETER))
                    .takingAnyField()
                    .by(ParameterCommands::get);

    static final Command SET =
            Command.on(
                            Target.ADMIN,
                            Permission.ADMINISTER,
                            Requirement.onServer(Action.SET_PARAMETER))
                    .takingAnyField()
                    .by(ParameterCommands::set);

    private static final String COMMENT = "comment";
    private static final String VERSION = "8.0";

    /** There is one version, which scripts that set servers up ask for. */
    static final Command SET_VERSION =
            Command.on(
                            Target.ADMIN,
                            Permission.ADMINISTER,
                            Requirement.onServer(Action.SET_FEATURE_COMPATIBILITY_VERSION))
                    .optional(FieldKind.BOOLEAN, "confirm")
                    .writeConcern()
                    .by(ParameterCommands::setVersion);

    private static final String RUNTIME = "runtime";
    private static final String HELP = ", use help:true to see options ";

    private ParameterCommands() {}

    private static Document setVersion(Invocation invocation) {
        if (!invocation.argument().equals(Value.of(VERSION))) {
            throw new SmilodonException(
                            ErrorCode.location(4926900),
                            "Invalid feature compatibility version value",
                            Map.of("actual", invocation.argument(), "expected", VERSION))
                    .at(Location.ROOT.child(invocation.name()));
        }
        return Document.EMPTY;
    }

    private static Document get(Invocation invocation) {
        Body how =
                new Body(
                        invocation.argument() instanceof Document options
                                ? options
                                : Document.EMPTY,
                        Location.ROOT.child(invocation.name()));
        boolean isStar =
                invocation.argument() instanceof StringValue text && text.value().equals("*");
        boolean isAll = isStar || how.flag("allParameters", false);
        boolean isRuntimeOnly = how.text("setAt").filter(RUNTIME::equals).isPresent();
        Parameters parameters = invocation.context().smilodon().parameters();
        DocumentBuilder found = Document.builder();
        for (String name : parameters.names()) {
            boolean isAsked = isAll || invocation.body().has(name);
            if (isAsked && (!isRuntimeOnly || parameters.isSettable(name))) {
                found.put(
                        name,
                        how.flag("showDetails", false)
                                ? details(parameters, name)
                                : parameters.get(name));
            }
        }
        if (found.size() == 0) {
            throw invalid("no option found to get");
        }
        return found.build();
    }

    private static Document details(Parameters parameters, String name) {
        return Document.builder()
                .put("value", parameters.get(name))
                .put("settableAtRuntime", parameters.isSettable(name))
                .put("settableAtStartup", false)
                .build();
    }

    /** All are known before the first is set; the answer tells what the first was. */
    private static Document set(Invocation invocation) {
        Parameters parameters = invocation.context().smilodon().parameters();
        Document wanted = invocation.body().fields().without(COMMENT);
        Set<String> names = new TreeSet<>();
        wanted.forEach(field -> names.add(field.name()));
        for (String name : names) {
            requireSettable(parameters, name);
        }
        if (names.isEmpty()) {
            throw invalid("no option found to set" + HELP);
        }
        Value was = parameters.get(names.iterator().next());
        names.forEach(name -> parameters.set(name, wanted.get(name)));
        return Document.of("was", was);
    }

    private static void requireSettable(Parameters parameters, String name) {
        if (!parameters.has(name)) {
            throw invalid("attempted to set unrecognized parameter [" + name + "]" + HELP);
        }
        if (!parameters.isSettable(name)) {
            throw new SmilodonException(
                            ErrorCode.ILLEGAL_OPERATION,
                            "not allowed to change [" + name + "] at runtime")
                    .at(Location.ROOT.child(name));
        }
    }

    private static SmilodonException invalid(String text) {
        return new SmilodonException(ErrorCode.INVALID_OPTIONS, text).at(Location.ROOT);
    }
}
