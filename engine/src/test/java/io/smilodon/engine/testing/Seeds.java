package io.smilodon.engine.testing;

import java.lang.StackWalker.StackFrame;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * Seeds for random tests. They follow from the number of the run and from the class that asks, so
 * that a build judges a change and not its luck: {@code -Dsmilodon.run=<number>} tries other cases,
 * {@code -Dsmilodon.run=any} others each time. A test prints its seed when it fails; {@code
 * -Dsmilodon.seed=<seed>} then replays that case. Thread-safe.
 */
public final class Seeds {

    private static final Long GIVEN = Long.getLong("smilodon.seed");
    private static final String ANY = "any";
    private static final long RUN = run(System.getProperty("smilodon.run", "0"));

    private static final Map<String, SplittableRandom> OF_CLASSES = new HashMap<>();

    private Seeds() {}

    private static long run(String number) {
        return number.equals(ANY) ? System.nanoTime() : Long.parseLong(number);
    }

    public static long next() {
        return GIVEN != null ? GIVEN : next(StackWalker.getInstance().walk(Seeds::test));
    }

    private static synchronized long next(String test) {
        return OF_CLASSES
                .computeIfAbsent(test, name -> new SplittableRandom(RUN ^ spread(name)))
                .nextLong();
    }

    /** The outermost class of this project on the stack, without what is nested in it. */
    private static String test(Stream<StackFrame> frames) {
        return frames.map(StackFrame::getClassName)
                .filter(name -> name.startsWith("io.smilodon."))
                .reduce((inner, outer) -> outer)
                .map(name -> name.replaceFirst("\\$.*", ""))
                .orElseThrow();
    }

    private static long spread(String name) {
        return new SplittableRandom(name.hashCode()).nextLong();
    }
}
