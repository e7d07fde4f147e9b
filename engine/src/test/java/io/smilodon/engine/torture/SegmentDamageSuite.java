package io.smilodon.engine.torture;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;

/**
 * A5: every byte of a segment is damaged; blocks are exchanged, and replaced by those of an older
 * or another file. Each must be detected by whoever reads it.
 */
final class SegmentDamageSuite implements Suite {

    private static final Facts FACTS =
            new Facts("A5", "Damaged segments", "damages", 2_000_000, 12);

    private static final int EXCHANGES = 300;

    @Override
    public Facts facts() {
        return FACTS;
    }

    @Override
    public void run(Round round) throws IOException {
        Random random = round.random();
        int commits = 4 + random.nextInt(40);
        boolean isEven = random.nextBoolean();
        long seed = round.seed();
        SegmentImage image =
                isEven ? SegmentImage.even(seed, 1, commits) : SegmentImage.of(seed, 1, commits);
        SegmentImage foreign =
                isEven
                        ? SegmentImage.even(seed + 1, 2, commits)
                        : SegmentImage.of(seed, 2, commits);
        exchange(round, image, image.bytes().clone(), random);
        exchange(round, image, foreign.bytes(), random);
        byte[] bytes = image.bytes();
        for (int at = 0; at < bytes.length && !round.isOver(); at++) {
            byte good = bytes[at];
            bytes[at] ^= (byte) (1 << random.nextInt(8));
            check(round, image, at, "byte " + at);
            bytes[at] = good;
        }
        for (int block = 0; block < image.probe().blocks(); block++) {
            image.probe().requireGood(image.files(), block);
        }
    }

    /** Puts parts of one file, as long as a block, where blocks of the other are. */
    private static void exchange(Round round, SegmentImage image, byte[] other, Random random)
            throws IOException {
        int blocks = image.probe().blocks();
        byte[] bytes = image.bytes();
        for (int count = 0; count < EXCHANGES; count++) {
            int to = random.nextInt(blocks);
            int from = random.nextInt(blocks);
            int start = (int) image.probe().start(to);
            int length = image.probe().length(to);
            byte[] good = Arrays.copyOfRange(bytes, start, start + length);
            int source = Math.min((int) image.probe().start(from), other.length - length);
            System.arraycopy(other, source, bytes, start, length);
            if (!Arrays.equals(good, 0, length, bytes, start, start + length)) {
                check(round, image, start, "block " + to + " from " + from);
                round.count("blocks exchanged", 1);
            }
            System.arraycopy(good, 0, bytes, start, length);
        }
    }

    private static void check(Round round, SegmentImage image, int at, String what)
            throws IOException {
        try {
            int block = image.probe().blockAt(at);
            SmilodonException detected = image.probe().requireDetected(image.files(), block);
            if (!detected.code().equals(ErrorCode.DATA_CORRUPTION_DETECTED)
                    || !detected.details().containsKey("file")
                    || !detected.details().containsKey("offset")) {
                throw new AssertionError("reported as " + detected.details(), detected);
            }
        } catch (RuntimeException | AssertionError failure) {
            throw new AssertionError(what + ": " + failure, failure);
        }
        round.count(1);
    }
}
