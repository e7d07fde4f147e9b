package io.smilodon.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.database.Smilodon;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class UsersTest {

    private static final UserName ANN = new UserName("ann", "admin");
    private static final RoleName READ = new RoleName("read", "cinema");
    private static final Resource FILMS = Resource.collection("cinema", "films");

    private static void fails(int code, Executable work) {
        assertEquals(code, assertThrows(SmilodonException.class, work).code().number());
    }

    @Test
    void a_login_may_what_its_roles_allow_until_they_do_not() {
        try (Smilodon smilodon = Smilodon.inMemory()) {
            Users users = smilodon.users();
            assertTrue(users.isEmpty());
            fails(18, () -> users.login(ANN, Origin.UNKNOWN));
            users.create(ANN, Document.EMPTY, List.of(READ));
            Caller caller = users.login(ANN, Origin.UNKNOWN);

            assertTrue(caller.may(Action.FIND, FILMS));
            assertFalse(caller.may(Action.INSERT, FILMS));
            assertFalse(caller.may(Action.FIND, Resource.collection("cinema", "system.profile")));
            assertFalse(caller.may(Action.FIND, Resource.collection("other", "films")));
            assertFalse(caller.may(Action.SERVER_STATUS, Resource.CLUSTER));
            fails(13, () -> caller.check(Action.INSERT, FILMS));

            assertTrue(users.drop(ANN));
            assertFalse(caller.isAuthenticated());
            assertFalse(caller.may(Action.FIND, FILMS));
            users.create(ANN, Document.EMPTY, List.of(READ));
            assertFalse(caller.isAuthenticated(), "another of the same name");
        }
    }

    @Test
    void a_user_exists_once_and_has_only_roles_that_exist() {
        try (Smilodon smilodon = Smilodon.inMemory()) {
            Users users = smilodon.users();
            fails(
                    31,
                    () ->
                            users.create(
                                    ANN, Document.EMPTY, List.of(new RoleName("root", "cinema"))));
            users.create(ANN, Document.EMPTY, List.of());
            fails(51003, () -> users.create(ANN, Document.EMPTY, List.of()));
        }
    }

    /** Of two that would have one {@code _id}, one would take the place of the other. */
    @Test
    void no_two_names_are_kept_as_one() {
        try (Smilodon smilodon = Smilodon.inMemory()) {
            Users users = smilodon.users();
            UserName dotted = new UserName("c.d", "b");
            users.create(dotted, Document.EMPTY, List.of(READ));
            fails(73, () -> users.create(new UserName("d", "b.c"), Document.EMPTY, List.of(READ)));
            fails(73, () -> users.create(new UserName("d", ""), Document.EMPTY, List.of(READ)));
            assertTrue(users.find(new UserName("d", "b.c")).isEmpty());
            assertTrue(users.find(dotted).isPresent());
        }
    }

    /** What has been taken away is gone for whoever asks after that. */
    @Test
    void changes_count_from_the_next_question_on() throws Exception {
        ExecutorService others = Executors.newSingleThreadExecutor();
        AtomicBoolean isOver = new AtomicBoolean();
        try (Smilodon smilodon = Smilodon.inMemory()) {
            Users users = smilodon.users();
            users.create(ANN, Document.EMPTY, List.of(READ));
            Caller caller = users.login(ANN, Origin.UNKNOWN);
            Future<?> asking =
                    others.submit(
                            () -> {
                                while (!isOver.get()) {
                                    caller.may(Action.FIND, FILMS);
                                }
                            });
            for (int round = 0; round < 300; round++) {
                users.revoke(ANN, List.of(READ));
                assertFalse(caller.may(Action.FIND, FILMS), "round " + round);
                users.grant(ANN, List.of(READ));
                assertTrue(caller.may(Action.FIND, FILMS), "round " + round);
            }
            isOver.set(true);
            asking.get();
        } finally {
            isOver.set(true);
            others.shutdown();
        }
    }

    @Test
    void users_are_there_when_the_directory_is_opened_again(@TempDir Path directory) {
        try (Smilodon smilodon = Smilodon.open(directory)) {
            smilodon.users().create(ANN, Document.EMPTY, List.of(READ));
        }
        try (Smilodon smilodon = Smilodon.open(directory)) {
            assertTrue(smilodon.users().login(ANN, Origin.UNKNOWN).may(Action.FIND, FILMS));
        }
    }

    @Test
    void nobody_may_nothing_and_the_program_itself_everything() {
        for (Action action : Action.values()) {
            assertFalse(Caller.NOBODY.may(action, FILMS));
            assertFalse(Caller.NOBODY.may(action, Resource.CLUSTER));
            assertTrue(Caller.UNRESTRICTED.may(action, FILMS));
        }
    }
}
