// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.model.comfy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mtor.worker.model.http.BadInputException;
import io.mtor.worker.model.image.Checkpoint;
import io.mtor.worker.model.image.ImageWish;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The graphs that ComfyUI is given: two that fit most checkpoints, and those of the host, each of which is a model. */
public final class Workflows {

    /** What the model of a host's own workflow begins with. */
    private static final String PREFIX = "comfy:";

    private static final String ENDING = ".json";

    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.-]{0,79}");

    private static final Workflow SD15 = builtIn("sd15.json");

    private static final Workflow SDXL = builtIn("sdxl.json");

    private final Map<String, Workflow> own;

    private Workflows(Map<String, Workflow> own) {
        this.own = own;
    }

    private static Workflow builtIn(String resource) {
        try (InputStream in = Objects.requireNonNull(Workflows.class.getResourceAsStream(resource))) {
            return Workflow.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * With the host's own from this folder.
     *
     * @param folder null if there are none
     * @throws IllegalArgumentException naming the folder or the file, and what is wrong with it
     */
    public static Workflows of(@Nullable Path folder) {
        Map<String, Workflow> own = new TreeMap<>();
        if (folder != null) {
            try (Stream<Path> files = Files.list(folder)) {
                files.filter(file -> file.toString().endsWith(ENDING))
                        .forEach(file -> own.put(PREFIX + name(file), read(file)));
            } catch (IOException e) {
                throw new IllegalArgumentException(folder + " is no folder that can be read", e);
            }
        }
        return new Workflows(own);
    }

    private static String name(Path file) {
        String name = String.valueOf(file.getFileName()).replace(ENDING, "");
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(file + ": its name must match " + NAME + " before " + ENDING);
        }
        return name;
    }

    private static Workflow read(Path file) {
        try {
            Workflow workflow = Workflow.parse(Files.readString(file));
            if (workflow.takes(Placeholder.CHECKPOINT)) {
                throw new IllegalArgumentException("{checkpoint} must be the name of one");
            }
            return workflow;
        } catch (IOException e) {
            throw new IllegalArgumentException(file + " is no text that can be read", e);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
        }
    }

    /** The models that the host's own workflows are. */
    public List<String> models() {
        return List.copyOf(own.keySet());
    }

    /**
     * The graph for an intent.
     *
     * @param model one of {@link #models}, else the server's name of a checkpoint
     * @param seed for an intent that names none
     * @throws BadInputException if the intent has a parameter that the workflow does not take
     */
    ObjectNode graph(String model, ImageWish wish, long seed) throws BadInputException {
        boolean isLarge = Checkpoint.of(model).equals(Checkpoint.SDXL);
        Workflow workflow = own.getOrDefault(model, isLarge ? SDXL : SD15);
        Map<Placeholder, JsonNode> values = asked(wish);
        for (Placeholder placeholder : values.keySet()) {
            if (!workflow.takes(placeholder)) {
                throw new BadInputException("the model " + model + " takes no parameter " + placeholder.id());
            }
        }
        values.putIfAbsent(Placeholder.SEED, JsonNodeFactory.instance.numberNode(seed));
        values.put(Placeholder.CHECKPOINT, JsonNodeFactory.instance.textNode(model));
        return workflow.fill(values);
    }

    private static Map<Placeholder, JsonNode> asked(ImageWish wish) {
        Map<Placeholder, JsonNode> values = new EnumMap<>(Placeholder.class);
        putText(values, Placeholder.PROMPT, wish.prompt());
        putText(values, Placeholder.NEGATIVE_PROMPT, wish.negativePrompt());
        putNumber(values, Placeholder.SEED, wish.seed());
        putNumber(values, Placeholder.STEPS, wish.steps());
        putNumber(values, Placeholder.WIDTH, wish.width());
        putNumber(values, Placeholder.HEIGHT, wish.height());
        return values;
    }

    private static void putText(Map<Placeholder, JsonNode> values, Placeholder placeholder, @Nullable String text) {
        if (text != null) {
            values.put(placeholder, JsonNodeFactory.instance.textNode(text));
        }
    }

    private static void putNumber(Map<Placeholder, JsonNode> values, Placeholder placeholder, @Nullable Long number) {
        if (number != null) {
            values.put(placeholder, JsonNodeFactory.instance.numberNode(number));
        }
    }
}
