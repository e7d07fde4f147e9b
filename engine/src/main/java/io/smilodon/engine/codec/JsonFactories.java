package io.smilodon.engine.codec;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.TSFBuilder;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.dataformat.smile.SmileFactory;
import com.fasterxml.jackson.dataformat.smile.SmileGenerator;
import io.smilodon.engine.Limits;

/**
 * Jackson with every limit set, for JSON and for Smile: none of its defaults decides what Smilodon
 * accepts.
 */
final class JsonFactories {

    /** A type wrapper stands up to three levels deeper in JSON than the value it denotes. */
    static final int READ_DEPTH_MAX = Limits.NESTING_MAX + 3;

    /** Reads one text that lies in memory; writes. */
    static final JsonFactory TEXT =
            builder(Limits.REQUEST_BODY_BYTES_MAX, Limits.JSON_TOKENS_MAX).build();

    /** The same for text that people type: names need no quotes, and single ones will do. */
    static final JsonFactory TYPED =
            builder(Limits.REQUEST_BODY_BYTES_MAX, Limits.JSON_TOKENS_MAX)
                    .enable(JsonReadFeature.ALLOW_SINGLE_QUOTES)
                    .enable(JsonReadFeature.ALLOW_UNQUOTED_FIELD_NAMES)
                    .build();

    /** Reads a stream of any number of documents; {@link JsonReader} bounds each of them. */
    static final JsonFactory STREAM = builder(-1, -1).build();

    /** Reads Smile that {@link SmileCheck} has found sound; writes what all readers understand. */
    static final SmileFactory SMILE =
            limited(SmileFactory.builder(), Limits.REQUEST_BODY_BYTES_MAX, Limits.JSON_TOKENS_MAX)
                    .disable(SmileGenerator.Feature.CHECK_SHARED_NAMES)
                    .disable(SmileGenerator.Feature.CHECK_SHARED_STRING_VALUES)
                    .build();

    private JsonFactories() {}

    private static JsonFactoryBuilder builder(long textBytesMax, long tokensMax) {
        return limited(new JsonFactoryBuilder(), textBytesMax, tokensMax)
                .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8);
    }

    private static <F extends JsonFactory, B extends TSFBuilder<F, B>> B limited(
            B builder, long textBytesMax, long tokensMax) {
        StreamReadConstraints read =
                StreamReadConstraints.builder()
                        .maxNestingDepth(READ_DEPTH_MAX)
                        .maxDocumentLength(textBytesMax)
                        .maxTokenCount(tokensMax)
                        .maxNumberLength(Limits.NUMBER_CHARS_MAX)
                        .maxStringLength(Limits.REQUEST_BODY_BYTES_MAX)
                        .maxNameLength(Limits.FIELD_NAME_CHARS_MAX)
                        .build();
        StreamWriteConstraints write =
                StreamWriteConstraints.builder()
                        .maxNestingDepth(2 * Limits.NESTING_MAX + READ_DEPTH_MAX)
                        .build();
        return builder.streamReadConstraints(read)
                .streamWriteConstraints(write)
                // Names come from users: a table of them that outlives a text only grows.
                .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
                .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
                .disable(StreamWriteFeature.AUTO_CLOSE_CONTENT);
    }
}
