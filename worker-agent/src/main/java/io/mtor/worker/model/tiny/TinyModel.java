// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.model.tiny;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Makes a real language model of about two megabytes that says sentences like those it was given.
 *
 * <h2>How a transformer becomes a word-pair model</h2>
 *
 * The embedding of a token is a unit vector of its own (as many dimensions as tokens), and the one block has only zeros
 * for attention and feed-forward, so what reaches the output is the last token, untouched but for the norm, which scales
 * a unit vector to length √d. The output matrix holds, for each token, the logarithm of how often each other followed it
 * in the corpus, divided by √d to undo the norm. Softmax of logarithms of frequencies is frequencies: the engine samples
 * word after word as the corpus has them, at full speed and in every respect but sense a model like any other.
 */
public final class TinyModel {

    private static final String CORPUS = """
            every intent finds a worker .
            a worker answers and the realm carries the answer back to you .
            the dispatcher found a healthy worker in less than a millisecond .
            this tiny model was made by the test itself and knows only a few words .
            the realm is breathing .
            a neon mountain glows above a violet lake .
            """;

    private static final String CHAT_TEMPLATE =
            "{% for m in messages %}{{ m['role'] }}: {{ m['content'] }}\n{% endfor %}";

    private static final String FULL_STOP = ".";

    /** The logarithm of a frequency that never happens. */
    private static final double NEVER = -40;

    /** Of the attention head and of the feed-forward layer, which both hold zeros. */
    private static final int INNER = 32;

    private static final int CONTEXT = 2048;

    private final List<String> words;

    private final Vocabulary vocabulary;

    private final boolean endless;

    private TinyModel(String corpus, boolean endless) {
        this.words = Pattern.compile("\\s+").splitAsStream(corpus.strip()).toList();
        this.vocabulary = new Vocabulary(words);
        this.endless = endless;
    }

    /** A model that ends its answers, after a sentence. */
    public static TinyModel ofSentences() {
        return new TinyModel(CORPUS, false);
    }

    /** A model that begins another sentence after each, for as long as it may. */
    public static TinyModel ofEndlessSentences() {
        return new TinyModel(CORPUS, true);
    }

    /** The words that it can say. */
    public Set<String> words() {
        return Set.copyOf(words);
    }

    /** Writes it as a GGUF file. */
    public void writeTo(Path file) throws IOException {
        int size = vocabulary.size();
        var gguf = new GgufWriter();
        writeArchitecture(gguf, size);
        vocabulary.writeTo(gguf);
        gguf.put("tokenizer.chat_template", CHAT_TEMPLATE);
        writeTensors(gguf, size);
        gguf.writeTo(file);
    }

    private static void writeArchitecture(GgufWriter gguf, int size) {
        gguf.put("general.architecture", "llama")
                .put("general.name", "mtor-tiny")
                .put("general.license", "CC0-1.0")
                .put("general.file_type", 0)
                .put("llama.context_length", CONTEXT)
                .put("llama.embedding_length", size)
                .put("llama.block_count", 1)
                .put("llama.feed_forward_length", INNER)
                .put("llama.attention.head_count", 1)
                .put("llama.attention.head_count_kv", 1)
                .put("llama.attention.key_length", INNER)
                .put("llama.attention.value_length", INNER)
                .put("llama.attention.layer_norm_rms_epsilon", 1e-6f)
                .put("llama.rope.dimension_count", INNER)
                .put("llama.vocab_size", size);
    }

    private void writeTensors(GgufWriter gguf, int size) {
        gguf.tensor("token_embd.weight", unitVectors(size), size, size)
                .tensor("output_norm.weight", ones(size), size)
                .tensor("output.weight", outputs(size), size, size)
                .tensor("blk.0.attn_norm.weight", ones(size), size)
                .tensor("blk.0.ffn_norm.weight", ones(size), size);
        for (String into : List.of("attn_q", "attn_k", "attn_v", "ffn_gate", "ffn_up")) {
            gguf.tensor("blk.0." + into + ".weight", new float[size * INNER], size, INNER);
        }
        for (String back : List.of("attn_output", "ffn_down")) {
            gguf.tensor("blk.0." + back + ".weight", new float[size * INNER], INNER, size);
        }
    }

    private static float[] unitVectors(int size) {
        float[] matrix = new float[size * size];
        for (int i = 0; i < size; i++) {
            matrix[i * size + i] = 1;
        }
        return matrix;
    }

    private static float[] ones(int size) {
        float[] ones = new float[size];
        Arrays.fill(ones, 1);
        return ones;
    }

    private float[] outputs(int size) {
        int[][] followers = followers(size);
        float[] matrix = new float[size * size];
        double norm = Math.sqrt(size);
        for (int token = 0; token < size; token++) {
            double total = Arrays.stream(followers[token]).sum();
            for (int next = 0; next < size; next++) {
                int count = followers[token][next];
                double logarithm = count == 0 ? NEVER : Math.log(count / total);
                matrix[next * size + token] = (float) (logarithm / norm);
            }
        }
        return matrix;
    }

    /** How often each token follows each. After anything that is no word of the corpus comes the start of a sentence. */
    private int[][] followers(int size) {
        int[][] counts = new int[size][size];
        Set<Integer> starts = new HashSet<>();
        int before = -1;
        for (String word : words) {
            int token = vocabulary.numberOf(word);
            if (before < 0) {
                starts.add(token);
            } else {
                counts[before][token]++;
            }
            before = word.equals(FULL_STOP) ? -1 : token;
        }
        if (!endless) {
            counts[vocabulary.numberOf(FULL_STOP)][Vocabulary.END]++;
        }
        for (int[] row : counts) {
            if (Arrays.stream(row).sum() == 0) {
                starts.forEach(start -> row[start]++);
            }
        }
        return counts;
    }
}
