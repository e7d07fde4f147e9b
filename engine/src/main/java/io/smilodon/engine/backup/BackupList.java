package io.smilodon.engine.backup;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.file.Corruption;
import io.smilodon.engine.file.FileCopy;
import io.smilodon.engine.file.StorageDirectory;
import io.smilodon.engine.log.LogFile;
import io.smilodon.engine.manifest.Manifest;
import io.smilodon.engine.manifest.SegmentFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a backup consists of. It is written last: a backup without it is not complete.
 *
 * <pre>
 * smilodon backup 1
 * database 0123456789abcdef
 * sequence 4711
 * created 2026-11-21T05:00:00Z
 * file 000000000007.segment 65536 (SHA-256 in 64 hexadecimal digits)
 * file ...
 * digest (SHA-256 of all lines above)
 * </pre>
 *
 * One form only, in ASCII with a line feed after each line, so that every changed bit is seen.
 *
 * @param databaseId the database that it is of
 * @param sequence the commit up to which it goes, that one included
 * @param created the time that commits had reached when it was made
 * @param files by name
 */
public record BackupList(long databaseId, long sequence, Instant created, List<BackupFile> files) {

    public static final String NAME = "BACKUP";
    static final String TEMPORARY_NAME = NAME + ".tmp";

    /** A list longer than this is not one of ours. */
    static final int BYTES_MAX = 64 << 20;

    private static final String VERSION = "smilodon backup 1";
    private static final Pattern FILE =
            Pattern.compile("file ([^ ]+) (0|[1-9][0-9]{0,17}) ([0-9a-f]{64})");
    private static final Pattern KNOWN_NAME =
            Pattern.compile(
                    Pattern.quote(Manifest.NAME)
                            + "|[0-9]{12}(\\"
                            + LogFile.SUFFIX
                            + "|\\"
                            + SegmentFile.SUFFIX
                            + ")");

    public BackupList {
        files = List.copyOf(files);
    }

    /**
     * Refuses to use a backup as a data directory: that would change it.
     *
     * @throws SmilodonException {@link ErrorCode#ILLEGAL_OPERATION} if the directory holds one
     */
    public static void requireNone(StorageDirectory directory) throws IOException {
        if (directory.list().contains(NAME)) {
            throw new SmilodonException(
                            ErrorCode.ILLEGAL_OPERATION,
                            "The directory is a backup, which must not be changed",
                            Map.of("directory", directory.description()))
                    .withHint("Restore it to another directory, and open that.");
        }
    }

    /** The bytes of all files. */
    public long bytes() {
        return files.stream().mapToLong(BackupFile::bytes).sum();
    }

    byte[] encode() {
        StringBuilder text = new StringBuilder(VERSION).append('\n');
        text.append("database ").append(HexFormat.of().toHexDigits(databaseId)).append('\n');
        text.append("sequence ").append(sequence).append('\n');
        text.append("created ").append(created).append('\n');
        files.forEach(file -> text.append(file.line()).append('\n'));
        text.append(digestLine(text.toString())).append('\n');
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static String digestLine(String above) {
        byte[] digest = FileCopy.sha256().digest(above.getBytes(StandardCharsets.ISO_8859_1));
        return "digest " + HexFormat.of().formatHex(digest);
    }

    /**
     * Reads a list.
     *
     * @throws SmilodonException 366 if it is not as it was written or names what no backup holds
     */
    static BackupList decode(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        List<String> lines = text.lines().toList();
        int last = lines.size() - 1;
        if (last < 4) {
            throw damaged("too few lines");
        }
        if (!lines.get(0).equals(VERSION)) {
            throw unknownVersion(lines.get(0));
        }
        int digestStart = text.lastIndexOf("digest ");
        String above = text.substring(0, Math.max(digestStart, 0));
        if (!(above + digestLine(above) + "\n").equals(text)) {
            throw damaged("a digest unlike its lines");
        }
        List<BackupFile> files = new ArrayList<>();
        for (String line : lines.subList(4, last)) {
            files.add(file(line));
        }
        requireWhole(files);
        BackupList list = parsed(lines, files);
        if (!Arrays.equals(list.encode(), bytes)) {
            throw damaged("another form than that of a backup's list");
        }
        return list;
    }

    private static BackupList parsed(List<String> lines, List<BackupFile> files) {
        try {
            return new BackupList(
                    HexFormat.fromHexDigitsToLong(value(lines.get(1), "database ")),
                    Long.parseLong(value(lines.get(2), "sequence ")),
                    Instant.parse(value(lines.get(3), "created ")),
                    files);
        } catch (IllegalArgumentException | DateTimeException malformed) {
            throw damaged(malformed.getMessage());
        }
    }

    private static String value(String line, String label) {
        if (!line.startsWith(label)) {
            throw damaged("no " + label.strip());
        }
        return line.substring(label.length());
    }

    private static BackupFile file(String line) {
        Matcher matcher = FILE.matcher(line);
        if (!matcher.matches()) {
            throw damaged("a line that names no file");
        }
        if (!KNOWN_NAME.matcher(matcher.group(1)).matches()) {
            throw damaged("a name that no file of a backup has");
        }
        return new BackupFile(
                matcher.group(1),
                Long.parseLong(matcher.group(2)),
                HexFormat.of().parseHex(matcher.group(3)));
    }

    private static void requireWhole(List<BackupFile> files) {
        Set<String> names = new HashSet<>();
        for (BackupFile file : files) {
            if (!names.add(file.name())) {
                throw damaged("a file that is named twice");
            }
        }
        if (!names.contains(Manifest.NAME)) {
            throw damaged("no manifest");
        }
    }

    private static SmilodonException unknownVersion(String found) {
        if (found.startsWith("smilodon backup ") && found.length() < 24) {
            return new SmilodonException(
                    ErrorCode.UNSUPPORTED_FORMAT,
                    "The backup has a format that this version cannot read",
                    Map.of("found", found, "readable", VERSION));
        }
        return damaged("another first line");
    }

    private static SmilodonException damaged(String found) {
        return Corruption.at(NAME, 0, found);
    }
}
