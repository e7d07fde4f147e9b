package io.smilodon.engine.file;

import java.nio.charset.StandardCharsets;

/** The kinds of file with a header, each with its magic and its format version. */
public enum FileKind {
    LOG("SMILLOG\n", 2, 0),
    SEGMENT("SMILSEG\n", 1, 0),
    MANIFEST("SMILMAN\n", 2, 0);

    private final byte[] magic;
    private final int major;
    private final int minor;

    FileKind(String magic, int major, int minor) {
        this.magic = magic.getBytes(StandardCharsets.US_ASCII);
        this.major = major;
        this.minor = minor;
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
}
