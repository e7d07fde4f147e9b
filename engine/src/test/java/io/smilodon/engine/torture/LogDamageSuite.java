package io.smilodon.engine.torture;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * A4: a log is cut at every byte, each of its bits is flipped, parts of it are overwritten, its
 * sectors are lost, exchanged or repeated. What recovery must say is known in each case.
 */
final class LogDamageSuite implements Suite {

    private static final Facts FACTS = new Facts("A4", "Damaged logs", "damages", 3_000_000, 20);

    private static final int OVERWRITTEN = 1_500;
    private static final int SHUFFLED = 500;

    /** Of so many damages one is given to the whole engine. */
    private static final int OPENED_EVERY = 1_000;

    @Override
    public Facts facts() {
        return FACTS;
    }

    @Override
    public void run(Round round) throws IOException {
        Damaged damaged = new Damaged(round);
        byte[] log = damaged.image.log();
        Random random = round.random();
        byte[] stale = LogImage.of(round.seed() + 1).log();
        for (int length = 0; length < log.length && !round.isOver(); length++) {
            damaged.check(LogDamages.cut(log, length), false);
        }
        for (int count = 0; count < OVERWRITTEN && !round.isOver(); count++) {
            damaged.check(LogDamages.overwritten(log, stale, random), false);
        }
        for (int count = 0; count < SHUFFLED && !round.isOver(); count++) {
            damaged.check(LogDamages.shuffled(log, random), true);
            if (!damaged.image.frames().isEmpty()) {
                Optional<byte[]> repeated =
                        LogDamages.repeated(log, damaged.image.frames(), random);
                if (repeated.isPresent()) {
                    damaged.check(repeated.get(), true);
                }
            }
        }
        for (long bit = 0; bit < 8L * log.length && !round.isOver(); bit++) {
            damaged.check(LogDamages.flipped(log, bit), false);
        }
    }

    /** One image with what must be said of its damages. */
    private static final class Damaged {

        private final Round round;
        private final LogImage image;
        private final LogVerdict verdicts;
        private long checked;

        Damaged(Round round) throws IOException {
            this.round = round;
            this.image = LogImage.of(round.seed());
            this.verdicts = image.verdict();
        }

        void check(byte[] bytes, boolean hasMoved) throws IOException {
            LogVerdict.Verdict expected = verdicts.of(bytes, hasMoved);
            try {
                replay(bytes, expected);
                if (checked % OPENED_EVERY == round.seed() % OPENED_EVERY) {
                    open(bytes, expected);
                }
            } catch (RuntimeException | AssertionError failure) {
                throw new StateFailure(
                        image.name() + ", damage " + checked + ", expected " + expected,
                        image.with(bytes),
                        failure);
            }
            checked++;
            round.count(1);
            round.count(expected.isRefused() ? "refused" : "cut", 1);
        }

        private void replay(byte[] bytes, LogVerdict.Verdict expected) throws IOException {
            List<Integer> found;
            try {
                found = image.replay(bytes);
            } catch (SmilodonException refused) {
                requireRefusal(expected, refused);
                return;
            }
            requireKept(expected, found.size());
            if (!found.equals(image.batches().subList(0, found.size()))) {
                throw new AssertionError("other batches than were written");
            }
        }

        private void open(byte[] bytes, LogVerdict.Verdict expected) {
            round.count("opened whole", 1);
            try {
                requireKept(expected, image.open(bytes));
            } catch (SmilodonException refused) {
                requireRefusal(expected, refused);
            }
        }

        private void requireKept(LogVerdict.Verdict expected, int commits) {
            if (expected.isRefused()) {
                throw new AssertionError("accepted, with " + commits + " commits");
            }
            int kept = image.kept(expected.commits());
            if (commits != kept) {
                throw new AssertionError(commits + " commits, not " + kept);
            }
        }

        private static void requireRefusal(LogVerdict.Verdict expected, SmilodonException refused) {
            boolean isExpected =
                    expected.isRefused()
                            && refused.code().equals(ErrorCode.DATA_CORRUPTION_DETECTED)
                            && (expected.lsn() < 0
                                    || refused.details().get("lsn").equals(expected.lsn()));
            if (!isExpected) {
                throw new AssertionError("refused: " + refused.details(), refused);
            }
        }
    }
}
