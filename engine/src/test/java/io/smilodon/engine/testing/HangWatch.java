package io.smilodon.engine.testing;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Ends a JVM whose tests hang, and says which and where: a build that waits says nothing.
 *
 * <p>JUnit's own time limits interrupt the thread of a test, or leave it behind; Surefire's starts
 * again whenever a class ends, so that it never passes where classes run side by side. This one
 * ends the JVM, whatever its threads do. JUnit loads it in every module that sees this class.
 *
 * <p>What hangs is a test, or a class between two of its tests, in which nothing has begun or ended
 * for {@value #PROPERTY} seconds (600 unless told; the longest test takes 40).
 *
 * <p>Thread-safe: tests begin and end on many threads.
 */
public final class HangWatch implements TestExecutionListener {

    static final String PROPERTY = "smilodon.test.hangSeconds";

    private final Duration limit = Duration.ofSeconds(Long.getLong(PROPERTY, 600));
    private final Map<UniqueId, Running> running = new ConcurrentHashMap<>();
    private volatile CountDownLatch end = new CountDownLatch(0);

    private record Running(TestIdentifier test, long lastNanos) {

        Duration stillness() {
            return Duration.ofNanos(System.nanoTime() - lastNanos);
        }

        @Override
        public String toString() {
            return test.getUniqueId() + ", nothing for " + stillness().toSeconds() + " s";
        }
    }

    @Override
    public void testPlanExecutionStarted(TestPlan plan) {
        CountDownLatch over = new CountDownLatch(1);
        end = over;
        Thread watch = new Thread(() -> watch(over), "hang-watch");
        watch.setDaemon(true);
        watch.start();
    }

    @Override
    public void testPlanExecutionFinished(TestPlan plan) {
        end.countDown();
    }

    @Override
    public void executionStarted(TestIdentifier test) {
        running.put(test.getUniqueIdObject(), new Running(test, System.nanoTime()));
        touchParent(test);
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        touchParent(test);
        running.remove(test.getUniqueIdObject());
    }

    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
        touchParent(test);
    }

    private void touchParent(TestIdentifier test) {
        test.getParentIdObject()
                .ifPresent(
                        parent ->
                                running.computeIfPresent(
                                        parent,
                                        (id, last) -> new Running(last.test(), System.nanoTime())));
    }

    private void watch(CountDownLatch over) {
        try {
            while (!over.await(limit.toMillis() / 10, TimeUnit.MILLISECONDS)) {
                String still = still();
                if (!still.isEmpty()) {
                    giveUp(still);
                }
            }
        } catch (InterruptedException interrupt) {
            giveUp("the watch was interrupted");
        }
    }

    /** The tests, and the classes that run none at the moment, in which nothing happens. */
    private String still() {
        Set<UniqueId> parents =
                running.values().stream()
                        .flatMap(each -> each.test().getParentIdObject().stream())
                        .collect(Collectors.toSet());
        return running.entrySet().stream()
                .filter(each -> !parents.contains(each.getKey()))
                .map(Map.Entry::getValue)
                .filter(each -> each.stillness().compareTo(limit) > 0)
                .map(Running::toString)
                .collect(Collectors.joining("\n"));
    }

    /** Past Surefire's own streams, which lose what has not been sent when the JVM ends. */
    private void giveUp(String still) {
        try (PrintStream out =
                new PrintStream(
                        new FileOutputStream(FileDescriptor.err), false, StandardCharsets.UTF_8)) {
            out.println("TESTS HANG:\n" + still + "\nTHREADS:\n" + ThreadStacks.all());
            ProcessHandle.current()
                    .descendants()
                    .peek(child -> out.println("CHILD: " + child.info()))
                    .forEach(ProcessHandle::destroyForcibly);
        } finally {
            Runtime.getRuntime().halt(1);
        }
    }
}
