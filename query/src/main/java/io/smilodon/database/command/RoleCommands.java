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
import io.smilodon.engine.value.Value;
import io.smilodon.query.value.Truth;
import io.smilodon.security.Descriptions;
import io.smilodon.security.Descriptions.Wanted;
import io.smilodon.security.Privilege;
import io.smilodon.security.RoleName;
import io.smilodon.security.Roles;
import io.smilodon.security.Roles.RoleChange;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The commands about roles. */
final class RoleCommands {

    private static final String SHOWN_PRIVILEGES = "showPrivileges";
    private static final String SHOWN_RESTRICTIONS = "showAuthenticationRestrictions";
    private static final String SHOWN_BUILTIN = "showBuiltinRoles";
    private static final Value AS_FRAGMENT = Value.of("asUserFragment");

    static final Command CREATE =
            UserCommands.changing(UserRequirement::createRole)
                    .required(FieldKind.ARRAY, UserArguments.PRIVILEGES)
                    .required(FieldKind.ARRAY, UserArguments.ROLES)
                    .optional(FieldKind.ARRAY, UserArguments.RESTRICTIONS)
                    .by(RoleCommands::create);

    static final Command UPDATE =
            UserCommands.changing(UserRequirement::updateRole)
                    .optional(FieldKind.ARRAY, UserArguments.PRIVILEGES, UserArguments.ROLES)
                    .optional(FieldKind.ARRAY, UserArguments.RESTRICTIONS)
                    .by(RoleCommands::update);

    static final Command DROP =
            UserCommands.changing(UserRequirement::dropRole)
                    .by(
                            invocation -> {
                                roles(invocation).drop(changeable(invocation));
                                return Document.EMPTY;
                            });

    static final Command DROP_ALL =
            UserCommands.changing(UserRequirement::dropRole).by(RoleCommands::dropAll);

    static final Command GRANT_ROLES =
            UserCommands.changing(UserRequirement::grantRoles)
                    .required(FieldKind.ARRAY, UserArguments.ROLES)
                    .by(invocation -> roles(invocation, Roles::grantRoles));

    static final Command REVOKE_ROLES =
            UserCommands.changing(UserRequirement::revokeRoles)
                    .required(FieldKind.ARRAY, UserArguments.ROLES)
                    .by(invocation -> roles(invocation, Roles::revokeRoles));

    static final Command GRANT_PRIVILEGES =
            UserCommands.changing(UserRequirement::grantPrivileges)
                    .required(FieldKind.ARRAY, UserArguments.PRIVILEGES)
                    .by(invocation -> privileges(invocation, Roles::grantPrivileges));

    static final Command REVOKE_PRIVILEGES =
            UserCommands.changing(UserRequirement::revokePrivileges)
                    .required(FieldKind.ARRAY, UserArguments.PRIVILEGES)
                    .by(invocation -> privileges(invocation, Roles::revokePrivileges));

    static final Command INFO =
            Command.on(Target.DATABASE, Permission.MONITOR, UserRequirement::rolesInfo)
                    .optional(FieldKind.ANYTHING, SHOWN_PRIVILEGES)
                    .optional(FieldKind.BOOLEAN_OR_NUMBER, SHOWN_RESTRICTIONS, SHOWN_BUILTIN)
                    .by(RoleCommands::info);

    private RoleCommands() {}

    private static Roles roles(Invocation invocation) {
        return invocation.context().smilodon().users().roles();
    }

    private static RoleName name(Invocation invocation) {
        WriteConcern.options(invocation.body());
        return new RoleName(UserCommands.text(invocation), invocation.context().databaseName());
    }

    /** The role of the command, which somebody made. */
    private static RoleName changeable(Invocation invocation) {
        RoleName name = name(invocation);
        if (Roles.isBuiltin(name)) {
            throw UserCommands.refused(name + " is a built-in role and cannot be modified");
        }
        return name;
    }

    /** Changes which roles one inherits. */
    private interface RolesChange {
        void make(Roles roles, RoleName name, List<RoleName> named);
    }

    private static Document roles(Invocation invocation, RolesChange change) {
        List<RoleName> named = UserCommands.someRoles(invocation);
        change.make(roles(invocation), changeable(invocation), named);
        return Document.EMPTY;
    }

    /** Changes what one allows by itself. */
    private interface PrivilegesChange {
        void make(Roles roles, RoleName name, List<Privilege> named);
    }

    private static Document privileges(Invocation invocation, PrivilegesChange change) {
        List<Privilege> named = UserArguments.privileges(invocation.body().fields());
        if (named.isEmpty()) {
            throw UserCommands.empty(invocation, UserArguments.PRIVILEGES);
        }
        change.make(roles(invocation), changeable(invocation), named);
        return Document.EMPTY;
    }

    private static Document create(Invocation invocation) {
        RoleName name = name(invocation);
        if (name.role().isEmpty()) {
            throw UserCommands.refused("Role name must be non-empty");
        }
        if (name.database().equals("local") || name.database().equals("$external")) {
            throw UserCommands.refused(
                    "Cannot create roles in the " + name.database() + " database");
        }
        if (Roles.isBuiltin(name)) {
            throw UserCommands.refused("Cannot create roles with the same name as a built-in role");
        }
        roles(invocation).create(name, change(invocation));
        return Document.EMPTY;
    }

    private static Document update(Invocation invocation) {
        boolean isAny =
                Stream.of(UserArguments.PRIVILEGES, UserArguments.ROLES, UserArguments.RESTRICTIONS)
                        .anyMatch(invocation.body()::has);
        if (!isAny) {
            throw UserCommands.refused("Must specify at least one field to update in updateRole");
        }
        roles(invocation).change(changeable(invocation), change(invocation));
        return Document.EMPTY;
    }

    private static RoleChange change(Invocation invocation) {
        Body body = invocation.body();
        return new RoleChange(
                body.has(UserArguments.PRIVILEGES)
                        ? Optional.of(UserArguments.privileges(body.fields()))
                        : Optional.empty(),
                body.has(UserArguments.ROLES)
                        ? Optional.of(UserCommands.roles(invocation))
                        : Optional.empty(),
                body.has(UserArguments.RESTRICTIONS)
                        ? Optional.of(UserArguments.restrictions(body.fields()))
                        : Optional.empty());
    }

    private static Document dropAll(Invocation invocation) {
        WriteConcern.options(invocation.body());
        int count = roles(invocation).dropAll(invocation.context().databaseName());
        return Document.of("n", Value.of(count));
    }

    // ---- What there is

    static InfoArgument<RoleName> wanted(Value argument, String database) {
        return InfoArgument.parse(argument, new Naming<>("role", database, RoleName::new));
    }

    private static Document info(Invocation invocation) {
        Body body = invocation.body();
        String database = invocation.context().databaseName();
        InfoArgument<RoleName> asked = wanted(invocation.argument(), database);
        if (asked.isOfAll()) {
            throw UserCommands.refused("Invalid rolesInfo argument: roles are of one database")
                    .at(Location.ROOT.child(invocation.name()));
        }
        Descriptions descriptions = roles(invocation).descriptions();
        boolean isFragment = body.value(SHOWN_PRIVILEGES).equals(AS_FRAGMENT);
        Wanted wanted =
                new Wanted(
                        isFragment || Truth.of(body.value(SHOWN_PRIVILEGES)),
                        body.flag(SHOWN_RESTRICTIONS, false));
        if (isFragment && asked.isOfDatabase()) {
            throw new SmilodonException(
                    ErrorCode.ILLEGAL_OPERATION,
                    "Cannot get user fragment for all roles in a database");
        }
        if (isFragment) {
            return Document.of("userFragment", descriptions.fragment(asked.names(), wanted));
        }
        List<RoleName> names =
                asked.isOfDatabase()
                        ? roles(invocation).of(database, body.flag(SHOWN_BUILTIN, false))
                        : asked.names();
        List<Document> told =
                names.stream()
                        .map(name -> descriptions.role(name, wanted))
                        .flatMap(Optional::stream)
                        .toList();
        return Document.of("roles", ArrayValue.of(told));
    }
}
