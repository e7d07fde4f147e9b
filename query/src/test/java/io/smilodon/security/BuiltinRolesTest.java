package io.smilodon.security;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class BuiltinRolesTest {

    private static final List<String> OF_DATABASES =
            List.of("read", "readWrite", "dbAdmin", "dbOwner", "userAdmin", "enableSharding");

    private static List<String> table() throws IOException {
        try (InputStream file = BuiltinRolesTest.class.getResourceAsStream("/security/roles.txt")) {
            String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            return text.lines().filter(line -> line.contains(" | ")).toList();
        }
    }

    @Test
    void roles_allow_what_the_manual_says() throws IOException {
        Set<String> told = new TreeSet<>();
        for (RoleName name : names()) {
            for (Privilege privilege : BuiltinRoles.find(name).orElseThrow().listed()) {
                told.add(
                        name.role()
                                + " | "
                                + shown(privilege.resource())
                                + " | "
                                + privilege.actions().stream()
                                        .map(Action::label)
                                        .sorted()
                                        .collect(Collectors.joining(" ")));
            }
        }
        assertEquals(String.join("\n", new TreeSet<>(table())), String.join("\n", told));
    }

    private static List<RoleName> names() {
        List<RoleName> names = new ArrayList<>(BuiltinRoles.of("cinema"));
        BuiltinRoles.of("admin").stream()
                .filter(name -> !OF_DATABASES.contains(name.role()))
                .forEach(names::add);
        return names;
    }

    private static String shown(Resource resource) {
        return switch (resource.kind()) {
            case CLUSTER -> "cluster";
            case ANYTHING -> "any";
            case NAMESPACE ->
                    (resource.database().isEmpty() && !resource.collection().isEmpty()
                                    ? "*"
                                    : resource.database())
                            + "."
                            + resource.collection();
        };
    }

    @Test
    void roles_of_databases_are_in_all_and_others_in_admin() {
        assertEquals(
                new TreeSet<>(OF_DATABASES),
                BuiltinRoles.of("cinema").stream()
                        .map(RoleName::role)
                        .collect(Collectors.toCollection(TreeSet::new)));
        assertEquals(19, BuiltinRoles.of("admin").size());
    }

    @Test
    void every_action_has_one_name() {
        Set<String> labels = new HashSet<>();
        for (Action action : Action.values()) {
            labels.add(action.label());
            assertEquals(Optional.of(action), Action.find(action.label()));
            assertEquals(
                    action.name(),
                    action.label()
                            .replace("UUID", "Uuid")
                            .replace("DB", "Db")
                            .replace("RW", "Rw")
                            .replaceAll("([A-Z])", "_$1")
                            .toUpperCase(java.util.Locale.ROOT));
        }
        assertEquals(Action.values().length, labels.size());
        assertEquals(Optional.empty(), Action.find("fnid"));
    }

    /** What covers what, by MongoDB's rules. */
    @Test
    void the_server_keeps_its_own_apart() {
        PrivilegeSet everywhere =
                PrivilegeSet.builder().add(Resource.EVERY_DATABASE, Set.of(Action.FIND)).build();
        PrivilegeSet named =
                PrivilegeSet.builder()
                        .add(Resource.named("system.profile"), Set.of(Action.FIND))
                        .build();
        PrivilegeSet ofOne =
                PrivilegeSet.builder()
                        .add(Resource.database("d"), Set.of(Action.ANY_ACTION))
                        .build();
        Resource profile = Resource.collection("d", "system.profile");
        assertEquals(
                List.of(true, true, false, false, false, false),
                List.of(
                        everywhere.allow(Action.FIND, Resource.database("d")),
                        everywhere.allow(Action.FIND, Resource.collection("d", "c")),
                        everywhere.allow(Action.FIND, profile),
                        everywhere.allow(Action.FIND, Resource.collection("local", "c")),
                        everywhere.allow(Action.FIND, Resource.database("config")),
                        everywhere.allow(Action.FIND, Resource.CLUSTER)));
        assertEquals(
                List.of(true, false, false),
                List.of(
                        named.allow(Action.FIND, profile),
                        named.allow(Action.INSERT, profile),
                        named.allow(Action.FIND, Resource.database("d"))));
        assertEquals(
                List.of(true, true, false, false, false),
                List.of(
                        ofOne.allow(Action.FIND, Resource.collection("d", "c")),
                        ofOne.allow(Action.DROP_DATABASE, Resource.database("d")),
                        ofOne.allow(Action.FIND, profile),
                        ofOne.allow(Action.FIND, Resource.EVERY_DATABASE),
                        ofOne.allow(Action.FIND, Resource.database("e"))));
    }
}
