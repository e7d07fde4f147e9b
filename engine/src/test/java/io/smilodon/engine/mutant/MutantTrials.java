package io.smilodon.engine.mutant;

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
            return Optional.of(found).filter(text -> !text.equals(MutantTrial.SURVIVED));
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

    /** Tries every mutant whose name contains the argument; prints what came of it. */
    public static void main(String[] arguments) throws InterruptedException {
        int survivors = 0;
        for (Mutant mutant : Mutants.ALL) {
            if (arguments.length == 0 || mutant.toString().contains(arguments[0])) {
                long start = System.nanoTime();
                Optional<String> found = kill(mutant, 60);
                survivors += found.isPresent() ? 0 : 1;
                String text = found.orElse("SURVIVED").replace('\n', ' ');
                System.out.printf(
                        "%5.1f s  %s: %s%n",
                        (System.nanoTime() - start) / 1e9,
                        mutant,
                        text.substring(0, Math.min(160, text.length())));
            }
        }
        System.exit(survivors == 0 ? 0 : 1);
    }
}
