package io.smilodon.database.command;

import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.StringValue;
import io.smilodon.security.Action;
import io.smilodon.security.Privilege;
import io.smilodon.security.Resource;
import io.smilodon.security.RoleName;
import io.smilodon.security.UserName;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** What the commands about users and roles need, with MongoDB's words for who may not. */
final class UserRequirement {

    private static final String ADMIN = "admin";

    private static final List<String> CHANGES =
            List.of(
                    "pwd",
                    "mechanisms",
                    "customData",
                    UserArguments.ROLES,
                    UserArguments.RESTRICTIONS);

    private UserRequirement() {}

    // ---- Users

    static void createUser(Asked asked) {
        asked.need(
                Action.CREATE_USER,
                asked.databaseItself(),
                "Not authorized to create users on db: " + asked.database());
        needGrants(asked);
        needRestrictions(asked);
    }

    /** Own passwords and data may be changed by who is allowed that. */
    static void updateUser(Asked asked) {
        UserName user = new UserName(text(asked), asked.database());
        Document command = asked.command();
        if (command.has("pwd") || command.has("mechanisms")) {
            needOwn(asked, Action.CHANGE_OWN_PASSWORD, Action.CHANGE_PASSWORD, "password");
        }
        if (command.has("customData")) {
            needOwn(asked, Action.CHANGE_OWN_CUSTOM_DATA, Action.CHANGE_CUSTOM_DATA, "customData");
        }
        if (command.has(UserArguments.ROLES)) {
            asked.need(
                    Action.REVOKE_ROLE,
                    Resource.EVERY_DATABASE,
                    "In order to use updateUser to set roles array, must be authorized to revoke"
                            + " any role in the system");
            needGrants(asked);
        }
        needRestrictions(asked);
        if (CHANGES.stream().noneMatch(command::has)) {
            asked.need(Action.CHANGE_PASSWORD, asked.databaseItself());
        }
    }

    private static void needOwn(Asked asked, Action own, Action others, String what) {
        UserName user = new UserName(text(asked), asked.database());
        boolean isOwn = asked.caller().user().filter(user::equals).isPresent();
        if (!isOwn || !asked.may(own, asked.databaseItself())) {
            asked.need(
                    others,
                    asked.databaseItself(),
                    "Not authorized to change " + what + " of user: " + user);
        }
    }

    static void dropUser(Asked asked) {
        asked.need(
                Action.DROP_USER,
                asked.databaseItself(),
                "Not authorized to drop users from the " + asked.database() + " database");
    }

    /** One may always see oneself. */
    static void usersInfo(Asked asked) {
        InfoArgument<UserName> wanted =
                UserCommands.wanted(asked.command().get(asked.name()), asked.database());
        if (wanted.isOfAll()) {
            asked.need(
                    Action.VIEW_USER,
                    Resource.CLUSTER,
                    "Not authorized to view users from all databases");
        }
        String text = "Not authorized to view users from the " + asked.database() + " database";
        if (wanted.isOfDatabase()) {
            asked.need(Action.VIEW_USER, asked.databaseItself(), text);
        }
        Optional<UserName> self = asked.caller().user();
        for (UserName name : wanted.names()) {
            if (self.filter(name::equals).isEmpty()) {
                asked.need(Action.VIEW_USER, Resource.database(name.database()), text);
            }
        }
    }

    // ---- Roles

    static void createRole(Asked asked) {
        asked.need(
                Action.CREATE_ROLE,
                asked.databaseItself(),
                "Not authorized to create roles on db: " + asked.database());
        needGrants(asked);
        needPrivileges(asked, Action.GRANT_ROLE, "grant");
        needRestrictions(asked);
    }

    static void updateRole(Asked asked) {
        asked.need(
                Action.REVOKE_ROLE,
                Resource.EVERY_DATABASE,
                "updateRole command required the ability to revoke any role in the system");
        needGrants(asked);
        needPrivileges(asked, Action.GRANT_ROLE, "grant");
        needRestrictions(asked);
    }

    static void dropRole(Asked asked) {
        asked.need(
                Action.DROP_ROLE,
                asked.databaseItself(),
                "Not authorized to drop roles from the " + asked.database() + " database");
    }

    static void grantRoles(Asked asked) {
        needGrants(asked);
        needSome(asked, UserArguments.roles(asked.command(), asked.database()));
    }

    static void revokeRoles(Asked asked) {
        List<RoleName> roles = UserArguments.roles(asked.command(), asked.database());
        for (RoleName role : roles) {
            asked.need(
                    Action.REVOKE_ROLE,
                    Resource.database(role.database()),
                    "Not authorized to revoke role: " + role);
        }
        needSome(asked, roles);
    }

    static void grantPrivileges(Asked asked) {
        needPrivileges(asked, Action.GRANT_ROLE, "grant");
        needSome(asked, UserArguments.privileges(asked.command()));
    }

    static void revokePrivileges(Asked asked) {
        needPrivileges(asked, Action.REVOKE_ROLE, "revoke");
        needSome(asked, UserArguments.privileges(asked.command()));
    }

    /** Who names nothing is told so only if he might change something. */
    private static void needSome(Asked asked, Collection<?> named) {
        if (named.isEmpty()) {
            asked.need(Action.GRANT_ROLE, asked.databaseItself());
        }
    }

    /** One may always see the roles that one has. */
    static void rolesInfo(Asked asked) {
        InfoArgument<RoleName> wanted =
                RoleCommands.wanted(asked.command().get(asked.name()), asked.database());
        if (wanted.isOfDatabase()) {
            asked.need(
                    Action.VIEW_ROLE,
                    asked.databaseItself(),
                    "Not authorized to view roles from the " + asked.database() + " database");
        }
        List<RoleName> own = asked.caller().roles();
        for (RoleName name : wanted.names()) {
            if (!own.contains(name)) {
                asked.need(
                        Action.VIEW_ROLE,
                        Resource.database(name.database()),
                        "Not authorized to view roles from the " + name.database() + " database");
            }
        }
    }

    // ---- Both

    private static String text(Asked asked) {
        return asked.command().get(asked.name()) instanceof StringValue text ? text.value() : "";
    }

    private static void needGrants(Asked asked) {
        for (RoleName role : UserArguments.roles(asked.command(), asked.database())) {
            asked.need(
                    Action.GRANT_ROLE,
                    Resource.database(role.database()),
                    "Not authorized to grant role: " + role);
        }
    }

    /** What reaches beyond one database, one grants in {@code admin}. */
    private static void needPrivileges(Asked asked, Action action, String verb) {
        for (Privilege privilege : UserArguments.privileges(asked.command())) {
            String database = privilege.resource().database();
            if (database.isEmpty()) {
                asked.need(
                        action,
                        Resource.database(ADMIN),
                        "To "
                                + verb
                                + " privileges affecting multiple databases or the cluster, must"
                                + " be authorized to "
                                + verb
                                + " roles from the admin database");
            } else {
                asked.need(
                        action,
                        Resource.database(database),
                        "Not authorized to "
                                + verb
                                + " privileges on the "
                                + database
                                + " database");
            }
        }
    }

    private static void needRestrictions(Asked asked) {
        if (asked.command().has(UserArguments.RESTRICTIONS)) {
            asked.need(
                    Action.SET_AUTHENTICATION_RESTRICTION, asked.databaseItself(), "Unauthorized");
        }
    }
}
