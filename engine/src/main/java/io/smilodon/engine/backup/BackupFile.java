package io.smilodon.engine.backup;

import java.util.HexFormat;

/**
 * A file of a backup.
 *
 * @param name in the backup and in what is restored from it
 * @param bytes its length
 * @param sha256 of all of them; not copied: nobody may change it
 */
public record BackupFile(String name, long bytes, byte[] sha256) {

    String line() {
        return "file " + name + " " + bytes + " " + HexFormat.of().formatHex(sha256);
    }
}
