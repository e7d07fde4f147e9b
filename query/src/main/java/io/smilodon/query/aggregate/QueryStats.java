package io.smilodon.query.aggregate;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.value.BinaryValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.StringValue;
import io.smilodon.query.exec.Cursor;
import java.util.Optional;

/**
 * <code>{$queryStats: {transformIdentifiers?: {algorithm, hmacKey}}}</code>: a document about each
 * shape of queries that there have been.
 *
 * @param hmacKey with what names are made unreadable; empty if they are told
 */
record QueryStats(Optional<BinaryValue> hmacKey) implements SourceStage {

    static final String NAME = "$queryStats";

    private static final String TRANSFORM = "transformIdentifiers";
    private static final String ALGORITHM = "algorithm";
    private static final String KEY = "hmacKey";
    private static final int KEY_BYTES_MIN = 32;

    static Stage parse(StageOperand operand) {
        Document options = object(operand, NAME + " value must be an object");
        requireKnown(operand, options, TRANSFORM, TRANSFORM);
        if (!options.has(TRANSFORM)) {
            return new QueryStats(Optional.empty());
        }
        StageOperand place = operand.child(TRANSFORM, options.get(TRANSFORM));
        Document transform = object(place, TRANSFORM + " must be an object");
        requireKnown(place, transform, ALGORITHM, KEY);
        requireAlgorithm(place.child(ALGORITHM, transform.get(ALGORITHM)));
        return new QueryStats(Optional.of(key(place.child(KEY, transform.get(KEY)))));
    }

    private static Document object(StageOperand operand, String text) {
        if (operand.value() instanceof Document document) {
            return document;
        }
        throw operand.error(ErrorCode.FAILED_TO_PARSE, text);
    }

    private static void requireKnown(
            StageOperand operand, Document options, String one, String other) {
        for (Field option : options) {
            if (!option.name().equals(one) && !option.name().equals(other)) {
                throw operand.child(option.name(), option.value())
                        .error(40415, "The option is unknown to " + NAME);
            }
        }
    }

    private static void requireAlgorithm(StageOperand algorithm) {
        if (algorithm.value() instanceof Missing) {
            throw algorithm.error(40414, "The field 'algorithm' is missing but required");
        }
        boolean isKnown =
                algorithm.value() instanceof StringValue name
                        && name.value().equals("hmac-sha-256");
        if (!isKnown) {
            throw algorithm
                    .error(ErrorCode.BAD_VALUE, "The algorithm of $queryStats is unknown")
                    .withHint("hmac-sha-256");
        }
    }

    private static BinaryValue key(StageOperand key) {
        if (!(key.value() instanceof BinaryValue binary)) {
            throw key.error(
                    ErrorCode.FAILED_TO_PARSE,
                    "The 'hmacKey' parameter of the $queryStats stage must be specified when"
                            + " applying the hmac-sha-256 algorithm");
        }
        if (binary.bytes().length < KEY_BYTES_MIN) {
            throw key.error(
                    ErrorCode.BAD_VALUE,
                    "The 'hmacKey' parameter must be greater than or equal to 32 bytes");
        }
        return binary;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Cursor documents(StageContext context) {
        return new DocumentsCursor(context.diagnostics().queryStatistics(hmacKey));
    }
}
