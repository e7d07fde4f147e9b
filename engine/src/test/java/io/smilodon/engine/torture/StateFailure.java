package io.smilodon.engine.torture;

import io.smilodon.engine.testing.DiskImage;

/** A failure together with the files that show it. */
final class StateFailure extends AssertionError {

    private static final long serialVersionUID = 1L;

    private final transient DiskImage image;

    StateFailure(String where, DiskImage image, Throwable cause) {
        super(where + ": " + cause, cause);
        this.image = image;
    }

    DiskImage image() {
        return image;
    }
}
