package io.smilodon.database;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * How many cursors may be open at a time, those too that somebody is reading.
 *
 * @param countMax of everybody
 * @param countOfUserMax of one user who has logged in, so that nobody takes all
 */
public record CursorLimits(int countMax, int countOfUserMax) {

    public static final CursorLimits DEFAULTS = new CursorLimits(10_000, 1_000);

    public CursorLimits {
        if (countMax < 1 || countOfUserMax < 1) {
            throw new IllegalArgumentException("cursors: " + countMax + ", " + countOfUserMax);
        }
    }

    public CursorLimits withCountMax(int count) {
        return new CursorLimits(count, countOfUserMax);
    }

    public CursorLimits withCountOfUserMax(int count) {
        return new CursorLimits(countMax, count);
    }

    /** Whether there can be too many of so many. */
    boolean areNear(int count) {
        return count >= Math.min(countMax, countOfUserMax);
    }

    /**
     * Refuses one more.
     *
     * @param owner whose it would be
     * @param open the owners of those that are open
     * @param sweep closes those that have waited too long
     * @throws SmilodonException {@code ExceededMemoryLimit}
     */
    void requireRoom(CursorOwner owner, Supplier<List<CursorOwner>> open, Runnable sweep) {
        if (refusal(owner, open.get()).isPresent()) {
            sweep.run();
            Optional<SmilodonException> refusal = refusal(owner, open.get());
            if (refusal.isPresent()) {
                throw refusal.get();
            }
        }
    }

    private Optional<SmilodonException> refusal(CursorOwner owner, List<CursorOwner> open) {
        if (open.size() >= countMax) {
            return Optional.of(refused("Too many open cursors", countMax));
        }
        boolean isFull =
                owner.user().isPresent()
                        && open.stream().filter(one -> one.user().equals(owner.user())).count()
                                >= countOfUserMax;
        return isFull
                ? Optional.of(refused("Too many open cursors of one user", countOfUserMax))
                : Optional.empty();
    }

    private static SmilodonException refused(String template, int limit) {
        return new SmilodonException(
                        ErrorCode.EXCEEDED_MEMORY_LIMIT, template, Map.of("limit", limit))
                .withHint("read cursors to their end, or close them");
    }
}
