package io.smilodon.engine.log;

import java.util.Optional;

/** What a frame of the log carries. */
public enum FrameType {
    /** A batch, or the last part of one: with it the batch is complete. */
    COMMIT(1),
    /** A part of a batch too large for one frame; more follows. */
    PART(2),
    /** Nothing: its {@code durableLsn} is the message. */
    MARK(3);

    private final int code;

    FrameType(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    static Optional<FrameType> of(int code) {
        for (FrameType type : values()) {
            if (type.code == code) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
