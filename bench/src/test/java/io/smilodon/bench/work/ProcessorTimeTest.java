package io.smilodon.bench.work;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.smilodon.engine.testing.Await;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ProcessorTimeTest {

    private volatile boolean isEnough;

    /** More threads than processors: some of them always wait. */
    @Test
    @Timeout(30)
    void threads_that_run_are_counted_and_those_that_wait_for_a_processor() throws Exception {
        assumeTrue(Files.exists(Path.of("/proc/self/schedstat")), "the system counts it");
        long enough = TimeUnit.MILLISECONDS.toNanos(50);
        long ran = ProcessorTime.nanos(List.of());
        long waited = ProcessorTime.waitedNanos(List.of());
        List<Thread> threads = new ArrayList<>();
        for (int number = 0; number < 2 * Runtime.getRuntime().availableProcessors(); number++) {
            threads.add(Thread.ofPlatform().start(this::run));
        }
        try {
            Await.until(
                    "they have run and waited",
                    () ->
                            ProcessorTime.nanos(List.of()) - ran >= enough
                                    && ProcessorTime.waitedNanos(List.of()) - waited >= enough);
        } finally {
            isEnough = true;
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertTrue(ProcessorTime.nanos(List.of()) - ran >= enough);
    }

    private void run() {
        while (!isEnough) {
            Thread.onSpinWait();
        }
    }
}
