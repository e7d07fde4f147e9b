package io.smilodon.engine.torture;

import io.smilodon.engine.log.FrameMap;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Ways to damage the bytes of a file. Pure functions. */
final class LogDamages {

    private static final int SECTOR = 512;

    private LogDamages() {}

    static byte[] flipped(byte[] content, long bit) {
        byte[] bad = content.clone();
        bad[(int) (bit / 8)] ^= (byte) (1 << bit % 8);
        return bad;
    }

    static byte[] cut(byte[] content, int length) {
        return Arrays.copyOf(content, length);
    }

    /** Other bytes in place of some: zeroes, ones, random ones, or those of another file. */
    static byte[] overwritten(byte[] content, byte[] stale, Random random) {
        byte[] bad = content.clone();
        int from = random.nextInt(content.length);
        int count = Math.min(1 + random.nextInt(4_096), content.length - from);
        switch (random.nextInt(4)) {
            case 0 -> Arrays.fill(bad, from, from + count, (byte) 0);
            case 1 -> Arrays.fill(bad, from, from + count, (byte) 0xFF);
            case 2 -> {
                byte[] noise = new byte[count];
                random.nextBytes(noise);
                System.arraycopy(noise, 0, bad, from, count);
            }
            default -> {
                int available = Math.max(0, Math.min(count, stale.length - from));
                System.arraycopy(stale, Math.min(from, stale.length), bad, from, available);
            }
        }
        return bad;
    }

    /** A frame where another of the same length was; empty if no two are of the same length. */
    static Optional<byte[]> repeated(byte[] content, List<FrameMap.Place> frames, Random random) {
        FrameMap.Place to = frames.get(random.nextInt(frames.size()));
        int length = to.end() - to.start();
        List<FrameMap.Place> others =
                frames.stream()
                        .filter(frame -> frame.end() - frame.start() == length && frame != to)
                        .toList();
        if (others.isEmpty()) {
            return Optional.empty();
        }
        FrameMap.Place from = others.get(random.nextInt(others.size()));
        byte[] bad = content.clone();
        System.arraycopy(content, from.start(), bad, to.start(), length);
        return Optional.of(bad);
    }

    /** Sectors that are lost, exchanged, or there twice. */
    static byte[] shuffled(byte[] content, Random random) {
        int sectors = content.length / SECTOR;
        if (sectors < 2) {
            return content;
        }
        int one = random.nextInt(sectors) * SECTOR;
        int other = random.nextInt(sectors) * SECTOR;
        byte[] bad = content.clone();
        switch (random.nextInt(4)) {
            case 0 -> {
                System.arraycopy(content, one + SECTOR, bad, one, content.length - one - SECTOR);
                return Arrays.copyOf(bad, content.length - SECTOR);
            }
            case 1 -> {
                System.arraycopy(content, one, bad, other, SECTOR);
                System.arraycopy(content, other, bad, one, SECTOR);
            }
            case 2 -> System.arraycopy(content, one, bad, other, SECTOR);
            default ->
                    System.arraycopy(
                            content, one, bad, one + SECTOR, content.length - one - SECTOR);
        }
        return bad;
    }
}
