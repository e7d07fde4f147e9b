package io.smilodon.engine.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** A JVM of its own for each: that is what must end. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class HangWatchTest {

    /** Runs the tests of a class, and ends well if they end. */
    static final class Program {

        private Program() {}

        public static void main(String[] arguments) {
            LauncherFactory.create()
                    .execute(
                            LauncherDiscoveryRequestBuilder.request()
                                    .selectors(selectClass(arguments[0]))
                                    .build());
            System.exit(0); // a thread that hangs must not be waited for
        }
    }

    private static void spin() {
        while (true) {
            Thread.onSpinWait();
        }
    }

    /** No interrupt gets it out. */
    static final class SpinningCase {

        @Test
        void ends() {}

        @Test
        void never_ends() {
            Thread.ofVirtual().name("beside").start(HangWatchTest::spin);
            spin();
        }
    }

    /** Hangs before its first test. */
    static final class LockedCase {

        @BeforeAll
        static void never_ends() throws InterruptedException {
            synchronized (LockedCase.class) {
                LockedCase.class.wait();
            }
        }

        @Test
        void never_comes() {}
    }

    /** Longer than the limit altogether, but it gets on. */
    static final class LongCase {

        @RepeatedTest(5)
        void takes_half_a_second() {
            long start = System.nanoTime();
            Await.until("half a second is over", () -> System.nanoTime() - start > 500_000_000);
        }
    }

    private static Process run(Class<?> tests) throws IOException {
        return new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-XX:TieredStopAtLevel=1",
                        "-D" + HangWatch.PROPERTY + "=2",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Program.class.getName(),
                        tests.getName())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static String errors(Process process) throws IOException {
        return new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static void assertEnds(int code, Process process) throws InterruptedException {
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        assertEquals(code, process.exitValue());
    }

    @Test
    void a_test_that_hangs_ends_the_jvm_and_is_named_with_all_stacks() throws Exception {
        Process process = run(SpinningCase.class);
        String told = errors(process);
        assertEnds(1, process);
        String hanging = told.substring(0, told.indexOf("THREADS:"));
        assertTrue(hanging.contains("SpinningCase]/[method:never_ends()]"), told);
        assertTrue(!hanging.contains("ends()]/") && hanging.lines().count() == 2, told);
        assertTrue(told.contains("\"main\" #"), told);
        assertTrue(told.contains("HangWatchTest.spin("), told);
        assertTrue(told.contains("\"beside\" virtual"), told);
    }

    @Test
    void a_class_that_hangs_before_its_first_test_ends_it_too() throws Exception {
        Process process = run(LockedCase.class);
        String told = errors(process);
        assertEnds(1, process);
        String hanging = told.substring(0, told.indexOf("THREADS:"));
        assertTrue(hanging.contains("LockedCase], nothing for "), told);
    }

    @Test
    void tests_that_take_longer_together_do_not() throws Exception {
        Process process = run(LongCase.class);
        String told = errors(process);
        assertEnds(0, process);
        assertEquals("", told);
    }
}
