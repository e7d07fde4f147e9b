package io.smilodon.engine.mutant;

import io.smilodon.engine.torture.Hunt;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;

/** Gives a mutant to its suite. Pure functions. */
public final class MutantTrials {

    private MutantTrials() {}

    /**
     * Tries for some time.
     *
     * @return how the mutant was found out; empty if it was not
     */
    public static Optional<String> kill(Mutant mutant, long seconds) throws InterruptedException {
        CompletableFuture<String> answer = new CompletableFuture<>();
        Thread.ofPlatform().daemon().start(() -> run(mutant, seconds, answer));
        try {
            String found = answer.get(3 * seconds + 60, TimeUnit.SECONDS);
            return Optional.of(found).filter(text -> !text.equals(Hunt.SURVIVED));
        } catch (TimeoutException hangs) {
            return Optional.of("hangs");
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(mutant.name(), impossible.getCause());
        }
    }

    private static void run(Mutant mutant, long seconds, CompletableFuture<String> answer) {
        try {
            Object trial =
                    new MutantLoader(mutant)
                            .loadClass(MutantTrial.class.getName())
                            .getDeclaredConstructor()
                            .newInstance();
            @SuppressWarnings("unchecked")
            BiFunction<String, Long, String> function = (BiFunction<String, Long, String>) trial;
            answer.complete(function.apply(mutant.suite(), TimeUnit.SECONDS.toNanos(seconds)));
        } catch (ReflectiveOperationException | IOException | RuntimeException | Error broken) {
            answer.completeExceptionally(broken);
        }
    }
}
