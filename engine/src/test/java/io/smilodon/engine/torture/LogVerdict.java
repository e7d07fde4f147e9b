package io.smilodon.engine.torture;

import io.smilodon.engine.file.FileHeader;
import io.smilodon.engine.log.FrameMap;
import java.util.Arrays;
import java.util.List;

/**
 * What recovery must say of a damaged log, worked out from the undamaged one: refuse it, naming the
 * frame, where anything left proves that the frame had been synced; else keep what stands before.
 * Immutable.
 */
final class LogVerdict {

    private static final long NO_FRAME = -1;

    private final byte[] log;
    private final List<FrameMap.Place> frames;
    private final long manifestDurable;
    private final boolean isSealed;

    /**
     * What must happen.
     *
     * @param isRefused whether opening fails
     * @param lsn the frame that the refusal names; −1 if it is not about a frame
     * @param commits how many commits of this file are kept
     */
    record Verdict(boolean isRefused, long lsn, int commits) {}

    LogVerdict(byte[] log, List<FrameMap.Place> frames, long manifestDurable, boolean isSealed) {
        this.log = log;
        this.frames = frames;
        this.manifestDurable = manifestDurable;
        this.isSealed = isSealed;
    }

    /**
     * The verdict.
     *
     * @param hasMoved whether whole sectors may stand elsewhere
     */
    Verdict of(byte[] damaged, boolean hasMoved) {
        if (differs(damaged, 0, FileHeader.BYTES)) {
            return new Verdict(true, NO_FRAME, 0);
        }
        int commits = 0;
        for (int index = 0; index < frames.size(); index++) {
            FrameMap.Place frame = frames.get(index);
            if (differs(damaged, frame.start(), frame.end())) {
                boolean isRefused =
                        isSealed
                                || manifestDurable >= frame.lsn()
                                || isProven(damaged, index, hasMoved);
                return new Verdict(isRefused, isRefused ? frame.lsn() : NO_FRAME, commits);
            }
            commits += frame.endsBatch() ? 1 : 0;
        }
        return new Verdict(false, NO_FRAME, commits);
    }

    private boolean differs(byte[] damaged, int from, int to) {
        return damaged.length < to || !Arrays.equals(log, from, to, damaged, from, to);
    }

    private boolean isProven(byte[] damaged, int bad, boolean hasMoved) {
        long lsn = frames.get(bad).lsn();
        int from = frames.get(bad).start();
        for (int index = bad; index < frames.size(); index++) {
            FrameMap.Place frame = frames.get(index);
            if (frame.durableLsn() >= lsn
                    && (!differs(damaged, frame.start(), frame.headerEnd())
                            || hasMoved && isAnywhere(damaged, frame, from))) {
                return true;
            }
        }
        return false;
    }

    /** Where a lost or exchanged sector has brought it. */
    private boolean isAnywhere(byte[] damaged, FrameMap.Place frame, int from) {
        int length = frame.headerEnd() - frame.start();
        for (int at = from; at + length <= damaged.length; at++) {
            if (damaged[at] == log[frame.start()]
                    && Arrays.equals(
                            log, frame.start(), frame.headerEnd(), damaged, at, at + length)) {
                return true;
            }
        }
        return false;
    }
}
