package io.smilodon.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.Progress;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.testing.CrashPolicy;
import io.smilodon.engine.testing.FaultyDirectory;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.security.Action;
import io.smilodon.security.Caller;
import io.smilodon.security.Origin;
import io.smilodon.security.Privilege;
import io.smilodon.security.Resource;
import io.smilodon.security.RoleName;
import io.smilodon.security.Roles.RoleChange;
import io.smilodon.security.User;
import io.smilodon.security.UserName;
import io.smilodon.security.Users;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Users and roles are as safe as documents: over a power loss at every operation. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class UsersCrashTest {

    private static final UserName ANN = new UserName("ann", "admin");
    private static final RoleName WATCH = new RoleName("watch", "cinema");
    private static final RoleName READ = new RoleName("read", "cinema");
    private static final Resource FILMS = Resource.collection("cinema", "films");

    /** What is done, one after another; in the end all is as in the beginning. */
    private static final List<Step> STEPS =
            List.of(
                    users -> users.roles().create(WATCH, watching()),
                    users -> users.create(ANN, Document.EMPTY, List.of(WATCH)),
                    users -> users.grant(ANN, List.of(READ)),
                    users -> users.roles().drop(WATCH),
                    users -> users.drop(ANN));

    /** Whether the role is there, and which roles the user has, if there is one. */
    private static final List<Object> STATES =
            List.of(
                    Arrays.asList(false, null),
                    Arrays.asList(true, null),
                    Arrays.asList(true, List.of(WATCH)),
                    Arrays.asList(true, List.of(WATCH, READ)),
                    Arrays.asList(false, List.of(READ)));

    /** A change of users or roles. */
    private interface Step {
        void make(Users users);
    }

    private static RoleChange watching() {
        Privilege privilege = new Privilege(FILMS, EnumSet.of(Action.FIND));
        return new RoleChange(
                Optional.of(List.of(privilege)),
                Optional.of(List.of()),
                Optional.of(ArrayValue.EMPTY));
    }

    @ParameterizedTest
    @EnumSource(
            value = CrashPolicy.class,
            names = {"DROP_ALL", "KEEP_ALL", "POSIX_RANDOM"})
    void what_is_acknowledged_is_kept_and_no_half_of_what_is_not(CrashPolicy policy) {
        boolean isCrashed = true;
        long operations = 0;
        while (isCrashed) {
            FaultyDirectory directory = FaultyDirectory.crashingAfter(operations);
            int acknowledged = run(directory);
            isCrashed = directory.operations() > operations;
            FaultyDirectory left = directory.afterCrash(policy, operations);
            int reached = reached(left);
            assertTrue(
                    reached == acknowledged % STATES.size()
                            || reached == (acknowledged + 1) % STATES.size(),
                    "after " + operations + ": " + acknowledged + " became " + reached);
            operations++;
        }
        assertTrue(operations > 30, "there were many operations");
    }

    private static int run(FaultyDirectory directory) {
        int done = 0;
        try (Smilodon smilodon = Smilodon.open(directory, DatabaseOptions.DEFAULTS)) {
            for (Step step : STEPS) {
                step.make(smilodon.users());
                done++;
            }
        } catch (SmilodonException stopped) {
            return done;
        }
        return done;
    }

    /** How many steps have been made: what is there after each of them is something else. */
    private static int reached(FaultyDirectory directory) {
        try (Smilodon smilodon = Smilodon.open(directory, DatabaseOptions.DEFAULTS)) {
            Users users = smilodon.users();
            boolean isRole = !users.roles().of("cinema", false).isEmpty();
            Optional<List<RoleName>> granted = users.find(ANN).map(User::roles);
            assertEquals(granted.isEmpty(), users.isEmpty());
            List<Object> state = Arrays.asList(isRole, granted.orElse(null));
            int reached = STATES.indexOf(state);
            assertTrue(reached >= 0, state::toString);
            return reached;
        }
    }

    @Test
    void a_backup_has_the_users(@TempDir Path root) {
        Path copy = root.resolve("copy");
        try (Smilodon smilodon = Smilodon.open(root.resolve("data"))) {
            STEPS.subList(0, 2).forEach(step -> step.make(smilodon.users()));
            smilodon.backup(copy);
        }
        Backups.restore(copy, root.resolve("restored"), Progress.SILENT);
        try (Smilodon restored = Smilodon.open(root.resolve("restored"))) {
            Caller caller = restored.users().login(ANN, Origin.UNKNOWN);
            assertTrue(caller.may(Action.FIND, FILMS));
            assertEquals(List.of(WATCH), caller.roles());
        }
    }
}
