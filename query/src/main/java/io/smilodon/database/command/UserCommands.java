package io.smilodon.database.command;

import io.smilodon.database.action.Body;
import io.smilodon.database.action.FieldKind;
import io.smilodon.database.action.WriteConcern;
import io.smilodon.database.command.UserArguments.Naming;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.predicate.Predicate;
import io.smilodon.query.predicate.PredicateParser;
import io.smilodon.security.Action;
import io.smilodon.security.Descriptions;
import io.smilodon.security.Descriptions.Wanted;
import io.smilodon.security.RoleName;
import io.smilodon.security.User;
import io.smilodon.security.UserName;
import io.smilodon.security.Users;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The commands about users. */
final class UserCommands {

    private static final String PASSWORD = "pwd";
    private static final String CREDENTIALS = "showCredentials";
    private static final String CUSTOM_DATA = "showCustomData";
    private static final String SHOWN_PRIVILEGES = "showPrivileges";
    private static final String SHOWN_RESTRICTIONS = "showAuthenticationRestrictions";
    private static final String FILTER = "filter";

    static final Command CREATE =
            changing(UserRequirement::createUser)
                    .required(FieldKind.ARRAY, UserArguments.ROLES)
                    .optional(FieldKind.STRING, PASSWORD)
                    .optional(FieldKind.OBJECT, "customData")
                    .optional(FieldKind.BOOLEAN, UserCredentials.DIGESTS)
                    .optional(FieldKind.ARRAY, UserCredentials.MECHANISMS)
                    .optional(FieldKind.ARRAY, UserArguments.RESTRICTIONS)
                    .concealing(PASSWORD)
                    .by(UserCommands::create);

    static final Command UPDATE =
            changing(UserRequirement::updateUser)
                    .optional(FieldKind.STRING, PASSWORD)
                    .optional(FieldKind.OBJECT, "customData")
                    .optional(FieldKind.BOOLEAN, UserCredentials.DIGESTS)
                    .optional(FieldKind.ARRAY, UserCredentials.MECHANISMS)
                    .optional(FieldKind.ARRAY, UserArguments.ROLES, UserArguments.RESTRICTIONS)
                    .concealing(PASSWORD)
                    .by(UserCommands::update);

    static final Command DROP = changing(UserRequirement::dropUser).by(UserCommands::drop);

    static final Command DROP_ALL = changing(UserRequirement::dropUser).by(UserCommands::dropAll);

    static final Command GRANT =
            changing(UserRequirement::grantRoles)
                    .required(FieldKind.ARRAY, UserArguments.ROLES)
                    .by(
                            invocation -> {
                                users(invocation).grant(name(invocation), someRoles(invocation));
                                return Document.EMPTY;
                            });

    static final Command REVOKE =
            changing(UserRequirement::revokeRoles)
                    .required(FieldKind.ARRAY, UserArguments.ROLES)
                    .by(
                            invocation -> {
                                users(invocation).revoke(name(invocation), someRoles(invocation));
                                return Document.EMPTY;
                            });

    static final Command INFO =
            Command.on(Target.DATABASE, Permission.MONITOR, UserRequirement::usersInfo)
                    .optional(FieldKind.BOOLEAN_OR_NUMBER, CREDENTIALS, CUSTOM_DATA)
                    .optional(FieldKind.BOOLEAN_OR_NUMBER, SHOWN_PRIVILEGES, SHOWN_RESTRICTIONS)
                    .optional(FieldKind.OBJECT, FILTER)
                    .by(UserCommands::info);

    static final Command INVALIDATE =
            Command.on(
                            Target.ADMIN,
                            Permission.ADMINISTER,
                            Requirement.onServer(Action.INVALIDATE_USER_CACHE))
                    .by(
                            invocation -> {
                                users(invocation).invalidate();
                                return Document.EMPTY;
                            });

    private UserCommands() {}

    static Command.Builder changing(Requirement requirement) {
        return Command.on(Target.DATABASE, Permission.ADMINISTER, requirement).writeConcern();
    }

    private static Users users(Invocation invocation) {
        return invocation.context().smilodon().users();
    }

    private static UserName name(Invocation invocation) {
        WriteConcern.options(invocation.body());
        return new UserName(text(invocation), invocation.context().databaseName());
    }

    /** The name that is the value of the command's own field. */
    static String text(Invocation invocation) {
        if (invocation.argument() instanceof StringValue text) {
            return text.value();
        }
        throw new SmilodonException(
                        ErrorCode.TYPE_MISMATCH,
                        "BSON field '"
                                + invocation.name()
                                + "."
                                + invocation.name()
                                + "' is the wrong type '"
                                + invocation.argument().type().alias()
                                + "', expected type 'string'")
                .at(Location.ROOT.child(invocation.name()));
    }

    static List<RoleName> roles(Invocation invocation) {
        return UserArguments.roles(invocation.body().fields(), invocation.context().databaseName());
    }

    /** At least one. */
    static List<RoleName> someRoles(Invocation invocation) {
        List<RoleName> roles = roles(invocation);
        if (roles.isEmpty()) {
            throw empty(invocation, UserArguments.ROLES);
        }
        return roles;
    }

    static SmilodonException empty(Invocation invocation, String field) {
        return new SmilodonException(
                        ErrorCode.BAD_VALUE,
                        invocation.name() + " command requires a non-empty \"" + field + "\" array")
                .at(Location.ROOT.child(field));
    }

    static SmilodonException refused(String text) {
        return new SmilodonException(ErrorCode.BAD_VALUE, text);
    }

    private static Document create(Invocation invocation) {
        UserName name = name(invocation);
        UserCredentials.checkName(name);
        if (!invocation.body().has(PASSWORD)) {
            throw refused(
                    "Must provide a 'pwd' field for all user documents, except those with"
                            + " '$external' as the user's source db");
        }
        users(invocation).create(name, UserCredentials.change(invocation, name, roles(invocation)));
        return Document.EMPTY;
    }

    private static Document update(Invocation invocation) {
        UserName name = name(invocation);
        UserCredentials.checkChanges(invocation);
        users(invocation).change(name, UserCredentials.change(invocation, name, roles(invocation)));
        return Document.EMPTY;
    }

    private static Document drop(Invocation invocation) {
        UserName name = name(invocation);
        if (!users(invocation).drop(name)) {
            throw new SmilodonException(ErrorCode.USER_NOT_FOUND, "User '" + name + "' not found");
        }
        return Document.EMPTY;
    }

    private static Document dropAll(Invocation invocation) {
        WriteConcern.options(invocation.body());
        int count = users(invocation).dropAll(invocation.context().databaseName());
        return Document.of("n", Value.of(count));
    }

    // ---- What there is

    static InfoArgument<UserName> wanted(Value argument, String database) {
        return InfoArgument.parse(argument, new Naming<>("user", database, UserName::new));
    }

    private static Document info(Invocation invocation) {
        Body body = invocation.body();
        String database = invocation.context().databaseName();
        InfoArgument<UserName> wanted = wanted(invocation.argument(), database);
        boolean isDetailed =
                body.flag(SHOWN_PRIVILEGES, false) || body.flag(SHOWN_RESTRICTIONS, false);
        if (isDetailed && (body.has(FILTER) || wanted.isOfAll() || wanted.isOfDatabase())) {
            throw new SmilodonException(
                    ErrorCode.ILLEGAL_OPERATION,
                    "Privilege or restriction details require exact-match usersInfo queries");
        }
        Predicate filter =
                PredicateParser.parse(body.document(FILTER), Location.ROOT.child(FILTER));
        List<Document> told =
                found(invocation, wanted).stream()
                        .sorted(
                                Comparator.comparing((User user) -> user.name().user())
                                        .thenComparing(user -> user.name().database()))
                        .map(user -> told(invocation, user, isDetailed))
                        .filter(filter::matches)
                        .toList();
        return Document.of("users", ArrayValue.of(told));
    }

    private static List<User> found(Invocation invocation, InfoArgument<UserName> wanted) {
        Users users = users(invocation);
        if (wanted.isOfAll()) {
            return users.all();
        }
        String database = invocation.context().databaseName();
        return wanted.isOfDatabase()
                ? users.all().stream()
                        .filter(user -> user.name().database().equals(database))
                        .toList()
                : wanted.names().stream().map(users::find).flatMap(Optional::stream).toList();
    }

    private static Document told(Invocation invocation, User user, boolean isDetailed) {
        Body body = invocation.body();
        Wanted details = new Wanted(true, body.flag(SHOWN_RESTRICTIONS, false));
        Descriptions descriptions = users(invocation).roles().descriptions();
        Document told = isDetailed ? descriptions.user(user, details) : descriptions.user(user);
        if (body.flag(CREDENTIALS, false)) {
            told = told.with("credentials", user.stored().get("credentials"));
        }
        return body.flag(CUSTOM_DATA, true) ? told : told.without("customData");
    }
}
