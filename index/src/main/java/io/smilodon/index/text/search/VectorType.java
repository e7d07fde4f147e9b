package io.smilodon.index.text.search;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.Value;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.index.IndexableField;
import org.apache.lucene.index.VectorSimilarityFunction;

/**
 * Vectors: arrays of numbers. Arrays of another length or with anything else are left out.
 *
 * @param dimensions how many numbers a vector has
 * @param similarity what is near
 */
record VectorType(int dimensions, VectorSimilarityFunction similarity) implements FieldType {

    /** The most that Lucene's format of vectors takes. */
    static final int DIMENSIONS_MAX = 1_024;

    private static final Map<String, VectorSimilarityFunction> SIMILARITIES =
            Map.of(
                    "cosine", VectorSimilarityFunction.COSINE,
                    "dotProduct", VectorSimilarityFunction.DOT_PRODUCT,
                    "euclidean", VectorSimilarityFunction.EUCLIDEAN);

    static VectorType parse(Options written) {
        written.only("type", "path", "numDimensions", "similarity", "quantization");
        written.required("numDimensions");
        written.required("similarity");
        written.word("quantization", "none", Set.of("none"));
        int dimensions = written.count("numDimensions", 1, 1, DIMENSIONS_MAX);
        String similarity = written.word("similarity", "", SIMILARITIES.keySet());
        return new VectorType(dimensions, SIMILARITIES.get(similarity));
    }

    @Override
    public boolean takesArrays() {
        return true;
    }

    @Override
    public void index(String path, Value value, Consumer<IndexableField> fields) {
        vector(value)
                .ifPresent(
                        vector ->
                                fields.accept(
                                        new KnnFloatVectorField(
                                                FieldNames.vectors(path), vector, similarity)));
    }

    /** The vector in a value, if it is one of these dimensions that can be compared. */
    Optional<float[]> vector(Value value) {
        if (!(value instanceof ArrayValue array)) {
            return Optional.empty();
        }
        float[] vector = new float[dimensions];
        int count = 0;
        double squares = 0;
        for (Value element : array) {
            if (count == dimensions || !(element instanceof NumberValue number)) {
                return Optional.empty();
            }
            vector[count] = (float) number.toDouble();
            squares += (double) vector[count] * vector[count];
            count++;
        }
        boolean hasDirection = squares > 0 || similarity == VectorSimilarityFunction.EUCLIDEAN;
        boolean isUsable = count == dimensions && Double.isFinite(squares) && hasDirection;
        return isUsable ? Optional.of(vector) : Optional.empty();
    }
}
