package io.smilodon.engine.file;

import java.nio.charset.StandardCharsets;

/**
 * The kinds of file with a header, each with its magic, its format version, and the oldest one that
 * is still read.
 */
public enum FileKind {
    LOG("SMILLOG\n", 2, 0, 2),
    SEGMENT("SMILSEG\n", 2, 0, 1),
    MANIFEST("SMILMAN\n", 2, 0, 2);

    private final byte[] magic;
    private final int major;
    private final int minor;
    private final int oldestMajor;

    FileKind(String magic, int major, int minor, int oldestMajor) {
        this.magic = magic.getBytes(StandardCharsets.US_ASCII);
        this.major = major;
        this.minor = minor;
        this.oldestMajor = oldestMajor;
    }

    byte[] magic() {
        return magic.clone();
    }

    public int major() {
        return major;
    }

    public int minor() {
        return minor;
    }

    /** The oldest major version that is still read. */
    public int oldestMajor() {
        return oldestMajor;
    }
}
