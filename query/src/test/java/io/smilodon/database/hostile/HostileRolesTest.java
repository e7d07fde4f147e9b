package io.smilodon.database.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.database.Smilodon;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.testing.Seeds;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.security.Action;
import io.smilodon.security.Caller;
import io.smilodon.security.Origin;
import io.smilodon.security.Privilege;
import io.smilodon.security.Resource;
import io.smilodon.security.RoleName;
import io.smilodon.security.Roles;
import io.smilodon.security.Roles.RoleChange;
import io.smilodon.security.UserName;
import io.smilodon.security.Users;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Roles in numbers and shapes that nobody needs. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class HostileRolesTest {

    private static final UserName ANN = new UserName("ann", "admin");

    private static RoleName name(int number) {
        return new RoleName("r" + number, "d");
    }

    private static Resource collection(int number) {
        return Resource.collection("d", "c" + number);
    }

    private static RoleChange change(int number, List<RoleName> inherited) {
        Privilege own = new Privilege(collection(number), EnumSet.of(Action.FIND));
        return new RoleChange(
                Optional.of(List.of(own)), Optional.of(inherited), Optional.of(ArrayValue.EMPTY));
    }

    private static RoleChange inheriting(List<RoleName> inherited) {
        return new RoleChange(Optional.empty(), Optional.of(inherited), Optional.empty());
    }

    private static void fails(int code, Executable work) {
        assertEquals(code, assertThrows(SmilodonException.class, work).code().number());
    }

    @Test
    void a_thousand_levels_are_followed_to_the_end() {
        try (Smilodon smilodon = Smilodon.inMemory()) {
            Users users = smilodon.users();
            users.roles().create(name(0), change(0, List.of()));
            for (int i = 1; i < 1_000; i++) {
                users.roles().create(name(i), change(i, List.of(name(i - 1))));
            }
            users.create(ANN, Document.EMPTY, List.of(name(999)));
            Caller caller = users.login(ANN, Origin.UNKNOWN);

            assertTrue(caller.may(Action.FIND, collection(0)));
            fails(49, () -> users.roles().grantRoles(name(0), List.of(name(999))));
            users.roles().revokeRoles(name(500), List.of(name(499)));
            assertFalse(caller.may(Action.FIND, collection(0)));
            assertTrue(caller.may(Action.FIND, collection(500)));
        }
    }

    @Test
    void numbers_are_bounded() {
        try (Smilodon smilodon = Smilodon.inMemory()) {
            Users users = smilodon.users();
            List<RoleName> many = new ArrayList<>();
            for (int i = 0; i <= Users.GRANTS_MAX; i++) {
                many.add(new RoleName("read", "d" + i));
            }
            fails(146, () -> users.create(ANN, Document.EMPTY, many));
            fails(146, () -> users.roles().create(name(0), change(0, many)));
            users.create(ANN, Document.EMPTY, many.subList(1, many.size()));
            fails(146, () -> users.grant(ANN, many.subList(0, 1)));
            List<Privilege> privileges = new ArrayList<>();
            for (int i = 0; i <= Roles.PRIVILEGES_MAX; i++) {
                privileges.add(new Privilege(collection(i), EnumSet.of(Action.FIND)));
            }
            users.roles().create(name(0), change(0, List.of()));
            fails(146, () -> users.roles().grantPrivileges(name(0), privileges));
        }
    }

    /** Ten roles that each inherit a thousand: more than one user may have. */
    @Test
    void what_is_inherited_is_bounded_too() {
        try (Smilodon smilodon = Smilodon.inMemory()) {
            Users users = smilodon.users();
            List<RoleName> tops = new ArrayList<>();
            for (int i = 0; i < 11; i++) {
                List<RoleName> inherited = new ArrayList<>();
                for (int j = 0; j < Users.GRANTS_MAX; j++) {
                    inherited.add(new RoleName("read", "d" + i + "x" + j));
                }
                RoleName top = new RoleName("top" + i, "admin");
                users.roles().create(top, inheriting(inherited));
                tops.add(top);
            }
            fails(146, () -> users.create(ANN, Document.EMPTY, tops));
            users.create(ANN, Document.EMPTY, tops.subList(0, 9));
        }
    }

    /** Whatever is granted and revoked, roles go round in no circle and allow what they reach. */
    @RepeatedTest(5)
    void random_roles_allow_what_they_reach() {
        long seed = Seeds.next();
        Random random = new Random(seed);
        int count = 12;
        boolean[][] inherits = new boolean[count][count];
        try (Smilodon smilodon = Smilodon.inMemory()) {
            Users users = smilodon.users();
            for (int i = 0; i < count; i++) {
                users.roles().create(name(i), change(i, List.of()));
            }
            users.create(ANN, Document.EMPTY, List.of(name(0)));
            Caller caller = users.login(ANN, Origin.UNKNOWN);
            for (int step = 0; step < 150; step++) {
                int role = random.nextInt(count);
                int other = random.nextInt(count);
                if (random.nextInt(4) == 0) {
                    users.roles().revokeRoles(name(role), List.of(name(other)));
                    inherits[role][other] = false;
                } else if (reached(inherits, other).contains(role)) {
                    fails(49, () -> users.roles().grantRoles(name(role), List.of(name(other))));
                } else {
                    users.roles().grantRoles(name(role), List.of(name(other)));
                    inherits[role][other] = true;
                }
                Set<Integer> reached = reached(inherits, 0);
                for (int i = 0; i < count; i++) {
                    assertEquals(
                            reached.contains(i),
                            caller.may(Action.FIND, collection(i)),
                            "seed " + seed + ", step " + step + ", role " + i);
                }
            }
        }
    }

    private static Set<Integer> reached(boolean[][] inherits, int from) {
        Set<Integer> reached = new HashSet<>(Set.of(from));
        boolean grows = true;
        while (grows) {
            grows = false;
            for (int role : Set.copyOf(reached)) {
                for (int other = 0; other < inherits.length; other++) {
                    grows |= inherits[role][other] && reached.add(other);
                }
            }
        }
        return reached;
    }
}
