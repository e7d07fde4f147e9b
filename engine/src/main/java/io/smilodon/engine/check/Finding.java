package io.smilodon.engine.check;

import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.segment.SegmentDamage.KeySpan;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Something that a check noticed.
 *
 * @param severity whether it is wrong
 * @param file the file in which; empty if it is in none
 * @param offset where in the file, if that is known
 * @param lsn where in the log or in the manifest, if it is there
 * @param keys the keys of the store that it concerns, if it does
 * @param subject the collection or index that it concerns; empty as long as that is not known
 * @param found what it is
 */
public record Finding(
        Severity severity,
        String file,
        OptionalLong offset,
        OptionalLong lsn,
        Optional<KeySpan> keys,
        String subject,
        String found) {

    /** How bad a finding is. */
    public enum Severity {
        /** Data that had been written safely is damaged or missing, or contradicts other data. */
        DAMAGE,
        /** What a crash may leave, and what the next opening puts in order. */
        NOTE
    }

    private static Finding of(Severity severity, String file, String found) {
        return new Finding(
                severity,
                file,
                OptionalLong.empty(),
                OptionalLong.empty(),
                Optional.empty(),
                "",
                found);
    }

    public static Finding damage(String file, String found) {
        return of(Severity.DAMAGE, file, found);
    }

    public static Finding note(String file, String found) {
        return of(Severity.NOTE, file, found);
    }

    /** What an error tells of a damaged file. */
    public static Finding of(SmilodonException failure, String file) {
        Finding finding =
                damage(
                        String.valueOf(failure.details().getOrDefault("file", file)),
                        String.valueOf(
                                failure.details().getOrDefault("found", failure.getMessage())));
        if (failure.details().get("offset") instanceof Long offset) {
            finding = finding.at(offset);
        }
        return failure.details().get("lsn") instanceof Long lsn ? finding.lsn(lsn) : finding;
    }

    public boolean isDamage() {
        return severity == Severity.DAMAGE;
    }

    public Finding at(long place) {
        return new Finding(severity, file, OptionalLong.of(place), lsn, keys, subject, found);
    }

    public Finding lsn(long number) {
        return new Finding(severity, file, offset, OptionalLong.of(number), keys, subject, found);
    }

    public Finding keys(Optional<KeySpan> span) {
        return new Finding(severity, file, offset, lsn, span, subject, found);
    }

    public Finding about(String name) {
        return new Finding(severity, file, offset, lsn, keys, name, found);
    }
}
